import fc from 'fast-check'
import type { CalendarJson } from '../../../src-shared/deadlines/calendar.ts'
import { dateOfDayNumber, dayNumberOf, WEEKDAYS } from '../../../src-shared/deadlines/dates.ts'

const FIRST = dayNumberOf(2026, 1, 1)

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Zero to three intervals of a day, never overlapping, any minute, sometimes to midnight. */
const intervals = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 0, max: 1440 }), fc.constantFrom(0, 420, 690, 810, 1020, 1440)), {
    maxLength: 6,
  })
  .map((minutes) => {
    const sorted = minutes.sort((a, b) => a - b)
    const texts: string[] = []
    for (let i = 0; i + 1 < sorted.length; i += 2) texts.push(`${clock(sorted[i]!)}-${clock(sorted[i + 1]!)}`)
    return texts
  })

const knownAt = fc.constantFrom('2025-01-01T00:00:00+07:00', '2026-01-05T12:00:00+07:00', '2026-02-01T00:00:00Z')
const date = fc.integer({ min: 0, max: 55 }).map((offset) => dateOfDayNumber(FIRST + offset))

const week = fc.record({
  from: fc.oneof(fc.constant('2020-01-01'), date),
  knownAt,
  hours: fc.dictionary(fc.constantFrom(...WEEKDAYS), intervals, { maxKeys: 7, noNullPrototype: true }),
})
const day = fc.record({
  on: date,
  working: intervals,
  reason: fc.constant('ngày đặc biệt'),
  act: fc.constant('thông báo'),
  knownAt,
})

/** Calendars that concern the first eight weeks of 2026. */
export const randomCalendar: fc.Arbitrary<CalendarJson> = fc.record({
  id: fc.constant('random'),
  timeZone: fc.constant('Asia/Ho_Chi_Minh'),
  weeks: fc.uniqueArray(week, { minLength: 1, maxLength: 4, selector: (each) => `${each.from} ${each.knownAt}` }),
  days: fc.uniqueArray(day, { maxLength: 8, selector: (each) => `${each.on} ${each.knownAt}` }),
})

const RANDOM_FROM = Date.parse('2026-01-01T00:00:00+07:00')
const RANDOM_TO = Date.parse('2026-02-20T00:00:00+07:00')
export const randomInstant = fc.integer({ min: RANDOM_FROM, max: RANDOM_TO })
