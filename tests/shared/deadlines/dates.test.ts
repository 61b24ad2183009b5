import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  dateOfDayNumber,
  dayNumberOf,
  dayNumberOfDate,
  isKnownTimeZone,
  isRealDate,
  WEEKDAYS,
  weekdayOfDayNumber,
} from '../../../src-shared/deadlines/dates.ts'

describe('day numbers', () => {
  test('agree with Temporal on every day of 1999–2061', () => {
    let date = Temporal.PlainDate.from('1999-01-01')
    for (let day = dayNumberOf(1999, 1, 1); date.year < 2062; day += 1) {
      const text = date.toString()
      if (
        dateOfDayNumber(day) !== text ||
        dayNumberOfDate(text) !== day ||
        weekdayOfDayNumber(day) !== WEEKDAYS[date.dayOfWeek - 1]
      ) {
        expect.fail(`day ${day} is ${text}, not ${dateOfDayNumber(day)}, a ${weekdayOfDayNumber(day)}`)
      }
      date = date.add({ days: 1 })
    }
    expect(date.toString()).toBe('2062-01-01')
  })

  test('before 1970 and on leap days', () => {
    expect(dateOfDayNumber(-1)).toBe('1969-12-31')
    expect(weekdayOfDayNumber(-1)).toBe('wed')
    expect(dateOfDayNumber(dayNumberOf(2000, 2, 29))).toBe('2000-02-29')
  })
})

test.each([
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-04-31', false],
  ['2026-4-3', false],
  ['', false],
])('%s is a date: %s', (text, isDate) => {
  expect(isRealDate(text)).toBe(isDate)
})

test('time zones by name', () => {
  expect(isKnownTimeZone('Asia/Ho_Chi_Minh')).toBe(true)
  expect(isKnownTimeZone('Asia/Sai_Gon')).toBe(false)
  expect(isKnownTimeZone('')).toBe(false)
})
