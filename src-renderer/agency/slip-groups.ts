import type { AgencyRow, Opinion } from '../../src-shared/api/agency.ts'
import type { CaseRow } from '../../src-shared/cases/views.ts'
import { fromIso, localTimeOf } from '../../src-shared/deadlines/instants.ts'
import type { WorkingTime } from '../../src-shared/deadlines/working-time.ts'
import { firstDue } from './deadlines.ts'

export interface SlipGroups {
  /** By due time, earliest first; what has none, last. */
  readonly toAnswer: readonly AgencyRow[]
  /** Newest first. */
  readonly answered: readonly AgencyRow[]
}

/** #18: a result without a word to the citizen is not yet an answer, so its running clock keeps it in the first list. */
export function needsAnswer({ stage, clock }: CaseRow): boolean {
  const isHeld = stage === 'with-focal-officer' || stage === 'with-head' || stage === 'late'
  return isHeld || (clock !== null && clock.state !== 'ended' && stage === 'answered')
}

/** An opinion is asked of `agencyId` on a slip that another agency holds (S2 k.1). */
export const isOpinion = (row: CaseRow, agencyId: string | undefined): boolean => row.agencyId !== agencyId

/** The agency's own slips; those on which it is only asked stand among the opinions. */
export function groupSlips(rows: readonly AgencyRow[], agencyId: string | undefined): SlipGroups {
  const own = rows.filter((row) => !isOpinion(row, agencyId))
  const due = (row: AgencyRow) => {
    const dueAt = firstDue(row)?.clock.dueAt
    return dueAt == null ? Number.MAX_SAFE_INTEGER : fromIso(dueAt)
  }
  return {
    toAnswer: own.filter(needsAnswer).sort((a, b) => due(a) - due(b)),
    answered: own.filter((row) => !needsAnswer(row)).sort((a, b) => fromIso(b.updatedAt) - fromIso(a.updatedAt)),
  }
}

export interface OpinionLine {
  readonly row: AgencyRow
  readonly opinion: Opinion
}
export interface OpinionGroups {
  /** #33: past their time, those we owe and those we wait for: the lead's own clock runs on. */
  readonly late: readonly OpinionLine[]
  /** What we owe and still have time for. */
  readonly owed: readonly OpinionLine[]
}

export function groupOpinions(rows: readonly AgencyRow[], agencyId: string | undefined, now: number): OpinionGroups {
  const lines = rows
    .flatMap((row) => row.opinions.map((opinion) => ({ row, opinion })))
    .sort((a, b) => fromIso(a.opinion.replyBy) - fromIso(b.opinion.replyBy))
  const isLate = ({ opinion }: OpinionLine) => now > fromIso(opinion.replyBy)
  return {
    late: lines.filter(isLate),
    owed: lines.filter((line) => line.opinion.askedOf === agencyId && !isLate(line)),
  }
}

/** How far the head looks ahead: to the end of the next day on which the agency works. Epoch milliseconds. */
export function endOfNextWorkingDay(now: number, workingTime: WorkingTime): number {
  const { dayNumber } = localTimeOf(now)
  let opening = now
  do opening = workingTime.nextOpening(opening) + 60_000
  while (localTimeOf(opening).dayNumber === dayNumber)
  const { intervals } = workingTime.hoursOn(localTimeOf(opening).dayNumber)
  const { hour, minute } = localTimeOf(opening)
  const minutesLeft = (intervals.at(-1)?.toMinute ?? 24 * 60) - (hour * 60 + minute)
  return opening + minutesLeft * 60_000
}

export interface HeadGroups {
  readonly late: readonly AgencyRow[]
  /** Running, not late yet, due by `untilAt`. */
  readonly soon: readonly AgencyRow[]
  readonly rest: readonly AgencyRow[]
}

/**
 * What is late and what will be late under the head's name unless somebody acts, whichever of the two levels holds it now.
 * @param untilAt epoch milliseconds; null where the working hours are not known: then only what is late is told apart
 */
export function groupForHead(toAnswer: readonly AgencyRow[], now: number, untilAt: number | null): HeadGroups {
  const standing = (row: AgencyRow): keyof HeadGroups => {
    const due = firstDue(row)
    if (due === null) return 'rest'
    const { state, dueAt, isLate } = due.clock
    const isPast = dueAt !== null && state === 'running' && fromIso(dueAt) < now
    if (row.isLate || isLate || isPast) return 'late'
    return untilAt !== null && state === 'running' && dueAt !== null && fromIso(dueAt) <= untilAt ? 'soon' : 'rest'
  }
  const of = (name: keyof HeadGroups) => toAnswer.filter((row) => standing(row) === name)
  return { late: of('late'), soon: of('soon'), rest: of('rest') }
}
