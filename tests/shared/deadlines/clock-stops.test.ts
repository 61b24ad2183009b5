import { describe, expect, test } from 'vitest'
import type { ClockMark } from '../../../src-shared/deadlines/clock.ts'
import { due, end, iso, officer, read, resume, start, startHead, stop, successor } from './clock-scene.ts'
import { hours, local } from './shipped-calendars.ts'

describe('stopped', () => {
  test('D5: from the request to the answer, and what was left is left', () => {
    const marks = [start('2026-10-05 08:00'), stop('2026-10-05 10:00', 'supplement', 40)]
    const waiting = read('2026-10-06 10:00', marks)
    expect(waiting).toMatchObject({
      state: 'stopped',
      stopReason: 'supplement',
      leftSeconds: hours(6),
      usedSeconds: hours(2),
    })
    expect(iso(waiting.resumesAt)).toBe(due('2026-10-12 10:00'))
    expect(iso(waiting.dueAt)).toBe(due('2026-10-13 08:00'))
    const answered = read('2026-10-07 09:00', [...marks, resume('2026-10-07 08:00', 'supplement')])
    expect(answered).toMatchObject({ state: 'running', leftSeconds: hours(5), resumesAt: null })
    expect(iso(answered.dueAt)).toBe(due('2026-10-07 16:00'))
  })

  test('D5: when the cap is used up it runs again by itself', () => {
    const marks = [start('2026-10-05 08:00'), stop('2026-10-05 10:00', 'supplement', 8)]
    expect(read('2026-10-06 11:00', marks)).toMatchObject({ state: 'running', usedSeconds: hours(3) })
    const late = [...marks, resume('2026-10-06 15:00', 'supplement')]
    expect(iso(read('2026-10-06 15:00', late).dueAt)).toBe(iso(read('2026-10-06 15:00', marks).dueAt))
  })

  test('a cap is shared by those who hold the stopped clock one after the other', () => {
    const marks: ClockMark[] = [
      start('2026-10-05 08:00'),
      stop('2026-10-05 10:00', 'supplement', 8),
      { kind: 'transfer', at: local('2026-10-05 15:00'), holder: successor },
    ]
    const reading = read('2026-10-06 11:00', marks)
    expect(reading).toMatchObject({ state: 'running', usedSeconds: hours(3) })
    expect(reading.intervals.map((each) => each.holder.personName)).toEqual(['Cán bộ A', 'Cán bộ B'])
  })

  test('without a cap nobody knows the due instant', () => {
    const reading = read('2026-10-20 10:00', [start('2026-10-05 08:00'), stop('2026-10-05 10:00', 'pause')])
    expect(reading).toMatchObject({
      state: 'stopped',
      dueAt: null,
      resumesAt: null,
      isLate: false,
      leftSeconds: hours(6),
    })
  })

  test('D8: a pause confirmed in time counts from its request', () => {
    const confirmedLater = [
      start('2026-10-05 08:00'),
      stop('2026-10-05 10:00', 'pause'),
      resume('2026-10-06 10:00', 'pause'),
    ]
    const reading = read('2026-10-06 11:00', confirmedLater)
    expect(reading.usedSeconds).toBe(hours(3))
    const acrossHandover = read('2026-10-06 11:00', [
      start('2026-10-05 08:00'),
      { kind: 'transfer', at: local('2026-10-05 11:00'), holder: successor },
      stop('2026-10-05 10:00', 'pause'),
      resume('2026-10-06 10:00', 'pause'),
    ])
    expect(acrossHandover.usedSeconds).toBe(hours(3))
    expect(acrossHandover.holder).toEqual(successor)
  })

  test('a pause never reaches back into the level before', () => {
    const reading = read('2026-10-06 11:00', [
      start('2026-10-05 08:00'),
      startHead('2026-10-06 08:00'),
      stop('2026-10-05 16:00', 'pause'),
      resume('2026-10-06 10:00', 'pause'),
    ])
    expect(reading.levels.map((level) => level.usedSeconds)).toEqual([hours(8), hours(1)])
  })

  test('two reasons: it runs again when both are gone', () => {
    const marks = [
      start('2026-10-05 08:00'),
      stop('2026-10-05 09:00', 'supplement', 4),
      stop('2026-10-05 10:00', 'pause'),
      resume('2026-10-05 11:00', 'supplement'),
    ]
    expect(read('2026-10-07 10:00', marks)).toMatchObject({
      state: 'stopped',
      stopReason: 'pause',
      usedSeconds: hours(1),
    })
    expect(read('2026-10-07 10:00', [...marks, resume('2026-10-07 08:00', 'pause')])).toMatchObject({
      state: 'running',
      usedSeconds: hours(3),
    })
  })

  test('stopped after it fell due: still late, and no later', () => {
    const reading = read('2026-10-20 10:00', [start('2026-10-05 08:00'), stop('2026-10-06 09:00', 'pause')])
    expect(reading).toMatchObject({ state: 'stopped', isLate: true, lateSeconds: hours(1) })
  })

  test('a resume of what runs changes nothing', () => {
    expect(read('2026-10-05 10:00', [start('2026-10-05 08:00'), resume('2026-10-05 09:00', 'pause')]).usedSeconds).toBe(
      hours(2),
    )
  })
})

describe('postponed (S4 Đ.10 k.3, D4)', () => {
  const extend = (at: string, newDue: string): ClockMark => ({
    kind: 'extend',
    at: local(at),
    dueAt: local(newDue),
    reason: 'postponement',
  })

  test('the new due instant counts, with what is left until it', () => {
    const reading = read('2026-10-05 17:00', [
      start('2026-10-05 08:00'),
      extend('2026-10-05 09:00', '2026-10-08 10:00'),
    ])
    expect(iso(reading.dueAt)).toBe(due('2026-10-08 10:00'))
    expect(reading.leftSeconds).toBe(hours(8 + 8 + 3))
    expect(iso(reading.readings.R1)).toBe(due('2026-10-06 08:00'))
  })

  test('an evening that was promised stands as it was said', () => {
    const marks = [start('2026-10-05 08:00'), extend('2026-10-05 09:00', '2026-10-07 19:00')]
    expect(iso(read('2026-10-07 18:00', marks).dueAt)).toBe(due('2026-10-07 19:00'))
    expect(read('2026-10-07 18:00', marks).isLate).toBe(false)
    expect(read('2026-10-07 19:01', marks).isLate).toBe(true)
  })

  test('so does a reopening: what was left when it was closed is left', () => {
    const reading = read('2026-10-12 08:00', [
      start('2026-10-05 08:00'),
      extend('2026-10-05 09:00', '2026-10-07 10:00'),
      end('2026-10-07 08:00'),
      { kind: 'reopen', at: local('2026-10-12 08:00') },
    ])
    expect(iso(reading.dueAt)).toBe(due('2026-10-12 10:00'))
  })

  test('a stop after it moves it on', () => {
    const reading = read('2026-10-07 10:00', [
      start('2026-10-05 08:00'),
      extend('2026-10-05 09:00', '2026-10-07 10:00'),
      stop('2026-10-06 09:00', 'pause'),
      resume('2026-10-06 11:00', 'pause'),
    ])
    expect(iso(reading.dueAt)).toBe(due('2026-10-07 14:00'))
  })

  test('after the due instant it changes nothing (#22), and an earlier instant is no postponement', () => {
    expect(
      iso(read('2026-10-06 10:00', [start('2026-10-05 08:00'), extend('2026-10-06 08:01', '2026-10-09 08:00')]).dueAt),
    ).toBe(due('2026-10-06 08:00'))
    expect(
      iso(read('2026-10-05 10:00', [start('2026-10-05 08:00'), extend('2026-10-05 09:00', '2026-10-05 11:00')]).dueAt),
    ).toBe(due('2026-10-06 08:00'))
  })
})

describe('reopened (D15)', () => {
  const closed = [start('2026-10-05 08:00'), end('2026-10-05 10:00')]

  test('the old clock goes on; the closed time is nobody’s', () => {
    const reading = read('2026-10-12 09:00', [...closed, { kind: 'reopen', at: local('2026-10-12 08:00') }])
    expect(reading).toMatchObject({ state: 'running', usedSeconds: hours(3), leftSeconds: hours(5), holder: officer })
    expect(iso(reading.startedAt)).toBe(due('2026-10-05 08:00'))
    expect(iso(reading.dueAt)).toBe(due('2026-10-12 16:00'))
  })

  test('S2 k.1: closed while unfinished, it never stood still', () => {
    const reading = read('2026-10-12 09:00', [
      ...closed,
      { kind: 'reopen', at: local('2026-10-12 08:00'), countsClosedTime: true },
    ])
    expect(iso(reading.dueAt)).toBe(due('2026-10-06 08:00'))
    expect(reading.isLate).toBe(true)
  })
})
