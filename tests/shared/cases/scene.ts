import { readFileSync } from 'node:fs'
import { apply } from '../../../src-shared/cases/apply.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import { type Command, type CommandName, commandInputs } from '../../../src-shared/cases/commands.ts'
import { type Decision, decide, isRefusal } from '../../../src-shared/cases/decide.ts'
import type { CaseEvent } from '../../../src-shared/cases/events.ts'
import type { DecideContext } from '../../../src-shared/cases/rule.ts'
import { openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import { type ClockReading, readClock } from '../../../src-shared/deadlines/clock.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { type Policy, parsePolicy } from '../../../src-shared/deadlines/policy.ts'
import {
  accountIdSchema,
  agencyIdSchema,
  caseIdSchema,
  commandIdSchema,
  deskIdSchema,
} from '../../../src-shared/ids.ts'
import { type Account, type Actor, actorOf, type Role } from '../../../src-shared/people/roles.ts'

const json = (path: string): unknown => JSON.parse(readFileSync(`resources/${path}`, 'utf8'))

const parsed = parsePolicy(json('policies/dong-thap.json'))
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
export const dongThap: Policy = parsed.policy

const opened = openCalendarBook([{ where: 'offices', json: json('calendars/dong-thap-offices.json') }])
if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
const { book } = opened

export const roads = agencyIdSchema.parse('so-xay-dung')
export const water = agencyIdSchema.parse('cap-nuoc')
/** An agency nobody answers for (#13). */
export const empty = agencyIdSchema.parse('xa-trong')

export function account(role: Role, id: string, agencyId?: string): Account {
  return {
    id: accountIdSchema.parse(id),
    username: id,
    name: id,
    role,
    ...(agencyId === undefined ? {} : { agencyId: agencyIdSchema.parse(agencyId) }),
  }
}
export const people = {
  agent: account('agent', 'an'),
  supervisor: account('supervisor', 'sa'),
  office: account('office', 'vp'),
  homeAffairs: account('home-affairs', 'nv'),
  admin: account('admin', 'qt'),
  officer: account('focal-officer', 'dm', roads),
  head: account('head', 'tt', roads),
  waterOfficer: account('focal-officer', 'nuoc', water),
}
export const citizen = { kind: 'citizen', via: 'web' } as const satisfies Actor
export const keeper = { kind: 'system', part: 'keeper' } as const satisfies Actor

export const who = { name: 'Nguyễn Văn Bình', phone: '0912 345 678', address: '12 Nguyễn Huệ, phường Cao Lãnh' }
export const openInput = {
  code: formatCode(2026, 48213),
  kind: 'report',
  channel: 'phone',
  fieldId: 'giao-thong',
  areaId: null,
  content: 'Đường hư hỏng trước số nhà tôi.',
  citizen: who,
}

/** One case and the people around it, on the real rules, the province's own policy and calendar. */
export class Scene {
  state: CaseState | null = null
  readonly journal: CaseEvent[] = []
  now: number
  policy: Policy = dongThap
  isAuthority = true
  book = book
  private n = 0

  constructor(at = '2026-10-05T08:00:00+07:00') {
    this.now = fromIso(at)
  }

  get context(): DecideContext {
    return {
      now: this.now,
      isAuthority: this.isAuthority,
      policy: this.policy,
      workingTime: (_, knownAt) => this.book.workingTime('dong-thap-offices', knownAt),
      actsKnown: (_, after, until) => this.book.actsKnown('dong-thap-offices', after, until),
      agency: (id) =>
        id === roads || id === water
          ? { hasFocalOfficer: true, phone: '02773851234' }
          : id === empty
            ? { hasFocalOfficer: false, phone: '02773859999' }
            : null,
      isCodeAcceptable: (code) => code !== formatCode(2026, 1),
      isRecordingKnown: (id) => id === 'elsewhere',
    }
  }

  get case(): CaseState {
    if (this.state === null) throw new Error('no case yet')
    return this.state
  }

  get clock(): ClockReading {
    const { workingTime } = this.context
    return readClock(this.case.clockMarks, {
      now: this.now,
      workingTimeFor: (holder, known) => workingTime(holder.agencyId, known),
    })
  }

  at(instant: string): this {
    this.now = fromIso(instant.length === 16 ? `${instant}:00+07:00` : instant)
    return this
  }

  /** Gives a command; what happens is folded in. A refusal changes nothing. */
  give(name: CommandName, input: object, by: Account | Actor = people.agent, madeAt = this.now): Decision {
    this.n += 1
    const command = {
      commandId: commandIdSchema.parse(`c${this.n}`),
      deskId: deskIdSchema.parse('d1'),
      n: this.n,
      actor: 'kind' in by ? by : actorOf(by),
      madeAt: toIso(madeAt),
      caseId: caseIdSchema.parse('case-1'),
      name,
      input: commandInputs[name].parse(input),
    } as Command
    const decision = decide(this.state, command, this.context)
    if (isRefusal(decision)) return decision
    for (const body of decision.events) {
      const event = {
        ...body,
        caseId: command.caseId,
        commandId: command.commandId,
        actor: command.actor,
        at: toIso(this.now),
        madeAt: command.madeAt,
      } as CaseEvent
      this.state = apply(this.state, event)
      this.journal.push(event)
    }
    return decision
  }

  /** Gives a command that must not be refused, and answers the names of what happened. */
  do(name: CommandName, input: object = {}, by: Account | Actor = people.agent): string[] {
    const decision = this.give(name, input, by)
    if (isRefusal(decision)) throw new Error(`${name} refused: ${JSON.stringify(decision)}`)
    return decision.events.map((event) => event.name)
  }

  /** The code of the refusal that a command must meet. */
  refused(name: CommandName, input: object = {}, by: Account | Actor = people.agent): string {
    const before = this.state
    const decision = this.give(name, input, by)
    if (!isRefusal(decision)) throw new Error(`${name} was not refused`)
    if (this.state !== before) throw new Error('a refusal changed the case')
    return decision.refused
  }

  open(change: object = {}): this {
    this.do('case.open', { ...openInput, ...change })
    return this
  }

  send(agencyId: string = roads): this {
    this.do('slip.send', sendInput(agencyId))
    return this
  }

  answer(told = true): this {
    const citizenTold = told ? { via: 'call', at: toIso(this.now) } : null
    this.do('slip.answer', { text: 'Đã vá mặt đường.', citizenTold }, people.officer)
    return this
  }

  close(): this {
    this.do('case.close', { proof: 'Biên bản nghiệm thu', contactedAt: toIso(this.now) })
    return this
  }
}

export const sendInput = (agencyId: string = roads) => ({
  agencyId,
  summary: 'Đường hư',
  callAttempt: { at: '2026-10-05T07:55:00+07:00', number: '02773851234', result: 'no-answer' },
  skippedCallReason: null,
})
export const scene = (at?: string): Scene => new Scene(at)
/** A slip at the focal officer since Monday 5/10/2026 08:00: due Tuesday 6/10 08:00. */
export const withOfficer = (): Scene => scene().open().send()
/** Escalated at Tuesday 6/10 08:00:01. */
export function withHead(): Scene {
  const s = withOfficer().at('2026-10-06T08:00:01+07:00')
  s.do('clock.escalate', {}, keeper)
  return s
}
/** What a late answer must say (S2 k.1, k.3). */
export const lateCause = { causeCode: 'cho-phoi-hop', text: 'Chờ Công an xác minh.' }
/** Late since Wednesday 14/10 08:00:02. */
export function late(): Scene {
  const s = withHead().at('2026-10-14T08:00:02+07:00')
  s.do('clock.escalate', {}, keeper)
  return s
}
export const closed = (): Scene => withOfficer().at('2026-10-05T10:00').answer().close()
