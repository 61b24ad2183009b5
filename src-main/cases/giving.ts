import { clockView } from '../../src-shared/cases/case-clock.ts'
import { formatCode } from '../../src-shared/cases/codes.ts'
import { type Command, type CommandName, commandInputs } from '../../src-shared/cases/commands.ts'
import { caseIdSchema, commandIdSchema, deskIdSchema } from '../../src-shared/ids.ts'
import { type Account, actorOf } from '../../src-shared/people/roles.ts'
import { CallFailed, type Handlers } from '../handlers.ts'
import type { Store } from '../store/store.ts'
import { mustBeSignedIn } from './queries.ts'
import type { RegisterCopy } from './register-copy.ts'
import type { Rules } from './rules.ts'

export interface GivingParts {
  readonly store: Store
  readonly copy: RegisterCopy
  rules(): Rules | null
  account(): Account | null
  /** Corrected by the measured offset: a PC that is three days wrong says the right instant. */
  now(): number
  toIso(at: number): string
  newId(): string
  onGiven(caseId: string): void
}

/** A person's acts on cases. Kept durably before the window hears "done"; sent when there is a link. */
export function caseGiving(parts: GivingParts): Pick<Handlers, 'cases.command' | 'codes.reserve'> {
  const { store } = parts
  return {
    'cases.command'({ caseId: given, name, input }) {
      const account = mustBeSignedIn(parts.account())
      const rules = parts.rules()
      if (rules === null) throw new CallFailed('never-synced', 'the province has not been received yet')
      const parsed = commandInputs[name as CommandName].safeParse(input)
      if (!parsed.success) {
        return {
          outcome: 'invalid',
          problems: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.code })),
        }
      }
      const caseId = given ?? caseIdSchema.parse(parts.newId())
      const commandId = commandIdSchema.parse(parts.newId())
      const madeAt = parts.toIso(parts.now())
      const make = (n: number): Command =>
        ({
          commandId,
          deskId: deskIdSchema.parse(store.meta.get('desk_id')),
          n,
          actor: actorOf(account),
          madeAt,
          caseId,
          name,
          input: parsed.data,
        }) as Command
      const result = parts.copy.give(make, caseId)
      if ('refused' in result) return { outcome: 'refused', ...result.refused }
      parts.onGiven(caseId)
      return {
        outcome: 'done',
        caseId,
        code: result.state.code,
        sync: 'waiting',
        clock: clockView(result.state, rules.hours, parts.now(), true),
      }
    },

    'codes.reserve': ({ draftId }) =>
      store.transaction(() => {
        const reserved = store.codes.reserved(draftId)
        if (reserved !== null) return { code: reserved }
        const year = Number(parts.toIso(parts.now()).slice(0, 4))
        const number = store.codes.take(year, draftId)
        if (number === null) return { code: null }
        const code = formatCode(year, number)
        store.codes.reserve(draftId, code)
        return { code }
      }),
  }
}
