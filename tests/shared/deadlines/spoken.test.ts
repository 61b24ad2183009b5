import { describe, expect, test } from 'vitest'
import { fromIso, parseIso, toIso, wholeSecond } from '../../../src-shared/deadlines/instants.ts'
import {
  dateWords,
  deadlineWords,
  dueWords,
  exactAmount,
  instantWords,
  lateWords,
  leftWords,
  roundAmount,
} from '../../../src-shared/deadlines/spoken.ts'
import { hours, local } from './shipped-calendars.ts'

describe('amounts of working time', () => {
  test.each([
    [0, 'hết thời hạn'],
    [59, 'còn dưới 1 phút làm việc'],
    [60, 'còn 1 phút làm việc'],
    [hours(5) + 20 * 60, 'còn 5 giờ 20 phút làm việc'],
    [hours(5) + 20 * 60 + 59, 'còn 5 giờ 20 phút làm việc'],
    [hours(48), 'còn 48 giờ làm việc'],
    [hours(1234), 'còn 1.234 giờ làm việc'],
  ])('%s seconds left', (seconds, words) => {
    expect(leftWords(seconds)).toBe(words)
  })

  test('late', () => {
    expect(lateWords(hours(3))).toBe('trễ 3 giờ')
    expect(lateWords(0)).toBe('vừa quá hạn')
    expect(roundAmount(0)).toBe('0 phút')
    expect(exactAmount(hours(1) + 61)).toBe('1 giờ 1 phút 1 giây')
  })

  test.each([
    [{ state: 'running', leftSeconds: 3600, lateSeconds: 0, isLate: false }, 'còn 1 giờ làm việc'],
    [{ state: 'running', leftSeconds: 0, lateSeconds: 7200, isLate: true }, 'trễ 2 giờ'],
    [{ state: 'stopped', leftSeconds: 3600, lateSeconds: 0, isLate: false }, 'tạm ngừng, còn 1 giờ làm việc'],
    [{ state: 'ended', leftSeconds: 3600, lateSeconds: 0, isLate: false }, 'đúng hạn'],
    [{ state: 'ended', leftSeconds: 0, lateSeconds: 60, isLate: true }, 'trễ 1 phút'],
    [{ state: 'running', leftSeconds: null, lateSeconds: 0, isLate: false }, 'không tính hạn'],
  ] as const)('%o', (reading, words) => {
    expect(deadlineWords(reading)).toBe(words)
  })
})

describe('dates', () => {
  test.each([
    ['2026-09-03 16:00', 'Thứ Năm 03/9/2026 16:00', '16:00 Thứ Năm 03/9'],
    ['2026-02-16 07:05', 'Thứ Hai 16/02/2026 07:05', '07:05 Thứ Hai 16/02'],
    ['2026-10-11 23:59:59', 'Chủ nhật 11/10/2026 23:59', '23:59 Chủ nhật 11/10'],
    ['2026-01-01 00:00', 'Thứ Năm 01/01/2026 00:00', '00:00 Thứ Năm 01/01'],
  ])('%s', (at, long, short) => {
    expect(instantWords(local(at))).toBe(long)
    expect(dueWords(local(at))).toBe(short)
    expect(dateWords(local(at))).toBe(long.slice(0, -6))
  })

  test('the wall clock of the province, wherever the program runs', () => {
    expect(instantWords(fromIso('2026-09-02T20:00:00Z'))).toBe('Thứ Năm 03/9/2026 03:00')
    expect(instantWords(fromIso('2026-09-02T20:00:00Z'), 'Europe/Berlin')).toBe('Thứ Tư 02/9/2026 22:00')
  })
})

describe('instants as text', () => {
  test('round-trip, with the offset of the province', () => {
    expect(toIso(fromIso('2026-09-03T09:00:00Z'))).toBe('2026-09-03T16:00:00+07:00')
    expect(toIso(fromIso('2026-09-03T09:00:00.250Z'))).toBe('2026-09-03T16:00:00.25+07:00')
    expect(fromIso(toIso(1_788_400_800_250))).toBe(1_788_400_800_250)
  })

  test('a local time is not an instant', () => {
    expect(() => fromIso('2026-09-03T16:00:00')).toThrow(RangeError)
    expect(parseIso('2026-09-03T16:00:00')).toBeNull()
    expect(parseIso('chiều mai')).toBeNull()
    expect(parseIso('2026-09-03T16:00:00+07:00')).toBe(local('2026-09-03 16:00'))
  })

  test('D6: whole seconds, also before 1970', () => {
    expect(wholeSecond(1999)).toBe(1000)
    expect(wholeSecond(-1)).toBe(-1000)
  })
})
