import type { CaseState } from '../../../src-shared/cases/case.ts'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { isOfStage } from '../../../src-shared/cases/command-stages.ts'
import { nextReminder } from '../../../src-shared/cases/reminders.ts'
import { knowledgeInstants } from '../../../src-shared/deadlines/calendar-chain.ts'
import type { ClockReading } from '../../../src-shared/deadlines/clock.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import type { Policy } from '../../../src-shared/deadlines/policy.ts'
import { clockHours } from '../../../src-shared/province/hours.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'

/** When the keeper must look at the case next; null while nothing that the clock could bring about lies ahead. */
export function nextStepAt(state: CaseState, reference: ReferenceBook, now: number): number | null {
  if (!isOfStage('clock.recount', state.stage)) return null
  return nextStepOf(state, readCaseClock(state, reference.hours, now), reference, now)
}

/** The same by what the case's clock reads at `now`. */
export function nextStepOf(
  state: CaseState,
  clock: ClockReading,
  reference: ReferenceBook,
  now: number,
): number | null {
  if (clock.state === 'ended' || clock.state === 'idle') return null
  const instants = [stepOf(state, clock, reference, now), learnedAt(clock, reference, now)]
  const known = instants.filter((instant) => instant !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** The next reminder (#28), or the instant the clock runs out (#20, #22), where it has a next step. */
function stepOf(state: CaseState, clock: ClockReading, reference: ReferenceBook, now: number): number | null {
  if (!isOfStage('clock.escalate', state.stage) || clock.level === 'office') return null
  // A stop with a cap ends by itself, and what then comes first is asked at that moment.
  if (clock.state === 'stopped') return clock.resumesAt
  if (clock.dueAt === null) return null
  const reminder = nextReminder(state, clock, policyFor(state, reference, now), clockHours(reference.hours), now)
  return reminder === null ? clock.dueAt : Math.min(reminder.at, clock.dueAt)
}

/**
 * D14: when more will be known of the calendar than now. A file may say so of a later day; and a server whose clock is behind, or
 * was put back, registers what another has entered a moment later. A clock that was not told of an act because it read the same
 * is told when it runs out, for from then on it counts the lateness.
 */
function learnedAt({ levels, holder, dueAt }: ClockReading, { hours }: ReferenceBook, now: number): number | null {
  const level = levels.at(-1)
  if (level === undefined || holder === null) return null
  const { book } = hours
  const instants: number[] = []
  for (const agencyId of new Set([holder.agencyId, ...level.intervals.map((interval) => interval.holder.agencyId)])) {
    const calendarId = hours.calendarIdOf(agencyId)
    if (calendarId === undefined || book.actsKnown(calendarId, level.knownAt, endOfTime).length === 0) continue
    const next = knowledgeInstants(book.chain(calendarId)).find((instant) => instant > now)
    if (next !== undefined) instants.push(next)
    if (dueAt !== null && dueAt > now) instants.push(dueAt)
  }
  return instants.length === 0 ? null : Math.min(...instants)
}

const endOfTime = Number.MAX_SAFE_INTEGER

// Cases opened on one day have one policy, and to find it costs more than all the rest of a step's arithmetic.
const policiesByDay = new WeakMap<object, Map<string, Policy>>()

/** The version of the policy that rules the case: the one in force on the local day it was opened. */
export function policyFor(state: CaseState | null, book: ReferenceBook, now: number): Policy {
  if (state === null) return book.policyOf(now)
  // The register writes instants in the province's time: the first ten signs are the local day.
  const day = state.openedAt.slice(0, 10)
  const known = policiesByDay.get(book.reference) ?? new Map<string, Policy>()
  policiesByDay.set(book.reference, known)
  const policy = known.get(day) ?? book.policyOf(fromIso(state.openedAt))
  known.set(day, policy)
  return policy
}
