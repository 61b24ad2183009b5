import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import type { WorkingTime } from '../../../src-shared/deadlines/working-time.ts'
import type { PastCase } from '../../../src-shared/province/demo.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'

const weekMs = 7 * 86_400_000
const quarterMs = 900_000

const isOpen = ({ outcome }: PastCase): boolean => outcome.type === 'slip' && outcome.closed !== true

/**
 * When each past case is opened, seen from today. What is over keeps its weekday and hour: it moves by whole weeks, the newest to
 * within a week before now. What is still open keeps its distance in *working* time from the newest, which lies shortly before
 * now, so that its clock is live on whatever day the demonstration is started.
 */
export function movedPast(cases: readonly PastCase[], reference: ReferenceBook, now: number): Map<PastCase, number> {
  const newest = Math.max(...cases.map((each) => fromIso(each.openedAt)))
  const shift = Math.floor((now - newest) / weekMs) * weekMs
  const moved = new Map<PastCase, number>()
  for (const past of cases) {
    const openedAt = fromIso(past.openedAt)
    const workingTime = past.outcome.type === 'slip' ? reference.hours.ofAgency(past.outcome.agencyId) : undefined
    if (!isOpen(past) || workingTime === undefined) moved.set(past, openedAt + shift)
    else {
      const distance = workingTime.between(openedAt, newest)
      moved.set(past, workingTime.subtract(lastOpenInstant(workingTime, now), distance))
    }
  }
  return moved
}

/** The latest quarter of an hour not after half an hour ago at which the office was open. */
function lastOpenInstant(workingTime: WorkingTime, now: number): number {
  let instant = now - 2 * quarterMs
  while (!workingTime.isOpen(instant)) instant -= quarterMs
  return instant
}
