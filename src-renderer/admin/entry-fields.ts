import type { Interval } from '../../src-shared/deadlines/calendar.ts'
import type { CalendarProblem } from '../../src-shared/deadlines/calendar-problems.ts'
import { findCalendarProblems } from '../../src-shared/deadlines/calendar-problems.ts'
import { isRealDate, type LocalDate } from '../../src-shared/deadlines/dates.ts'

const two = (value: number) => String(value).padStart(2, '0')
const at = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

export const intervalText = ({ fromMinute, toMinute }: Interval): string => `${at(fromMinute)}-${at(toMinute)}`
export const intervalsText = (intervals: readonly Interval[]): string => intervals.map(intervalText).join(', ')

/**
 * Hours as people write them: `7:00-11:30, 13:30 – 17h`. What cannot be read stays as it was typed, for the words of the
 * problem to quote.
 */
export function readIntervals(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const found = /^(\d{1,2})(?:[:hg](\d{2})?)?\s*(?:-|–|đến)\s*(\d{1,2})(?:[:hg](\d{2})?)?$/i.exec(part)
      if (!found) return part
      const [, fromHour, fromMinute = '00', toHour, toMinute = '00'] = found
      return `${two(Number(fromHour))}:${fromMinute}-${two(Number(toHour))}:${toMinute}`
    })
}

/** Mistakes in hours that the register would find too, found while they are still in the field. */
export function intervalProblems(intervals: readonly string[]): CalendarProblem[] {
  const day = { on: '2026-01-01', working: [...intervals], reason: '-', act: '-', knownAt: '2026-01-01T00:00:00+07:00' }
  return findCalendarProblems({ id: 'x', inherits: 'y', timeZone: 'Asia/Ho_Chi_Minh', weeks: [], days: [day] }, '')
}

/** `24/11/2026`, `24-11-2026`, `24.11.2026`: day, month, year, however the computer itself would write it. Null for no date. */
export function readDate(text: string): LocalDate | null {
  const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim())
  if (!found) return null
  const [, day, month, year] = found
  const date = `${year}-${two(Number(month))}-${two(Number(day))}`
  return isRealDate(date) ? date : null
}

/** The half of a day that is worked: its first or its last interval. */
export function halfOf(intervals: readonly Interval[], half: 'morning' | 'afternoon'): Interval[] {
  const one = half === 'morning' ? intervals[0] : intervals.at(-1)
  return one === undefined ? [] : [one]
}
