import type { CalendarDay } from '../../src-shared/deadlines/calendar.ts'
import { dateOfDayNumber, dayNumberOf, WEEKDAYS, weekdayOfDayNumber } from '../../src-shared/deadlines/dates.ts'
import { dayWords } from '../../src-shared/deadlines/spoken.ts'
import type { WorkingTime } from '../../src-shared/deadlines/working-time.ts'

/** `part`: less than the longest day of the year; `swapped`: worked in exchange for another day. */
export type Look = 'working' | 'part' | 'off' | 'holiday' | 'swapped'

export interface DayCell {
  readonly date: string
  readonly dayOfMonth: number
  /** 1 is Monday. */
  readonly column: number
  readonly look: Look
  readonly words: string
  /** `07:00–11:30, 13:30–17:00`; empty on a day off. */
  readonly hours: string
  /** Day, hours and reason in words. */
  readonly title: string
  /** The dated entry that made the day differ from its week. */
  readonly day: CalendarDay | null
}

const two = (value: number) => String(value).padStart(2, '0')
const at = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

/** Twelve months of cells, as everything is known now. */
export function monthsOf(time: Pick<WorkingTime, 'hoursOn'>, year: number): DayCell[][] {
  const numbers = Array.from({ length: 12 }, (_, month) => {
    const first = dayNumberOf(year, month + 1, 1)
    const next = month === 11 ? dayNumberOf(year + 1, 1, 1) : dayNumberOf(year, month + 2, 1)
    return Array.from({ length: next - first }, (_day, index) => first + index)
  })
  const minutesOn = (day: number) =>
    time.hoursOn(day).intervals.reduce((sum, { fromMinute, toMinute }) => sum + toMinute - fromMinute, 0)
  const longest = Math.max(...numbers.flat().map(minutesOn))
  return numbers.map((days, month) =>
    days.map((number, index) => {
      const { intervals, day } = time.hoursOn(number)
      const minutes = minutesOn(number)
      const words = dayWords(number, { month: month + 1, day: index + 1 })
      const hours = intervals.map(({ fromMinute, toMinute }) => `${at(fromMinute)}–${at(toMinute)}`).join(', ')
      return {
        date: dateOfDayNumber(number),
        dayOfMonth: index + 1,
        column: WEEKDAYS.indexOf(weekdayOfDayNumber(number)) + 1,
        look: lookOf(minutes, longest, day),
        words,
        hours,
        title: [words, hours, day?.reason].filter(Boolean).join(' · '),
        day,
      }
    }),
  )
}

function lookOf(minutes: number, longest: number, day: CalendarDay | null): Look {
  if (minutes === 0) return day === null ? 'off' : 'holiday'
  if (day?.kind === 'swap') return 'swapped'
  return minutes < longest ? 'part' : 'working'
}
