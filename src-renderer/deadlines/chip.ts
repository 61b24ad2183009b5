import type { ClockView } from '../../src-shared/cases/views.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import type { Policy } from '../../src-shared/deadlines/policy.ts'
import { lateWords, leftWords } from '../../src-shared/deadlines/spoken.ts'
import type { WorkingTime } from '../../src-shared/deadlines/working-time.ts'
import type { Say } from '../session/words.ts'

export type ChipTone = 'calm' | 'soon' | 'late' | 'stopped' | 'done'

export interface Chip {
  readonly tone: ChipTone
  readonly text: string
}

/** Working seconds before the due instant from which a chip is amber, by who holds the slip. */
export type SoonSeconds = Readonly<Record<ClockView['level'], number>>

/** Amber begins where the province sends its first reminder (S4 Đ.13 k.2, #28), so that screen and message agree. */
export function soonSecondsOf(policy: Pick<Policy, 'remindersBeforeDueMinutes'> | null): SoonSeconds {
  const { focalOfficer = [], head = [] } = policy?.remindersBeforeDueMinutes ?? {}
  return { 'focal-officer': (focalOfficer[0] ?? 0) * 60, head: (head[0] ?? 0) * 60, office: 0 }
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
  if (clock.dueAt === null) return { tone: clock.isLate ? 'late' : 'calm', text: say('deadline.none') }
  if (workingTime === null) return { tone: clock.isLate ? 'late' : 'calm', text: say('deadline.unread') }
  const left = workingTime.between(now, fromIso(clock.dueAt))
  if (clock.state === 'stopped') return { tone: 'stopped', text: say('deadline.stopped') }
  const isPast = clock.isLate || now > fromIso(clock.dueAt)
  if (isPast) return { tone: 'late', text: lateWords(-left) }
  return { tone: left <= soon[clock.level] ? 'soon' : 'calm', text: leftWords(left) }
}
