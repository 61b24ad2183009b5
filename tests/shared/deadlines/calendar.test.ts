import { describe, expect, test } from 'vitest'
import { type CalendarJson, parseCalendar } from '../../../src-shared/deadlines/calendar.ts'
import { openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import { dateOfDayNumber, dayNumberOfDate, weekdayOfDayNumber } from '../../../src-shared/deadlines/dates.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { local, openShipped, shippedSources } from './shipped-calendars.ts'

const good: CalendarJson = {
  id: 'example',
  timeZone: 'Asia/Ho_Chi_Minh',
  weeks: [
    {
      from: '2019-01-01',
      knownAt: '2019-01-01T00:00:00+07:00',
      hours: { mon: ['07:00-11:30', '13:30-17:00'], sat: [], sun: [] },
    },
  ],
  days: [
    {
      on: '2026-08-31',
      working: [],
      reason: 'nghỉ hoán đổi Quốc khánh',
      act: 'thông báo',
      knownAt: '2026-01-10T00:00:00+07:00',
    },
  ],
}

const withMonday = (...intervals: string[]) => ({ ...good, weeks: [{ ...good.weeks[0]!, hours: { mon: intervals } }] })
const withWeek = (change: object) => ({ ...good, weeks: [{ ...good.weeks[0]!, ...change }] })
const withDay = (change: object) => ({ ...good, days: [{ ...good.days[0]!, ...change }] })

describe('bad input is refused at the very value that is wrong', () => {
  test.each<[string, unknown, string, string]>([
    [
      'overlapping intervals',
      withMonday('07:00-11:30', '11:00-17:00'),
      'weeks[0].hours.mon[1]',
      'overlapping-intervals',
    ],
    [
      'an overlap written backwards',
      withMonday('13:30-17:00', '07:00-14:00'),
      'weeks[0].hours.mon[0]',
      'overlapping-intervals',
    ],
    ['a reversed interval', withMonday('11:30-07:00'), 'weeks[0].hours.mon[0]', 'reversed-interval'],
    ['an empty interval', withMonday('07:00-07:00'), 'weeks[0].hours.mon[0]', 'reversed-interval'],
    ['24:30', withMonday('13:30-24:30'), 'weeks[0].hours.mon[0]', 'bad-time'],
    ['24:00 as a beginning', withMonday('24:00-24:00'), 'weeks[0].hours.mon[0]', 'bad-time'],
    ['07:60', withMonday('07:60-11:30'), 'weeks[0].hours.mon[0]', 'bad-time'],
    ['not an interval', withMonday('7:00-11:30'), 'weeks[0].hours.mon[0]', 'bad-interval'],
    ['a weekday typo', withWeek({ hours: { mond: [] } }), 'weeks[0].hours.mond', 'unknown-weekday'],
    ['an unknown field', { ...good, timezone: 'x' }, 'timezone', 'unknown-field'],
    ['an unknown zone', { ...good, timeZone: 'Asia/Sai_Gon' }, 'timeZone', 'unknown-time-zone'],
    ['a year before 2000', withWeek({ from: '1999-12-31' }), 'weeks[0].from', 'year-out-of-range'],
    ['a year after 2060', withDay({ on: '2061-01-01' }), 'days[0].on', 'year-out-of-range'],
    ['a date that does not exist', withDay({ on: '2026-02-29' }), 'days[0].on', 'bad-date'],
    ['a date written another way', withDay({ on: '31/8/2026' }), 'days[0].on', 'bad-date'],
    ['an instant without an offset', withDay({ knownAt: '2026-01-10T00:00:00' }), 'days[0].knownAt', 'bad-instant'],
    ['a day twice at one knownAt', { ...good, days: [good.days[0], good.days[0]] }, 'days[1]', 'day-twice'],
    ['a week twice at one knownAt', { ...good, weeks: [good.weeks[0], good.weeks[0]] }, 'weeks[1]', 'week-twice'],
    ['no weeks and no parent', { ...good, weeks: [] }, 'weeks', 'no-weeks'],
    ['itself as a parent', { ...good, inherits: 'example' }, 'inherits', 'inherits-itself'],
    ['a day without an act', withDay({ act: '' }), 'days[0].act', 'wrong-shape'],
    ['a list where a text belongs', { ...good, id: ['example'] }, 'id', 'wrong-shape'],
    ['nothing at all', null, '(root)', 'wrong-shape'],
  ])('%s', (_what, json, path, code) => {
    const parsed = parseCalendar(json, 'example.json')
    expect(parsed.ok).toBe(false)
    if (parsed.ok) return
    expect(parsed.problems.map((each) => [each.path, each.code])).toEqual([[`example.json: ${path}`, code]])
    expect(parsed.problems[0]!.message).not.toBe('')
  })

  test('one instant written with two offsets is one knownAt', () => {
    const again = { ...good.days[0]!, knownAt: '2026-01-09T17:00:00Z' }
    const parsed = parseCalendar({ ...good, days: [good.days[0], again] }, 'x')
    expect(parsed.ok ? [] : parsed.problems.map((each) => each.code)).toEqual(['day-twice'])
  })

  test('all problems are reported at once', () => {
    const parsed = parseCalendar({ ...withMonday('07:00-25:00', 'noon'), timeZone: 'Mars' }, 'x')
    expect(parsed.ok ? [] : parsed.problems.map((each) => each.code)).toEqual([
      'unknown-time-zone',
      'bad-time',
      'bad-interval',
    ])
  })

  test('intervals that touch, any order, and midnight at the end are good', () => {
    expect(parseCalendar(withMonday('11:30-24:00', '07:00-11:30'), 'x').ok).toBe(true)
  })
})

describe('which hours a date has', () => {
  const week = (from: string, knownAt: string, mon: string[]) => ({
    from,
    knownAt: `${knownAt}T00:00:00+07:00`,
    hours: { mon },
  })
  const day = (on: string, knownAt: string, working: string[]) => ({
    on,
    working,
    reason: 'r',
    act: 'a',
    knownAt: `${knownAt}T00:00:00+07:00`,
  })
  const opened = openCalendarBook([
    {
      where: 'base',
      json: {
        id: 'base',
        timeZone: 'Asia/Ho_Chi_Minh',
        weeks: [
          week('2020-01-01', '2020-01-01', ['07:00-08:00']),
          week('2026-01-01', '2025-06-01', ['07:00-09:00']),
          week('2026-01-01', '2025-09-01', ['07:00-10:00']),
          week('2024-01-01', '2025-12-01', ['07:00-11:00']),
        ],
        days: [
          day('2026-03-02', '2025-06-01', []),
          day('2026-03-02', '2026-02-01', ['07:00-07:30']),
          day('2026-03-09', '2025-06-01', []),
        ],
      },
    },
    {
      where: 'child',
      json: {
        id: 'child',
        inherits: 'base',
        timeZone: 'Asia/Ho_Chi_Minh',
        weeks: [week('2026-06-01', '2026-05-01', ['13:00-13:15'])],
        days: [day('2026-03-09', '2026-01-01', ['07:00-07:45'])],
      },
    },
  ])
  if (!opened.ok) throw new Error('the fixture is wrong')
  const { book } = opened
  const minutesOn = (id: string, date: string, asKnown?: string) => {
    const workingTime = book.workingTime(id, asKnown === undefined ? undefined : fromIso(`${asKnown}T00:00:00+07:00`))
    const from = local(`${date} 00:00`)
    return workingTime.between(from, from + 86_400_000) / 60
  }

  test.each([
    ['before the first week', 'base', '2019-12-30', undefined, 0],
    ['the latest `from` not after the date', 'base', '2023-01-02', undefined, 60],
    ['an earlier `from` that became known late does not win', 'base', '2026-01-05', undefined, 180],
    ['but it fills the years before', 'base', '2025-01-06', undefined, 240],
    ['an equal `from`: the latest knownAt wins', 'base', '2026-01-05', '2025-10-01', 180],
    ['as known before the correction', 'base', '2026-01-05', '2025-08-31', 120],
    ['as known before either', 'base', '2026-01-05', '2025-05-31', 60],
    ['known at the very instant counts', 'base', '2026-01-05', '2025-06-01', 120],
    ['an absent weekday is closed', 'base', '2026-01-06', undefined, 0],
    ['a dated day replaces its week, the latest knownAt wins', 'base', '2026-03-02', undefined, 30],
    ['the day as first known', 'base', '2026-03-02', '2026-01-01', 0],
    ['the day before it was known', 'base', '2026-03-02', '2025-05-31', 60],
    ['a child without a week for the date follows its parent', 'child', '2026-01-05', undefined, 180],
    ["a child's week replaces the parent's", 'child', '2026-06-01', undefined, 15],
    ["a child's day replaces the parent's", 'child', '2026-03-09', undefined, 45],
    ['unless it was not yet known', 'child', '2026-03-09', '2025-12-31', 0],
  ])('%s', (_why, id, date, asKnown, minutes) => {
    expect(minutesOn(id, date, asKnown)).toBe(minutes)
  })

  test('nothing known is nothing worked', () => {
    expect(minutesOn('base', '2026-01-05', '2019-01-01')).toBe(0)
  })

  test('one compilation serves all instants between two acts', () => {
    expect(book.workingTime('base', local('2025-07-01 00:00'))).toBe(
      book.workingTime('base', local('2025-08-01 00:00')),
    )
    expect(book.workingTime('base', local('2030-01-01 00:00'))).toBe(book.workingTime('base'))
    expect(book.workingTime('base', local('2025-10-01 00:00'))).not.toBe(book.workingTime('base'))
  })
})

describe('a book of calendars', () => {
  const source = (json: object) => ({ where: 'file', json: { ...good, ...json } })
  const codesOf = (...sources: ReturnType<typeof source>[]) => {
    const opened = openCalendarBook(sources)
    return opened.ok ? [] : opened.problems.map((each) => each.code)
  }

  test('refuses circles, strangers, twins and another time', () => {
    expect(codesOf(source({ id: 'a', inherits: 'b' }), source({ id: 'b', inherits: 'a' }))).toContain('inherits-itself')
    expect(codesOf(source({ inherits: 'nobody' }))).toEqual(['unknown-parent'])
    expect(codesOf(source({}), source({}))).toEqual(['calendar-twice'])
    expect(codesOf(source({ id: 'a', inherits: 'b', timeZone: 'Asia/Tokyo' }), source({ id: 'b' }))).toEqual([
      'time-zone-differs',
    ])
  })

  test('an id it does not hold is a bug, and says which it holds', () => {
    expect(() => openShipped().workingTime('ha-noi')).toThrow(/no calendar "ha-noi".*dong-thap-offices/)
  })
})

describe('the calendars that are shipped', () => {
  test('are all there and good', () => {
    expect([...openShipped().ids].sort()).toEqual([
      'dong-nai-offices',
      'dong-thap-offices',
      'dong-thap-service-centres',
      'utilities-24-7',
    ])
  })

  test('a day that is made up for is worked as long as the day it replaces', () => {
    for (const id of ['dong-thap-offices', 'dong-nai-offices', 'dong-thap-service-centres']) {
      const workingTime = openShipped().workingTime(id)
      for (const worked of ['2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22']) {
        const { intervals, day } = workingTime.hoursOn(dayNumberOfDate(worked))
        expect(day?.kind).toBe('swap')
        expect(intervals.reduce((sum, each) => sum + each.toMinute - each.fromMinute, 0)).toBe(480)
      }
    }
  })

  /**
   * Bộ luật Lao động 2019, Điều 112: 1 + 5 + 1 + 1 + 1 + 2 days (one National Day less before 2021), those on a rest day given
   * again, and the swapped days. 24/11 came in 2026.
   */
  test.each([
    ['2020', 10, 0],
    ['2021', 11, 0],
    ['2022', 11, 0],
    ['2023', 11, 0],
    ['2024', 11, 1],
    ['2025', 11, 1],
    ['2026', 12, 2],
    ['2027', 12, 0],
  ])('%s has %s public holidays and %s swapped days off work', (year, holidays, swaps) => {
    const offices = openShipped().workingTime('dong-thap-offices')
    const first = dayNumberOfDate(`${year}-01-01`)
    const off = { holiday: 0, swap: 0, closed: 0 }
    let made = 0
    for (let day = first; dateOfDayNumber(day).startsWith(year); day += 1) {
      const hours = offices.hoursOn(day)
      const isRestDay = ['sat', 'sun'].includes(weekdayOfDayNumber(day))
      if (hours.day && hours.intervals.length === 0 && !isRestDay) off[hours.day.kind] += 1
      if (hours.day && hours.intervals.length > 0) made += isRestDay ? 1 : Number.NaN
    }
    expect(off).toEqual({ holiday: holidays, swap: swaps, closed: 0 })
    expect(made).toBe(swaps)
  })

  test('every word is composed (NFC)', () => {
    const text = JSON.stringify(shippedSources)
    expect(text).toBe(text.normalize('NFC'))
  })
})
