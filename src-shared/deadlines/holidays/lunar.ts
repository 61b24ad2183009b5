import { dayNumberOf } from '../dates.ts'
import { moonNumberBefore, newMoonAt, sunLongitudeAt } from './moon-and-sun.ts'

/**
 * The Vietnamese lunar calendar: the same rules as the Chinese one, but its days begin at midnight of UTC+7 (Decision 121-CP of 8
 * August 1967), so that in some years it is a day, once in a while a month, apart from what calendars for UTC+8 say.
 */
export const VIETNAM_UTC_HOURS = 7

export interface LunarMonth {
  /** The lunar year the month belongs to, named by the Gregorian year in which it begins. */
  readonly year: number
  readonly month: number
  /** The second month of that number in its year. */
  readonly isLeap: boolean
  /** Day number (days since 1970-01-01) of its first day, and how many days it has. */
  readonly firstDay: number
  readonly days: number
}

/** The months of a lunar year in order, twelve or thirteen. */
export function lunarMonths(year: number, utcHours: number = VIETNAM_UTC_HOURS): LunarMonth[] {
  return [...solsticeToSolstice(year, utcHours), ...solsticeToSolstice(year + 1, utcHours)].filter(
    (month) => month.year === year,
  )
}

/** The Gregorian day number of a day of a lunar month that is not a leap month. */
export function dayNumberOfLunar(year: number, month: number, day: number, utcHours?: number): number {
  const found = lunarMonths(year, utcHours).find((each) => each.month === month && !each.isLeap)
  if (!found || day < 1 || day > found.days)
    throw new RangeError(`there is no day ${day} in lunar month ${month}/${year}`)
  return found.firstDay + day - 1
}

/** The first day of Tết in a Gregorian year, as a day number. */
export function lunarNewYear(year: number, utcHours?: number): number {
  return dayNumberOfLunar(year, 1, 1, utcHours)
}

/**
 * From the eleventh month of `year - 1`, which holds the winter solstice, to the tenth of `year`. Where thirteen months lie between
 * two solstices, the first that holds none of the twelve principal terms (multiples of 30° of the sun's longitude) repeats the number before it.
 */
function solsticeToSolstice(year: number, utcHours: number): LunarMonth[] {
  const first = moonOfSolstice(year - 1, utcHours)
  const count = moonOfSolstice(year, utcHours) - first
  const starts = Array.from({ length: count + 1 }, (_, index) => newMoonDay(first + index, utcHours))
  const terms = starts.map((day) => Math.floor(sunLongitudeAt(midnightOf(day, utcHours)) / 30))
  const leap = count === 13 ? terms.findIndex((term, index) => index > 0 && term === terms[index + 1]) : -1
  return Array.from({ length: count }, (_, index) => {
    const isAfterLeap = leap >= 0 && index >= leap
    const fromEleven = index - (isAfterLeap ? 1 : 0)
    return {
      year: fromEleven < 2 ? year - 1 : year,
      month: ((fromEleven + 10) % 12) + 1,
      isLeap: index === leap,
      firstDay: starts[index]!,
      days: starts[index + 1]! - starts[index]!,
    }
  })
}

/** The number of the new moon that begins the month in which the sun reaches 270° in December. */
function moonOfSolstice(year: number, utcHours: number): number {
  let day = dayNumberOf(year, 12, 18)
  while (sunLongitudeAt(midnightOf(day + 1, utcHours)) < 270) day += 1
  let k = moonNumberBefore(midnightOf(day, utcHours))
  while (newMoonDay(k + 1, utcHours) <= day) k += 1
  return k
}

/** The local day on which a new moon falls, whatever its hour: the first day of a month. */
function newMoonDay(k: number, utcHours: number): number {
  return Math.floor((newMoonAt(k) + utcHours * 3600) / 86_400)
}

const midnightOf = (day: number, utcHours: number) => day * 86_400 - utcHours * 3600

const STEMS = ['Canh', 'Tân', 'Nhâm', 'Quý', 'Giáp', 'Ất', 'Bính', 'Đinh', 'Mậu', 'Kỷ'] as const
const BRANCHES = ['Thân', 'Dậu', 'Tuất', 'Hợi', 'Tý', 'Sửu', 'Dần', 'Mão', 'Thìn', 'Tỵ', 'Ngọ', 'Mùi'] as const

/** `Bính Ngọ`: the name of a lunar year in the cycle of sixty. */
export function lunarYearName(year: number): string {
  return `${STEMS[year % 10]!} ${BRANCHES[year % 12]!}`
}
