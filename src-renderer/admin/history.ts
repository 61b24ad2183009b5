import type { Calendar, CalendarDay, CalendarWeek } from '../../src-shared/deadlines/calendar.ts'
import type { Instant } from '../../src-shared/deadlines/instants.ts'

/** What became known at one instant by one act. */
export interface HistoryStep {
  readonly knownAt: Instant
  readonly act: string | null
  readonly days: readonly CalendarDay[]
  readonly weeks: readonly CalendarWeek[]
}

/** Newest first. Nothing was ever edited or taken away, so this is all there is to know of a calendar. */
export function historyOf({ days, weeks }: Pick<Calendar, 'days' | 'weeks'>): HistoryStep[] {
  const steps = new Map<string, { knownAt: Instant; act: string | null; days: CalendarDay[]; weeks: CalendarWeek[] }>()
  const step = (knownAt: Instant, act: string | null) => {
    const key = `${knownAt} ${act}`
    const known = steps.get(key) ?? { knownAt, act, days: [], weeks: [] }
    steps.set(key, known)
    return known
  }
  for (const week of weeks) step(week.knownAt, week.act).weeks.push(week)
  for (const day of days) step(day.knownAt, day.act).days.push(day)
  return [...steps.values()].sort((a, b) => b.knownAt - a.knownAt)
}

/** Whether a later entry says something else of the same date: what was known then, and holds no more. */
export function isReplaced(day: CalendarDay, { days }: Pick<Calendar, 'days'>): boolean {
  return days.some((other) => other.on === day.on && other.knownAt > day.knownAt)
}
