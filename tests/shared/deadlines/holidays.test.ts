import { describe, expect, test } from 'vitest'
import type { Calendar } from '../../../src-shared/deadlines/calendar.ts'
import { dayNumberOfDate, weekdayOfDayNumber } from '../../../src-shared/deadlines/dates.ts'
import { bridgesOf } from '../../../src-shared/deadlines/holidays/bridges.ts'
import { type ProposedDay, proposeHolidays } from '../../../src-shared/deadlines/holidays/proposals.ts'
import { openShipped } from './shipped-calendars.ts'

/** What the announcement of each year chose. */
const chosen: Record<number, readonly string[]> = {
  2020: ['two-before'],
  2021: ['two-before', 'day-after'],
  2022: ['one-before', 'day-before'],
  2023: ['two-before', 'day-before'],
  2024: ['two-before', 'day-after'],
  2025: ['two-before', 'day-before'],
  2026: ['one-before', 'day-before'],
  2027: ['one-before', 'day-after'],
}
const years = Object.keys(chosen).map(Number)

const daysOf = (year: number): ProposedDay[] =>
  proposeHolidays(year).groups.flatMap(({ options }) => {
    const option = options.length === 1 ? options[0]! : options.find(({ name }) => chosen[year]!.includes(name))!
    return option.days
  })

const isWeekend = (date: string) => ['sat', 'sun'].includes(weekdayOfDayNumber(dayNumberOfDate(date)))
const book = openShipped()
const shipped = (id: string, year: number, kind: string) =>
  (book.chain(id)[0] satisfies Calendar).days
    .filter((day) => day.on.startsWith(`${year}-`) && day.kind === kind)
    .map(({ on }) => on)

describe('the days off of a year, proposed (Điều 112 of the Labour Code)', () => {
  const offices = ['dong-thap-offices', 'dong-nai-offices'].flatMap((id) => years.map((year) => ({ id, year })))

  test.each(offices)('reproduces every statutory day of $id in $year', ({ id, year }) => {
    const proposed = daysOf(year).map(({ on }) => on)
    const known = shipped(id, year, 'holiday')
    expect(proposed.filter((on) => !isWeekend(on))).toEqual(known.filter((on) => !isWeekend(on)))
    // Weekends were not always written down; where they were, the proposal has them too.
    expect(known.filter((on) => !proposed.includes(on))).toEqual([])
  })

  test('the swaps that were really made are among the bridges offered (#25)', () => {
    const swapped = years.flatMap((year) => {
      const off = (book.chain('dong-thap-offices')[0] satisfies Calendar).days.filter(
        (day) => day.kind === 'swap' && day.working.length === 0 && day.on.startsWith(`${year}-`),
      )
      return off.map(({ on, act, knownAt }) => {
        const worked = book
          .chain('dong-thap-offices')[0]
          .days.find(
            (day) =>
              day.working.length > 0 &&
              day.act === act &&
              day.knownAt === knownAt &&
              day.reason.includes(on.slice(0, 4)) &&
              Math.abs(dayNumberOfDate(day.on) - dayNumberOfDate(on)) < 15,
          )
        return { year, off: on, worked: worked!.on }
      })
    })
    expect(swapped.length).toBeGreaterThanOrEqual(4)
    for (const { year, off, worked } of swapped) {
      const bridge = bridgesOf(daysOf(year).map(({ on }) => on)).find((each) => each.off === off)
      expect(bridge?.workedInstead, `${off} for ${worked}`).toContain(worked)
    }
  })

  test('Điều 111 k.3: two holidays on one weekend are given back on the next two working days, in order', () => {
    const spring = proposeHolidays(2023).groups.find(({ name }) => name === 'spring')!.options[0]!.days
    expect(spring.map(({ on, substituteFor }) => [on, substituteFor])).toEqual([
      ['2023-04-29', null],
      ['2023-04-30', null],
      ['2023-05-01', null],
      ['2023-05-02', '2023-04-29'],
      ['2023-05-03', '2023-04-30'],
    ])
    expect(spring[3]!.reason).toBe('nghỉ bù Giỗ Tổ Hùng Vương (10/3 Âm lịch trùng Thứ Bảy)')
  })

  test('what an announcement must fix is left without an act, and both choices are offered', () => {
    const groups = proposeHolidays(2028).groups
    expect(groups.filter(({ options }) => options.length > 1).map(({ name }) => name)).toEqual(['tet', 'national-day'])
    const second = groups.find(({ name }) => name === 'national-day')!.options.map(({ days }) => days)
    expect(second.map((days) => days.map(({ on, act }) => [on, act !== null]))).toEqual([
      [
        ['2028-09-01', false],
        ['2028-09-02', true],
        ['2028-09-04', false],
      ],
      [
        ['2028-09-02', true],
        ['2028-09-03', false],
        ['2028-09-04', false],
        ['2028-09-05', false],
      ],
    ])
  })

  test('24/11 is a holiday from 2026 on; National Day has one day until 2020', () => {
    expect(proposeHolidays(2025).groups.map(({ name }) => name)).not.toContain('culture-day')
    expect(proposeHolidays(2026).groups.map(({ name }) => name)).toContain('culture-day')
    expect(proposeHolidays(2020).groups.find(({ name }) => name === 'national-day')!.options).toHaveLength(1)
  })

  test('an agency that works every day of the week is given no substitutes', () => {
    const days = proposeHolidays(2027, []).groups.flatMap(({ options }) => options.flatMap((option) => option.days))
    expect(days.filter(({ substituteFor }) => substituteFor !== null)).toEqual([])
  })

  test('no day is proposed twice within one choice, in any year of a calendar', () => {
    for (let year = 2000; year <= 2060; year += 1) {
      const { groups } = proposeHolidays(year)
      for (const tet of [0, 1]) {
        const dates = groups.flatMap(({ options }) => (options[tet] ?? options[0]!).days.map(({ on }) => on))
        expect(new Set(dates).size, String(year)).toBe(dates.length)
      }
    }
    expect(() => proposeHolidays(2061)).toThrow(RangeError)
  })
})
