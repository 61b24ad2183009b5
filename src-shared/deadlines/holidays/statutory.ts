import { dateOfDayNumber, dayNumberOf, type LocalDate } from '../dates.ts'
import { dayNumberOfLunar, lunarNewYear, lunarYearName } from './lunar.ts'

export type HolidayName = 'new-year' | 'tet' | 'hung-kings' | 'victory' | 'labour' | 'national-day' | 'culture-day'

/** A day off by law, before it is asked whether it falls on a weekly day off. */
export interface StatutoryDay {
  readonly holiday: HolidayName
  readonly on: LocalDate
  /** `Quốc khánh`, as it is named after "nghỉ bù"; after "nghỉ" its `detail` follows: ` 02/9`. */
  readonly name: string
  readonly detail: string
  /** The date as a substitute names it: `10/3 Âm lịch`; null for its Gregorian date. */
  readonly dateName: string | null
  /** The act that by itself says that this day is off; null where the year's announcement says which day. */
  readonly act: string | null
}

/** The holidays whose substitutes can touch one another, with each choice the law leaves to the year's announcement. */
export interface StatutoryGroup {
  readonly name: 'new-year' | 'tet' | 'spring' | 'national-day' | 'culture-day'
  readonly options: readonly { readonly name: OptionName; readonly days: readonly StatutoryDay[] }[]
}
export type OptionName = 'fixed' | 'one-before' | 'two-before' | 'day-before' | 'day-after'

const CODE_2012 = 'Bộ luật Lao động năm 2012, Điều 115'
const CODE_2019 = 'Bộ luật Lao động năm 2019, Điều 112'
const CULTURE_DAY = 'Nghị quyết số 80-NQ/TW của Bộ Chính trị về phát triển văn hóa Việt Nam'

/** The Labour Code of 2019 is in force from 2021; that of 2012 gave National Day one day. */
const isUnder2019 = (year: number) => year >= 2021
const FIRST_CULTURE_DAY = 2026

export function statutoryGroups(year: number): StatutoryGroup[] {
  const law = isUnder2019(year) ? CODE_2019 : CODE_2012
  const fixed = (holiday: HolidayName, month: number, day: number, name: string, detail = ''): StatutoryDay => ({
    holiday,
    on: dateOfDayNumber(dayNumberOf(year, month, day)),
    name,
    detail,
    dateName: null,
    act: law,
  })
  const hungKings: StatutoryDay = {
    holiday: 'hung-kings',
    on: dateOfDayNumber(dayNumberOfLunar(year, 3, 10)),
    name: 'Giỗ Tổ Hùng Vương',
    detail: '',
    dateName: '10/3 Âm lịch',
    act: law,
  }
  const nationalDay = fixed('national-day', 9, 2, 'Quốc khánh', ' 02/9')
  const beside = (day: number) => ({ ...fixed('national-day', 9, day, 'Quốc khánh', ' (ngày liền kề)'), act: null })
  const groups: StatutoryGroup[] = [
    { name: 'new-year', options: [{ name: 'fixed', days: [fixed('new-year', 1, 1, 'Tết Dương lịch')] }] },
    // Điều 112 k.1 b gives Tết five days; which of them lie before the first is decided each year.
    {
      name: 'tet',
      options: [
        { name: 'one-before', days: tetDays(year, 1) },
        { name: 'two-before', days: tetDays(year, 2) },
      ],
    },
    {
      name: 'spring',
      options: [
        {
          name: 'fixed',
          days: [
            hungKings,
            fixed('victory', 4, 30, 'Ngày Chiến thắng', ' 30/4'),
            fixed('labour', 5, 1, 'Ngày Quốc tế lao động', ' 01/5'),
          ],
        },
      ],
    },
    {
      name: 'national-day',
      // Điều 112 k.1 đ, k.3: two days, 2/9 and the day before or after, as the Prime Minister decides each year.
      options: isUnder2019(year)
        ? [
            { name: 'day-before', days: [beside(1), nationalDay] },
            { name: 'day-after', days: [nationalDay, beside(3)] },
          ]
        : [{ name: 'fixed', days: [nationalDay] }],
    },
  ]
  if (year >= FIRST_CULTURE_DAY) {
    const day = { ...fixed('culture-day', 11, 24, 'Ngày Văn hóa Việt Nam'), act: CULTURE_DAY }
    groups.push({ name: 'culture-day', options: [{ name: 'fixed', days: [day] }] })
  }
  return groups
}

function tetDays(year: number, before: 1 | 2): StatutoryDay[] {
  const first = lunarNewYear(year) - before
  return Array.from({ length: 5 }, (_, index) => ({
    holiday: 'tet',
    on: dateOfDayNumber(first + index),
    name: `Tết Nguyên đán ${lunarYearName(year)}`,
    detail: '',
    dateName: null,
    act: null,
  }))
}
