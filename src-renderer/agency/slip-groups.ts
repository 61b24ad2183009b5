import type { CaseRow } from '../../src-shared/cases/views.ts'
import { fromIso, localTimeOf } from '../../src-shared/deadlines/instants.ts'
import type { WorkingTime } from '../../src-shared/deadlines/working-time.ts'

export interface SlipGroups {
  /** By due time, earliest first; what has none, last. */
  readonly toAnswer: readonly CaseRow[]
  /** Newest first. */
  readonly answered: readonly CaseRow[]
}

/** #18: a result without a word to the citizen is not yet an answer, so its running clock keeps it in the first list. */
export function needsAnswer({ stage, clock }: CaseRow): boolean {
  const isHeld = stage === 'with-focal-officer' || stage === 'with-head' || stage === 'late'
  return isHeld || (clock !== null && clock.state !== 'ended' && stage === 'answered')
}

/** An opinion is asked of `agencyId` on a slip that another agency holds (S2 k.1). */
export const isOpinion = (row: CaseRow, agencyId: string | undefined): boolean => row.agencyId !== agencyId

export function groupSlips(rows: readonly CaseRow[]): SlipGroups {
  const due = (row: CaseRow) => (row.clock?.dueAt ? fromIso(row.clock.dueAt) : Number.MAX_SAFE_INTEGER)
  return {
    toAnswer: rows.filter(needsAnswer).sort((a, b) => due(a) - due(b)),
    answered: rows.filter((row) => !needsAnswer(row)).sort((a, b) => fromIso(b.updatedAt) - fromIso(a.updatedAt)),
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

/** What will be late under the head's name unless somebody acts: running, not late yet, due by then. */
export function soonLate(rows: readonly CaseRow[], now: number, untilAt: number): CaseRow[] {
  return groupSlips(rows).toAnswer.filter(({ clock, isLate }) => {
    if (clock === null || clock.state !== 'running' || clock.dueAt === null || isLate || clock.isLate) return false
    const dueAt = fromIso(clock.dueAt)
    return dueAt >= now && dueAt <= untilAt
  })
}
