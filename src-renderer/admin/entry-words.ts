import {
  dayNumberOfDate,
  type LocalDate,
  WEEKDAYS,
  type Weekday,
  weekdayOfDayNumber,
} from '../../src-shared/deadlines/dates.ts'
import { WEEKDAY_WORDS } from '../../src-shared/deadlines/spoken.ts'
import type { Say } from '../session/words.ts'
import { fullDate, type PendingEntry } from './pending.ts'

export const longDate = (date: LocalDate): string =>
  `${WEEKDAY_WORDS[weekdayOfDayNumber(dayNumberOfDate(date))]} ${fullDate(date)}`

/** One line for an entry: which days, and what they become. */
export function entryTitle(entry: PendingEntry, say: Say): string {
  switch (entry.type) {
    case 'days': {
      const what =
        entry.working.length === 0 ? say('pending.off') : say('pending.hours', { hours: hoursWords(entry.working) })
      return `${datesWords(entry.on, say)}: ${what}`
    }
    case 'swap':
      return say('pending.swap', {
        off: longDate(entry.off),
        worked: longDate(entry.worked),
        hours: hoursWords(entry.working),
      })
    case 'week':
      return say('pending.week', { from: longDate(entry.from) })
  }
}

export function entryReason(entry: PendingEntry, say: Say): string {
  return entry.type === 'week' ? weekWords(entry.hours, say) : entry.reason
}

export const hoursWords = (working: readonly string[]): string =>
  working.map((text) => text.replace('-', '–')).join(', ')

/** Days in a row are named by their ends. */
export function datesWords(dates: readonly LocalDate[], say: Say): string {
  const runs: [LocalDate, LocalDate][] = []
  for (const date of dates) {
    const last = runs.at(-1)
    if (last && dayNumberOfDate(date) === dayNumberOfDate(last[1]) + 1) last[1] = date
    else runs.push([date, date])
  }
  return runs
    .map(([from, to]) =>
      from === to
        ? longDate(from)
        : say('entry.stretch', {
            from: longDate(from),
            to: longDate(to),
            days: dayNumberOfDate(to) - dayNumberOfDate(from) + 1,
          }),
    )
    .join('; ')
}

/** `Thứ Hai – Thứ Sáu: 07:00–11:30, 13:30–17:00; Thứ Bảy, Chủ nhật: nghỉ`. */
export function weekWords(hours: Partial<Record<Weekday, readonly string[]>>, say: Say): string {
  const runs: { from: Weekday; to: Weekday; text: string }[] = []
  for (const day of WEEKDAYS) {
    const text = hoursWords(hours[day] ?? []) || say('pending.off')
    const last = runs.at(-1)
    if (last?.text === text) last.to = day
    else runs.push({ from: day, to: day, text })
  }
  return runs
    .map(({ from, to, text }) => `${WEEKDAY_WORDS[from]}${from === to ? '' : ` – ${WEEKDAY_WORDS[to]}`}: ${text}`)
    .join('; ')
}
