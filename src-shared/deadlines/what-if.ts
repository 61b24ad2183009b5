import { apply } from '../cases/apply.ts'
import type { CaseState } from '../cases/case.ts'
import { isOfStage } from '../cases/command-stages.ts'
import { movesClock } from '../cases/decide-clock.ts'
import type { CaseEvent, EventBody } from '../cases/events.ts'
import { recountOf } from '../cases/recount.ts'
import { secondsOf } from '../cases/rule.ts'
import { type AllowanceReading, type ClockReading, readClock } from './clock.ts'
import { fromIso, type Instant, toIso } from './instants.ts'
import type { Policy } from './policy.ts'
import type { RuleHours } from './what-if-hours.ts'
import { type Happened, happenedUnder, noticeOf } from './what-if-past.ts'

/** The rules a case was ruled by. */
export interface RulesThen {
  readonly hours: RuleHours
  /** Of a case opened at this instant (epoch ms). */
  policyOf(openedAt: Instant): Pick<Policy, 'headWorkingHours' | 'headReading'>
}

/** Other rules; what is left out stays as it was in each case. Amounts are working seconds. */
export interface OtherRules {
  readonly hours: RuleHours
  readonly focalOfficerSeconds?: number
  readonly headSeconds?: number
  readonly headReading?: AllowanceReading
}

export interface CaseOutcome {
  /** The level that answered or holds it; `late` when the head's time ran out too. */
  readonly level: 'focal-officer' | 'head' | 'late'
  readonly dueAt: Instant | null
  readonly isLate: boolean
}

export interface Replayed {
  readonly before: CaseOutcome
  readonly after: CaseOutcome
  /** The case as it would stand; its clock marks are the whole working. */
  readonly state: CaseState
}

/**
 * What would have become of a case under other rules.
 *
 * What people did stays: the receipt, answers, words to the citizen, stops, postponements, transfers, returns, reopenings, each at
 * its instant. What the old rules brought about is left out, and the other rules bring about theirs: at the due instant the
 * slip climbs, after the head's it is late, and a calendar that is corrected in mid-level is counted anew. The journal is
 * folded by the very functions of the register, so an answer ends the clock of whoever would hold it then (#18). Under
 * the rules that were in force the outcome is what the register has, to the second.
 *
 * @param journal all events of one case, in the register's order.
 * @param now epoch ms; where the case is still open, it is told as of then.
 * @returns null for a case of which no agency ever received a slip.
 */
export function replayCase(
  journal: readonly CaseEvent[],
  was: RulesThen,
  other: OtherRules,
  now: Instant,
): Replayed | null {
  if (!journal.some(({ name }) => name === 'slip.received')) return null
  const happened = happenedUnder(journal, was.hours, other.hours, now)
  const life = new OtherLife(happened, was, other)
  for (const [index, event] of journal.entries()) life.take(event, index)
  life.advanceTo(now, journal.length)
  const state = life.state!
  return {
    before: outcomeOf(happened.state, was.hours, now),
    after: outcomeOf(state, other.hours, now),
    state,
  }
}

/** How a case stands at `now` by its own marks. */
export function outcomeOf(state: CaseState, hours: RuleHours, now: Instant): CaseOutcome {
  const reading = readingOf(state, hours, now)
  return {
    level: state.isLate ? 'late' : reading.level === 'head' ? 'head' : 'focal-officer',
    dueAt: reading.dueAt,
    isLate: state.isLate || reading.isLate,
  }
}

export const isSameOutcome = (one: CaseOutcome, other: CaseOutcome): boolean =>
  one.level === other.level && one.dueAt === other.dueAt && one.isLate === other.isLate

export interface OutcomeCounts {
  onTime: number
  toHead: number
  late: number
}

export const noOutcomes = (): OutcomeCounts => ({ onTime: 0, toHead: 0, late: 0 })

const countOf = { 'focal-officer': 'onTime', head: 'toHead', late: 'late' } as const

export function countOutcome(counts: OutcomeCounts, { level }: CaseOutcome): void {
  counts[countOf[level]] += 1
}

function readingOf(state: CaseState, hours: RuleHours, now: Instant): ClockReading {
  return readClock(state.clockMarks, {
    now,
    workingTimeFor: (holder, knownAt) => hours.workingTime(holder.agencyId, knownAt),
  })
}

/** What only the keeper of the old rules did, or only said. */
const ofOldRules: ReadonlySet<string> = new Set(['slip.escalated', 'case.became-late', 'slip.due-soon'])

/** The life of one case under the other rules, event by event. */
class OtherLife {
  state: CaseState | null = null
  private readonly happened: Happened
  private readonly was: RulesThen
  private readonly other: OtherRules
  /** Slips received so far: the terms of a head belong to the slip that climbed to him. */
  private slips = 0
  /** How many of the corrections of a calendar have been looked at. */
  private corrections = 0

  constructor(happened: Happened, was: RulesThen, other: OtherRules) {
    this.happened = happened
    this.was = was
    this.other = other
  }

  take(event: CaseEvent, index: number): void {
    if (ofOldRules.has(event.name)) return
    const at = fromIso(event.at)
    if (this.state !== null) this.advanceTo(at, index)
    if (event.name === 'slip.received') {
      this.slips += 1
      const allowanceSeconds = this.other.focalOfficerSeconds ?? event.data.allowanceSeconds
      this.state = apply(this.state, { ...event, data: { ...event.data, allowanceSeconds } })
    } else if (event.name === 'clock.recounted' && !this.happened.wasRight(index)) this.recount(at)
    else this.state = apply(this.state, event)
    if (movesClock.has(event.name) && this.happened.wasRight(index)) this.recount(at)
  }

  /** Everything that the other rules bring about before the event with the index, which happens at `until`. */
  advanceTo(until: Instant, index: number): void {
    for (;;) {
      const correctedAt = this.happened.quietCorrections[this.corrections]
      const step = this.stepBefore(until, index)
      if (correctedAt !== undefined && correctedAt <= Math.min(step?.at ?? until, until)) {
        this.corrections += 1
        this.recount(correctedAt)
      } else if (step !== null) this.bringAbout(step.body, step.at)
      else return
    }
  }

  private stepBefore(until: Instant, index: number): { at: Instant; body: EventBody } | null {
    const state = this.state!
    if (state.slip === null || !isOfStage('clock.escalate', state.stage)) return null
    const { state: clockState, dueAt } = readingOf(state, this.other.hours, until)
    if (clockState !== 'running' || dueAt === null) return null
    const notice = noticeOf(dueAt, this.happened.absences)
    if (notice.at > until || (notice.at === until && notice.index >= index)) return null
    return { at: notice.at, body: this.stepOf(state, toIso(dueAt)) }
  }

  private stepOf(state: CaseState, dueAt: string): EventBody {
    if (state.slip!.holder !== 'focal-officer') return { name: 'case.became-late', data: { dueAt } }
    const policy = this.was.policyOf(fromIso(state.openedAt))
    const terms = this.happened.headTerms.get(this.slips) ?? {
      allowanceSeconds: secondsOf(policy.headWorkingHours),
      reading: policy.headReading,
    }
    const allowanceSeconds = this.other.headSeconds ?? terms.allowanceSeconds
    const reading = this.other.headReading ?? terms.reading
    return { name: 'slip.escalated', data: { dueAt, to: 'head', allowanceSeconds, reading } }
  }

  private recount(at: Instant): void {
    const data = this.state === null ? null : recountOf(this.state, this.other.hours, at)
    if (data !== null) this.bringAbout({ name: 'clock.recounted', data }, at)
  }

  private bringAbout(body: EventBody, at: Instant): void {
    const { id: caseId, lastCommandId: commandId } = this.state!
    const stamp = { caseId, commandId, actor: { kind: 'system', part: 'keeper' } as const, at: toIso(at) }
    this.state = apply(this.state, { ...body, ...stamp, madeAt: stamp.at })
  }
}
