import {
  civilOf,
  dateOfDayNumber,
  dayNumberOf,
  dayNumberOfDate,
  type LocalDate,
  WEEKDAYS,
  weekdayOfDayNumber,
} from '../../src-shared/deadlines/dates.ts'

/** What arrow keys do in a year of days: days sideways, weeks up and down, months by page, the ends of the week by Home and End. */
const steps: Record<string, (day: number) => number> = {
  ArrowLeft: (day) => day - 1,
  ArrowRight: (day) => day + 1,
  ArrowUp: (day) => day - 7,
  ArrowDown: (day) => day + 7,
  PageUp: (day) => monthsFrom(day, -1),
  PageDown: (day) => monthsFrom(day, 1),
  Home: (day) => day - WEEKDAYS.indexOf(weekdayOfDayNumber(day)),
  End: (day) => day + 6 - WEEKDAYS.indexOf(weekdayOfDayNumber(day)),
}

/** The day a key goes to, never out of its year; null for a key that does not move. */
export function dayAfterKey(date: LocalDate, key: string): LocalDate | null {
  const step = steps[key]
  if (!step) return null
  const day = dayNumberOfDate(date)
  const { year } = civilOf(day)
  return dateOfDayNumber(Math.min(Math.max(step(day), dayNumberOf(year, 1, 1)), dayNumberOf(year, 12, 31)))
}

/** The same day of another month, or that month's last: 31 March and 30 April are a month apart. */
function monthsFrom(day: number, months: number): number {
  const { year, month, day: dayOfMonth } = civilOf(day)
  const index = year * 12 + month - 1 + months
  const first = dayNumberOf(Math.floor(index / 12), (index % 12) + 1, 1)
  const next = dayNumberOf(Math.floor((index + 1) / 12), ((index + 1) % 12) + 1, 1)
  return Math.min(first + dayOfMonth - 1, next - 1)
}

/** A stretch of days, from where it was begun to where the focus is. */
export interface Stretch {
  readonly anchor: LocalDate
  readonly focus: LocalDate
}

export const startOf = ({ anchor, focus }: Stretch): LocalDate => (anchor < focus ? anchor : focus)
export const endOf = ({ anchor, focus }: Stretch): LocalDate => (anchor < focus ? focus : anchor)

export function datesIn(stretch: Stretch): LocalDate[] {
  const first = dayNumberOfDate(startOf(stretch))
  const count = dayNumberOfDate(endOf(stretch)) - first + 1
  return Array.from({ length: count }, (_, index) => dateOfDayNumber(first + index))
}
