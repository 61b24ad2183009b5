import { describe, expect, test } from 'vitest'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { hours, local, openShipped } from './shipped-calendars.ts'

const book = openShipped()
const offices = book.workingTime('dong-thap-offices')
const centres = book.workingTime('dong-thap-service-centres')

describe('the dates of the requirements', () => {
  const beforeTheAnnouncement = book.workingTime('dong-thap-offices', local('2026-01-05 08:00'))
  test.each([
    ['31/8 swapped away, 1/9 and 2/9 National Day', offices, '2026-08-28 16:00', 8, '2026-09-03 16:00'],
    ['Saturday 22/8 worked for Monday 31/8', offices, '2026-08-21 15:00', 8, '2026-08-22 15:00'],
    ['24/11 before it was announced', beforeTheAnnouncement, '2026-11-23 15:00', 8, '2026-11-24 15:00'],
    ['24/11 once it is entered', offices, '2026-11-23 15:00', 8, '2026-11-25 15:00'],
    ['D6: received at lunch, due at the end of the morning', offices, '2026-10-06 12:10', 8, '2026-10-07 11:30'],
    ['D2 R1: the head received it when 8 hours were used up', offices, '2026-10-06 08:00', 48, '2026-10-14 08:00'],
    ['D2 R2: 48 hours from the transfer', offices, '2026-10-05 08:00', 48, '2026-10-13 08:00'],
    ['Tết Bính Ngọ: nine days in a row', offices, '2026-02-13 16:30', 1, '2026-02-23 07:30'],
    ['Tết Ất Tỵ: nine days in a row', offices, '2025-01-24 16:30', 1, '2025-02-03 07:30'],
    ['26/4/2025 worked for 2/5/2025', offices, '2025-04-25 16:00', 8, '2025-04-26 16:00'],
    ['30/4, 1/5 and the swapped 2/5/2025', offices, '2025-04-29 16:00', 8, '2025-05-05 16:00'],
    ['2/1/2026 swapped to Saturday 10/1/2026', offices, '2025-12-31 16:00', 8, '2026-01-05 16:00'],
    ['10/1/2026 is worked', offices, '2026-01-09 16:00', 8, '2026-01-10 16:00'],
    ['Giỗ Tổ 2026 on a Sunday, Monday instead', offices, '2026-04-24 16:00', 8, '2026-04-28 16:00'],
    ['service centres work on Saturday morning', centres, '2026-10-02 16:00', 8, '2026-10-05 09:30'],
    ['offices do not', offices, '2026-10-02 16:00', 8, '2026-10-05 16:00'],
    ['service centres did not before 2026', centres, '2025-10-03 16:00', 8, '2025-10-06 16:00'],
    ['service centres inherit the days off', centres, '2026-08-31 08:00', 1, '2026-09-03 08:00'],
    ['and the worked Saturday, all of it', centres, '2026-08-21 15:00', 8, '2026-08-22 15:00'],
  ])('%s', (_why, workingTime, from, count, due) => {
    expect(toIso(workingTime.add(local(from), hours(count)))).toBe(toIso(local(due)))
  })

  test('the second reading of 24/11 needs nothing but the instant of knowledge', () => {
    const announced = book.workingTime('dong-thap-offices', local('2026-01-13 00:00'))
    expect(announced.add(local('2026-11-23 15:00'), hours(8))).toBe(local('2026-11-25 15:00'))
  })
})

describe('D6: the earliest instant at which the time is used up', () => {
  test.each([
    ['2026-10-05 07:00', 4.5, '2026-10-05 11:30'],
    ['2026-10-05 07:00', 8, '2026-10-05 17:00'],
    ['2026-10-09 13:30', 3.5, '2026-10-09 17:00'],
    ['2026-10-09 17:00', 8, '2026-10-12 17:00'],
    ['2026-10-10 03:00', 1, '2026-10-12 08:00'],
  ])('%s plus %s hours', (from, count, due) => {
    expect(toIso(offices.add(local(from), hours(count)))).toBe(toIso(local(due)))
  })

  test('one second more falls after lunch, nothing added moves nothing', () => {
    expect(offices.add(local('2026-10-05 07:00'), hours(4.5) + 1)).toBe(local('2026-10-05 13:30:01'))
    expect(offices.add(local('2026-10-05 12:00'), 0)).toBe(local('2026-10-05 12:00'))
  })

  test('milliseconds are dropped', () => {
    expect(offices.add(local('2026-10-05 07:00') + 999, 60)).toBe(local('2026-10-05 07:01'))
    expect(offices.between(local('2026-10-05 07:00') + 999, local('2026-10-05 07:01') + 1)).toBe(60)
  })
})

describe('openings', () => {
  test.each([
    ['2026-10-05 06:59:59', false, '2026-10-05 07:00'],
    ['2026-10-05 07:00', true, '2026-10-05 07:00'],
    ['2026-10-05 11:29:59', true, '2026-10-05 11:29:59'],
    ['2026-10-05 11:30', false, '2026-10-05 13:30'],
    ['2026-10-09 17:00', false, '2026-10-12 07:00'],
    ['2026-08-29 09:00', false, '2026-09-03 07:00'],
  ])('%s', (at, isOpen, opening) => {
    expect(offices.isOpen(local(at))).toBe(isOpen)
    expect(toIso(offices.nextOpening(local(at)))).toBe(toIso(local(opening)))
  })

  test('a service that never closes is one long interval', () => {
    const utilities = book.workingTime('utilities-24-7')
    expect(utilities.isOpen(local('2026-02-17 00:00'))).toBe(true)
    expect(utilities.add(local('2026-02-16 20:00'), hours(48))).toBe(local('2026-02-18 20:00'))
  })
})

describe('a reminder before the due instant', () => {
  test('counts working time backwards, to the latest such instant', () => {
    expect(toIso(offices.subtract(local('2026-09-03 08:00'), hours(2)))).toBe(toIso(local('2026-08-28 16:00')))
    expect(toIso(offices.subtract(local('2026-10-05 14:30'), hours(1)))).toBe(toIso(local('2026-10-05 13:30')))
  })
})

describe('out of range', () => {
  test('says what was asked and what is compiled', () => {
    expect(() => offices.add(local('2014-12-31 23:59'), 60)).toThrow(
      /2014-12-31T23:59:00\+07:00 is outside .*2015-01-01/,
    )
    expect(() => offices.between(local('2026-01-01 00:00'), local('2041-01-01 00:01'))).toThrow(RangeError)
    expect(() => offices.add(local('2040-12-31 16:00'), hours(8))).toThrow(/outside the compiled years 2015–2040/)
    expect(() => offices.subtract(local('2015-01-01 08:00'), hours(8))).toThrow(RangeError)
    expect(() => offices.nextOpening(local('2040-12-31 18:00'))).toThrow(RangeError)
    expect(() => offices.add(Number.NaN, 1)).toThrow(RangeError)
    expect(() => offices.add(local('2026-01-05 08:00'), -1)).toThrow(/-1 is not an amount/)
  })
})
