import { dateOfDayNumber, dayNumberOfDate, type LocalDate, type Weekday } from '../dates.ts'
import { isWeeklyDayOff, USUAL_DAYS_OFF } from './proposals.ts'

/** A single working day between days off, that could be swapped away, and the days on which it could be worked instead. */
export interface Bridge {
  readonly off: LocalDate
  /** The nearest free weekly day off before the days off it would join, and the nearest after them. */
  readonly workedInstead: readonly LocalDate[]
}

/**
 * The swaps that people ask for: a Monday before or a Friday after a holiday. Never automatic: each needs an act of its own.
 * @param daysOff the holidays and substitutes of a year, as chosen.
 */
export function bridgesOf(daysOff: readonly LocalDate[], weeklyDaysOff: readonly Weekday[] = USUAL_DAYS_OFF): Bridge[] {
  const holidays = new Set(daysOff)
  const isOff = (day: number) => {
    const date = dateOfDayNumber(day)
    return holidays.has(date) || isWeeklyDayOff(date, weeklyDaysOff)
  }
  const beside = new Set([...holidays].flatMap((date) => [dayNumberOfDate(date) - 1, dayNumberOfDate(date) + 1]))
  return [...beside]
    .filter((day) => !isOff(day) && isOff(day - 1) && isOff(day + 1))
    .sort((a, b) => a - b)
    .map((day) => {
      const isFree = (other: number) =>
        isWeeklyDayOff(dateOfDayNumber(other), weeklyDaysOff) && !holidays.has(dateOfDayNumber(other))
      return {
        off: dateOfDayNumber(day),
        workedInstead: [seek(day, -1, isOff, isFree), seek(day, 1, isOff, isFree)]
          .filter((found) => found !== null)
          .map(dateOfDayNumber),
      }
    })
}

/** Out of the days off around `day`, then on to the first free weekly day off that follows a working day: the Saturday, not the Sunday. */
function seek(
  day: number,
  step: 1 | -1,
  isOff: (day: number) => boolean,
  isFree: (day: number) => boolean,
): number | null {
  let at = day + step
  while (isOff(at)) at += step
  for (let left = 28; left > 0; left -= 1, at += step) {
    if (isFree(at) && !isOff(at - 1)) return at
  }
  return null
}
