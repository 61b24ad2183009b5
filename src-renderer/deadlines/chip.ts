import type { ClockView } from '../../src-shared/cases/views.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import type { SoonSeconds } from '../../src-shared/deadlines/soon.ts'
import { lateWords, leftWords } from '../../src-shared/deadlines/spoken.ts'
import type { WorkingTime } from '../../src-shared/deadlines/working-time.ts'
import type { Say } from '../session/words.ts'

export type ChipTone = 'calm' | 'soon' | 'late' | 'stopped' | 'done'

export interface Chip {
  readonly tone: ChipTone
  readonly text: string
}

/**
 * What a deadline says now. A clock the desk believes is late by now is shown late at once, although the register
 * records it only when its keeper has run.
 * @param now epoch milliseconds @param workingTime of the clock's calendar; null until the calendars have come
 */
export function chipOf(
  clock: ClockView,
  now: number,
  workingTime: WorkingTime | null,
  soon: SoonSeconds,
  say: Say,
): Chip {
  if (clock.state === 'ended') return { tone: 'done', text: say(clock.isLate ? 'deadline.doneLate' : 'deadline.done') }
  // A pause has no end yet, so nothing falls due; that is not a case without a deadline.
  if (clock.state === 'stopped') return { tone: 'stopped', text: say('deadline.stopped') }
  if (clock.dueAt === null) return { tone: clock.isLate ? 'late' : 'calm', text: say('deadline.none') }
  const isPast = clock.isLate || now > fromIso(clock.dueAt)
  if (workingTime === null) return { tone: isPast ? 'late' : 'calm', text: say('deadline.unread') }
  const left = workingTime.between(now, fromIso(clock.dueAt))
  if (isPast) return { tone: 'late', text: lateWords(-left) }
  return { tone: left <= soon[clock.level] ? 'soon' : 'calm', text: leftWords(left) }
}
