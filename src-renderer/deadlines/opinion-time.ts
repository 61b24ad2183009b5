import type { Consult } from '../../src-shared/cases/case.ts'
import { fromIso, type Instant } from '../../src-shared/deadlines/instants.ts'
import { lateWords, leftWords } from '../../src-shared/deadlines/spoken.ts'
import type { WorkingTime } from '../../src-shared/deadlines/working-time.ts'
import type { ChipTone } from './chip.ts'

export interface OpinionTime {
  readonly tone: ChipTone
  /** Empty once the opinion came in time. */
  readonly text: string
  /** Working seconds past the time asked for; 0 while in time. */
  readonly lateSeconds: number
  readonly isLate: boolean
}

/** An opinion nears its end where a focal officer's slip does: half a working day before. */
export const opinionSoonSeconds = 4 * 3600

/** #33: how an opinion stands against the reply time it was asked with, in the asked agency's own working time. */
export function opinionTime(
  consult: Pick<Consult, 'replyBy' | 'repliedAt'>,
  workingTime: WorkingTime,
  now: Instant,
): OpinionTime {
  const replyBy = fromIso(consult.replyBy)
  const at = consult.repliedAt === null ? now : fromIso(consult.repliedAt)
  const left = workingTime.between(at, replyBy)
  const isLate = at > replyBy
  const lateSeconds = isLate ? Math.max(0, -left) : 0
  if (consult.repliedAt !== null) {
    return { tone: 'done', text: isLate ? lateWords(lateSeconds) : '', lateSeconds, isLate }
  }
  if (isLate) return { tone: 'late', text: lateWords(lateSeconds), lateSeconds, isLate }
  return { tone: left <= opinionSoonSeconds ? 'soon' : 'calm', text: leftWords(left), lateSeconds, isLate }
}
