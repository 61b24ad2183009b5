import { type ClockContext, type ClockReading, readClock } from '../deadlines/clock.ts'
import { toIso } from '../deadlines/instants.ts'
import { agencyIdSchema } from '../ids.ts'
import { clockHours, type OfficeHours } from '../province/hours.ts'
import type { CaseState } from './case.ts'
import type { ClockView } from './views.ts'

/**
 * What a case's clock says at `now` (epoch ms), in the calendars of whoever holds it.
 * @throws Error when a holder is not in the directory: a clock without a calendar would be a guess.
 */
export function readCaseClock(state: Pick<CaseState, 'clockMarks'>, hours: OfficeHours, now: number): ClockReading {
  return readClock(state.clockMarks, contextOf(hours, now))
}

/**
 * D14: the same clock as it would read had everything known at `now` been known from the first. For a case that is over it
 * stands beside what was known then, and never takes its place.
 */
export function readCorrectedClock(
  state: Pick<CaseState, 'clockMarks'>,
  hours: OfficeHours,
  now: number,
): ClockReading {
  return readClock(state.clockMarks, { ...contextOf(hours, now), knownAt: now })
}

/** Whether any act has changed the agency's calendar since. */
function wasCorrected(hours: OfficeHours, agencyId: string, knownAt: number, now: number): boolean {
  return clockHours(hours).actsKnown(agencyId, knownAt, now).length > 0
}

function contextOf(hours: OfficeHours, now: number): ClockContext {
  const { workingTime } = clockHours(hours)
  return { now, workingTimeFor: (holder, knownAt) => workingTime(holder.agencyId, knownAt) }
}

/** The clock as lists and chips need it; null while no agency has ever held the case. */
export function clockView(
  state: Pick<CaseState, 'clockMarks' | 'isLate'>,
  hours: OfficeHours,
  now: number,
  isProvisional: boolean,
): ClockView | null {
  if (state.clockMarks.length === 0) return null
  const reading = readCaseClock(state, hours, now)
  if (reading.level === null || reading.holder === null || reading.startedAt === null) return null
  const last = reading.levels.at(-1)
  const isCorrected = reading.levels.some(({ holder, knownAt }) => wasCorrected(hours, holder.agencyId, knownAt, now))
  const correctedDueAt = isCorrected ? readCorrectedClock(state, hours, now).dueAt : null
  return {
    state: reading.state === 'running' || reading.state === 'stopped' ? reading.state : 'ended',
    level: reading.level,
    agencyId: agencyIdSchema.parse(reading.holder.agencyId),
    calendarId: hours.calendarIdOf(reading.holder.agencyId) ?? '',
    startedAt: toIso(reading.startedAt),
    dueAt: reading.dueAt === null ? null : toIso(reading.dueAt),
    endedAt: last?.endedAt == null ? null : toIso(last.endedAt),
    isLate: state.isLate || reading.isLate,
    correctedDueAt: correctedDueAt === null || correctedDueAt === reading.dueAt ? null : toIso(correctedDueAt),
    isProvisional,
  }
}
