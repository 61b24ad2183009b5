import { FIRST_YEAR, LAST_YEAR } from '../calendar-problems.ts'
import {
  civilOf,
  dateOfDayNumber,
  dayNumberOfDate,
  type LocalDate,
  type Weekday,
  weekdayOfDayNumber,
} from '../dates.ts'
import { dayAndMonth, WEEKDAY_WORDS } from '../spoken.ts'
import { lunarNewYear, lunarYearName } from './lunar.ts'
import {
  type HolidayName,
  type OptionName,
  type StatutoryDay,
  type StatutoryGroup,
  statutoryGroups,
} from './statutory.ts'

/** A day off that a person may put into a calendar. */
export interface ProposedDay {
  readonly on: LocalDate
  readonly holiday: HolidayName
  /** The holiday for which this day is given instead, because it fell on a weekly day off; null for a holiday itself. */
  readonly substituteFor: LocalDate | null
  /** As it is written into the calendar: `nghỉ bù Giỗ Tổ Hùng Vương (10/3 Âm lịch trùng Chủ nhật)`. */
  readonly reason: string
  /** Null where only the year's announcement says so: its number must be entered by a person. */
  readonly act: string | null
}

/** More than one option: the law leaves a choice, and a person must make it. */
export interface ProposedGroup {
  readonly name: StatutoryGroup['name']
  readonly options: readonly { readonly name: OptionName; readonly days: readonly ProposedDay[] }[]
}

export interface HolidayProposal {
  readonly year: number
  /** The first day of Tết, and the name of the lunar year that begins with it. */
  readonly tetOn: LocalDate
  readonly lunarYear: string
  readonly groups: readonly ProposedGroup[]
}

export const USUAL_DAYS_OFF: readonly Weekday[] = ['sat', 'sun']

/**
 * The days off of a year by the Labour Code (Điều 112; until 2020 Điều 115 of the Code of 2012) and the days given instead of those
 * that fall on a weekly day off (Điều 111 k.3). Swaps of days are no part of the law: see `bridgesOf`.
 * @throws RangeError outside the years a calendar may hold.
 */
export function proposeHolidays(year: number, weeklyDaysOff: readonly Weekday[] = USUAL_DAYS_OFF): HolidayProposal {
  if (year < FIRST_YEAR || year > LAST_YEAR) throw new RangeError(`no holidays are proposed for ${year}`)
  return {
    year,
    tetOn: dateOfDayNumber(lunarNewYear(year)),
    lunarYear: lunarYearName(year),
    groups: statutoryGroups(year).map(({ name, options }) => ({
      name,
      options: options.map((option) => ({ name: option.name, days: withSubstitutes(option.days, weeklyDaysOff) })),
    })),
  }
}

/** Điều 111 k.3: for each holiday on a weekly day off, the next working day that is not itself a holiday or given already. */
function withSubstitutes(days: readonly StatutoryDay[], weeklyDaysOff: readonly Weekday[]): ProposedDay[] {
  const inOrder = [...days].sort((a, b) => (a.on < b.on ? -1 : 1))
  const taken = new Set(inOrder.map(({ on }) => on))
  // The Code does not say which announcement fixes the day given instead of one that an announcement chose.
  const isChosen = inOrder.some(({ act }) => act === null)
  const substitutes = inOrder
    .filter(({ on }) => isWeeklyDayOff(on, weeklyDaysOff))
    .map((day): ProposedDay => {
      const on = nextWorkingDay(day.on, taken, weeklyDaysOff)
      taken.add(on)
      const weekday = WEEKDAY_WORDS[weekdayOfDayNumber(dayNumberOfDate(day.on))]
      return {
        on,
        holiday: day.holiday,
        substituteFor: day.on,
        reason: `nghỉ bù ${day.name} (${day.dateName ?? shortDate(day.on)} trùng ${weekday})`,
        act: isChosen ? null : substituteAct(day),
      }
    })
  const holidays = inOrder.map(
    (day): ProposedDay => ({
      on: day.on,
      holiday: day.holiday,
      substituteFor: null,
      reason: `nghỉ ${day.name}${day.detail}`,
      act: day.act,
    }),
  )
  return [...holidays, ...substitutes].sort((a, b) => (a.on < b.on ? -1 : 1))
}

function substituteAct({ act, on }: StatutoryDay): string | null {
  if (act === null) return null
  return on < '2021' ? 'Bộ luật Lao động năm 2012, Điều 115 khoản 3' : 'Bộ luật Lao động năm 2019, Điều 111 khoản 3'
}

function nextWorkingDay(on: LocalDate, taken: ReadonlySet<LocalDate>, weeklyDaysOff: readonly Weekday[]): LocalDate {
  for (let number = dayNumberOfDate(on) + 1; ; number += 1) {
    const date = dateOfDayNumber(number)
    if (!taken.has(date) && !isWeeklyDayOff(date, weeklyDaysOff)) return date
  }
}

export function isWeeklyDayOff(date: LocalDate, weeklyDaysOff: readonly Weekday[]): boolean {
  return weeklyDaysOff.includes(weekdayOfDayNumber(dayNumberOfDate(date)))
}

const shortDate = (date: LocalDate) => dayAndMonth(civilOf(dayNumberOfDate(date)))
