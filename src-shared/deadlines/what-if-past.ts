import { apply } from '../cases/apply.ts'
import type { CaseState } from '../cases/case.ts'
import { isOfStage } from '../cases/command-stages.ts'
import { movesClock } from '../cases/decide-clock.ts'
import type { CaseEvent } from '../cases/events.ts'
import { recountOf } from '../cases/recount.ts'
import { type AllowanceReading, readClock } from './clock.ts'
import { fromIso, type Instant } from './instants.ts'
import type { RuleHours } from './what-if-hours.ts'

/**
 * A stretch in which a due instant lay behind and the keeper had not acted on it: one second at the least (D6: the due second
 * itself is in time), a night where the server was off. It is a fact of the register and not of the rules.
 */
export interface Absence {
  /** The due instant that waited. */
  readonly from: Instant
  readonly until: Instant
  /** The index of the event that came at `until`: the keeper's own step, or what somebody did before it was taken. */
  readonly index: number
}

/** What the register has of one case, as a replay under other rules needs it. */
export interface Happened {
  readonly state: CaseState
  readonly absences: readonly Absence[]
  /** The head's terms by the number of the slip (from 1) that climbed to him. */
  readonly headTerms: ReadonlyMap<number, { allowanceSeconds: number; reading: AllowanceReading }>
  /** When the other calendars were corrected, while the register had no reason of its own to count this clock anew. */
  readonly quietCorrections: readonly Instant[]
  /** Whether the clock needed no recount after the event with this index; of a recount, that no rule of today explains it. */
  wasRight(index: number): boolean
}

/** Folds the journal as it is and notes what is not in the case's state. */
export function happenedUnder(
  journal: readonly CaseEvent[],
  hours: RuleHours,
  other: RuleHours,
  now: Instant,
): Happened {
  const absences: Absence[] = []
  const headTerms = new Map<number, { allowanceSeconds: number; reading: AllowanceReading }>()
  const right = new Set<number>()
  const corrections = correctionsOf(journal, other, now)
  const quietCorrections: Instant[] = []
  let state: CaseState | null = null
  let slips = 0
  let looked = 0

  const lookUntil = (at: Instant, index: number) => {
    for (; looked < corrections.length && corrections[looked]! <= at; looked += 1) {
      if (state !== null && recountOf(state, hours, corrections[looked]!) === null) {
        quietCorrections.push(corrections[looked]!)
      }
    }
    const dueAt = state === null ? null : overdueAt(state, hours, at)
    if (dueAt !== null) absences.push({ from: dueAt, until: at, index })
  }
  journal.forEach((event, index) => {
    const at = fromIso(event.at)
    lookUntil(at, index)
    if (event.name === 'slip.received') slips += 1
    if (event.name === 'slip.escalated') headTerms.set(slips, event.data)
    if (event.name === 'clock.recounted' && recountOf(state!, hours, at) === null) right.add(index)
    state = apply(state, event)
    if (movesClock.has(event.name) && recountOf(state, hours, at) === null) right.add(index)
  })
  lookUntil(now, journal.length)
  return { state: state!, absences, headTerms, quietCorrections, wasRight: (index) => right.has(index) }
}

/**
 * When the keeper acts on a due instant: the second after it (D6), unless it is known to have been away then. Of another due
 * instant that falls into its absence it could not have known sooner either; outside of one it is taken to have been there.
 * `index`: behind all events of that same instant with a lower index, and before the others.
 */
export function noticeOf(dueAt: Instant, absences: readonly Absence[]): { at: Instant; index: number } {
  const longest = absences.findLast(({ from, until }) => from <= dueAt && dueAt < until)
  return longest === undefined ? { at: dueAt + 1000, index: -1 } : { at: longest.until, index: longest.index }
}

/** The due instant that the keeper should have acted on by `at`; null where there is none. */
function overdueAt(state: CaseState, hours: RuleHours, at: Instant): Instant | null {
  if (state.slip === null || !isOfStage('clock.escalate', state.stage)) return null
  const reading = readClock(state.clockMarks, {
    now: at,
    workingTimeFor: (holder, knownAt) => hours.workingTime(holder.agencyId, knownAt),
  })
  const { dueAt } = reading
  return reading.state === 'running' && dueAt !== null && dueAt + 1000 <= at ? dueAt : null
}

/** When something became known about the calendar of an agency that held the case, since it was opened. */
function correctionsOf(journal: readonly CaseEvent[], hours: RuleHours, now: Instant): Instant[] {
  const openedAt = fromIso(journal[0]!.at)
  const holders = new Set(
    journal.flatMap((event) =>
      event.name === 'slip.received' || event.name === 'slip.transferred' ? [event.data.agencyId] : [],
    ),
  )
  const all = [...holders].flatMap((agencyId) => hours.knowledge(agencyId))
  return [...new Set(all.filter((at) => openedAt < at && at <= now))].sort((a, b) => a - b)
}
