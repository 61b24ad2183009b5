import { apply } from '../../src-shared/cases/apply.ts'
import type { CaseState } from '../../src-shared/cases/case.ts'
import { clockView } from '../../src-shared/cases/case-clock.ts'
import { columnsOf } from '../../src-shared/cases/columns.ts'
import type { Command } from '../../src-shared/cases/commands.ts'
import { decide } from '../../src-shared/cases/decide.ts'
import type { CaseEvent } from '../../src-shared/cases/events.ts'
import type { StoredCase } from '../store/cases.ts'
import type { Store } from '../store/store.ts'
import type { Rules } from './rules.ts'

export interface PutOptions {
  /** What stood here; undefined where nobody has looked. */
  readonly before: StoredCase | null | undefined
  readonly isIndexedAtOnce: boolean
  /** False where the outbox is known to hold nothing of this case. */
  readonly isAsked?: boolean
}
/** Decides what is pending on top of what is confirmed and keeps the case as it is shown; null where nothing is left to show. */
export type Put = (caseId: string, confirmed: CaseState | null, options: PutOptions) => CaseState | null

/** S29: what is shown is what the register said, with what this desk has asked for decided on top. */
export function openShowing(store: Store, rules: () => Rules, now: () => number) {
  const predict = (confirmed: CaseState | null, commands: readonly Command[]) => {
    let state = confirmed
    const events: CaseEvent[] = []
    for (const command of commands) {
      const at = Date.parse(command.madeAt)
      const decision = decide(state, command, rules().context(at, state))
      // The server will say the same, in words; until then the case is shown as if it had not been asked.
      if ('refused' in decision) continue
      for (const body of decision.events) {
        const event: CaseEvent = {
          ...body,
          caseId: command.caseId,
          commandId: command.commandId,
          actor: command.actor,
          at: command.madeAt,
          madeAt: command.madeAt,
        }
        state = apply(state, event)
        events.push(event)
      }
    }
    return { state, events }
  }

  const put: Put = (caseId, confirmed, { before, isIndexedAtOnce, isAsked = true }) => {
    const pending = isAsked ? store.outbox.pendingOf(caseId) : []
    const { state } = predict(confirmed, pending)
    if (state !== null) {
      const sync = isAsked ? store.outbox.syncOf(caseId) : 'confirmed'
      const clock = clockView(state, rules().hours, now(), pending.length > 0)
      const columns = columnsOf(state, clock, rules().soonAt(state, clock), sync)
      if (store.cases.put({ confirmed, shown: state, columns, before, isIndexedAtOnce })) return state
    }
    store.cases.remove(caseId)
    return null
  }

  /** Shows a case anew on what is confirmed of it; inside a transaction. */
  const show = (caseId: string) => {
    put(caseId, store.cases.get(caseId)?.confirmed ?? null, { before: undefined, isIndexedAtOnce: true })
  }

  return { predict, put, show }
}
