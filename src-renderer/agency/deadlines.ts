import type { AgencyRow, Opinion } from '../../src-shared/api/agency.ts'
import type { ClockView } from '../../src-shared/cases/views.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'

/** One of the times by which a slip is to be done. */
export interface Due {
  readonly by: 'regulation' | 'letter'
  readonly clock: ClockView
}

/**
 * #4: the Regulation's clock and the time limit of the letter by which the case came, the earlier first; neither replaces the other.
 * A letter's time is a date and no clock: no pause and no postponement moves it.
 */
export function duesOf(clock: ClockView | null, letterDueAt: string | null): Due[] {
  if (clock === null) return []
  const dues: Due[] = [{ by: 'regulation', clock }]
  if (letterDueAt !== null) {
    const isOver = clock.state === 'ended'
    const isLate = isOver && clock.endedAt !== null && fromIso(clock.endedAt) > fromIso(letterDueAt)
    const state = isOver ? 'ended' : 'running'
    dues.push({ by: 'letter', clock: { ...clock, state, dueAt: letterDueAt, correctedDueAt: null, isLate } })
  }
  return dues.sort((a, b) => dueOrNever(a.clock) - dueOrNever(b.clock))
}

/** The one a list shows: the earlier. */
export const firstDue = ({ clock, externalDueAt }: Pick<AgencyRow, 'clock' | 'externalDueAt'>): Due | null =>
  duesOf(clock, externalDueAt)[0] ?? null

const dueOrNever = ({ dueAt }: ClockView): number => (dueAt === null ? Number.MAX_SAFE_INTEGER : fromIso(dueAt))

/** The time an opinion has, as a clock in the working hours of the agency that owes it (S2 k.1, #33). */
export function clockOfOpinion(opinion: Opinion): ClockView {
  const { askedOf, askedAt, calendarId, replyBy, repliedAt } = opinion
  return {
    state: repliedAt === null ? 'running' : 'ended',
    level: 'focal-officer',
    agencyId: askedOf,
    calendarId,
    startedAt: askedAt,
    dueAt: replyBy,
    endedAt: repliedAt,
    isLate: repliedAt !== null && fromIso(repliedAt) > fromIso(replyBy),
    correctedDueAt: null,
    isProvisional: false,
  }
}

export const hasOpenOpinion = (opinions: readonly Opinion[]): boolean =>
  opinions.some((opinion) => opinion.repliedAt === null)
