import { type ClockReading, readClock } from '../deadlines/clock.ts'
import { toIso } from '../deadlines/instants.ts'
import { agencyIdSchema } from '../ids.ts'
import type { OfficeHours } from '../province/hours.ts'
import type { CaseState } from './case.ts'
import type { ClockView } from './views.ts'

/**
 * What a case's clock says at `now` (epoch ms), in the calendars of whoever holds it.
 * @throws Error when a holder is not in the directory: a clock without a calendar would be a guess.
 */
export function readCaseClock(state: Pick<CaseState, 'clockMarks'>, hours: OfficeHours, now: number): ClockReading {
  return readClock(state.clockMarks, {
    now,
    workingTimeFor(holder, knownAt) {
      const workingTime = hours.ofAgency(holder.agencyId, knownAt)
      if (workingTime === undefined) throw new Error(`no working hours for the agency ${holder.agencyId}`)
      return workingTime
    },
  })
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
  return {
    state: reading.state === 'running' || reading.state === 'stopped' ? reading.state : 'ended',
    level: reading.level,
    agencyId: agencyIdSchema.parse(reading.holder.agencyId),
    calendarId: hours.calendarIdOf(reading.holder.agencyId) ?? '',
    startedAt: toIso(reading.startedAt),
    dueAt: reading.dueAt === null ? null : toIso(reading.dueAt),
    endedAt: last?.endedAt == null ? null : toIso(last.endedAt),
    isLate: state.isLate || reading.isLate,
    isProvisional,
  }
}
