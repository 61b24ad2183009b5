import { describe, expect, test } from 'vitest'
import type { ClockMark } from '../../../src-shared/deadlines/clock.ts'
import { centre, due, end, head, iso, officer, read, start, startHead, successor } from './clock-scene.ts'
import { hours, local } from './shipped-calendars.ts'

describe('running', () => {
  test('before any mark there is nothing to count', () => {
    expect(read('2026-10-05 08:00', [])).toMatchObject({ state: 'idle', level: null, dueAt: null, isLate: false })
  })

  test('#17: 8 working hours from receipt', () => {
    const reading = read('2026-08-31 10:00', [start('2026-08-28 16:00')])
    expect(reading).toMatchObject({ state: 'running', usedSeconds: hours(1), leftSeconds: hours(7), lateSeconds: 0 })
    expect(iso(reading.dueAt)).toBe(due('2026-09-03 16:00'))
    expect(reading.holder).toEqual(officer)
  })

  test('D6: met at the due instant itself, late one second after', () => {
    const marks = [start('2026-10-06 12:10')]
    expect(read('2026-10-07 11:30', [...marks, end('2026-10-07 11:30')])).toMatchObject({
      state: 'ended',
      isLate: false,
    })
    const late = read('2026-10-07 12:00', [...marks, end('2026-10-07 11:30:01')])
    expect(late).toMatchObject({ state: 'ended', isLate: true, lateSeconds: 0 })
  })

  test('late time is working time, and is held by somebody (#38)', () => {
    const reading = read('2026-10-07 15:00', [
      start('2026-10-05 08:00'),
      { kind: 'transfer', at: local('2026-10-06 09:00'), holder: successor },
    ])
    expect(iso(reading.dueAt)).toBe(due('2026-10-06 08:00'))
    expect(reading.isLate).toBe(true)
    expect(reading.intervals.map((each) => [each.holder.personName, each.workingSeconds, each.lateSeconds])).toEqual([
      ['Cán bộ A', hours(9), hours(1)],
      ['Cán bộ B', hours(12), hours(12)],
    ])
    expect(reading.lateSeconds).toBe(hours(13))
  })

  test('a `now` behind the last mark undoes nothing', () => {
    expect(read('2026-10-01 08:00', [start('2026-10-05 08:00'), end('2026-10-05 09:00')])).toMatchObject({
      state: 'ended',
      usedSeconds: hours(1),
    })
  })

  test('D13: the clock continues with the successor, by the calendar of its own agency', () => {
    // Friday: 3 hours with the office, the rest with a service centre that works on Saturday morning.
    const reading = read('2026-10-03 09:00', [
      start('2026-10-02 13:30'),
      { kind: 'transfer', at: local('2026-10-02 16:30'), holder: centre },
    ])
    expect(iso(reading.dueAt)).toBe(due('2026-10-03 11:30'))
    expect(reading.usedSeconds).toBe(hours(5.5))
  })

  test('D7: without an allowance age is measured and nothing falls due', () => {
    const reading = read('2026-10-06 09:00', [
      { kind: 'start', at: local('2026-10-05 08:00'), level: 'office', holder: head, allowanceSeconds: null },
    ])
    expect(reading).toMatchObject({ dueAt: null, leftSeconds: null, isLate: false, usedSeconds: hours(9) })
  })
})

describe('levels and readings (D2)', () => {
  const escalated: ClockMark[] = [
    start('2026-10-05 08:00'),
    { kind: 'level-end', at: local('2026-10-06 08:00'), outcome: 'escalated' },
  ]

  test('#20: an escalation ends the level as late, and nothing runs until the next start', () => {
    const reading = read('2026-10-06 09:00', escalated)
    expect(reading).toMatchObject({ state: 'idle', level: 'focal-officer', isLate: true, usedSeconds: hours(8) })
  })

  test('R1 counts from the head, and R2 is shown beside it', () => {
    const reading = read('2026-10-06 09:00', [...escalated, startHead('2026-10-06 08:00')])
    expect(iso(reading.dueAt)).toBe(due('2026-10-14 08:00'))
    expect(iso(reading.readings.R1)).toBe(due('2026-10-14 08:00'))
    expect(iso(reading.readings.R2)).toBe(due('2026-10-13 08:00'))
    expect(reading).toMatchObject({ level: 'head', isLate: false, leftSeconds: hours(47) })
  })

  test('R2 counts from the first transfer, R3 ends at the instant of R1', () => {
    expect(iso(read('2026-10-06 09:00', [...escalated, startHead('2026-10-06 08:00', 'R2')]).dueAt)).toBe(
      due('2026-10-13 08:00'),
    )
    expect(iso(read('2026-10-06 09:00', [...escalated, startHead('2026-10-06 08:00', 'R3')]).dueAt)).toBe(
      due('2026-10-14 08:00'),
    )
  })

  test('R2 starts anew with a transfer to another agency', () => {
    const reading = read('2026-10-09 09:00', [
      start('2026-10-01 08:00'),
      { kind: 'level-end', at: local('2026-10-02 08:00'), outcome: 'returned' },
      ...escalated,
      startHead('2026-10-06 08:00', 'R2'),
    ])
    expect(iso(reading.dueAt)).toBe(due('2026-10-13 08:00'))
    expect(reading.levels.map((level) => level.isLate)).toEqual([false, true, false])
  })

  test('#22: past the head’s 48 hours it is late and stays late when solved', () => {
    const marks = [...escalated, startHead('2026-10-06 08:00')]
    expect(read('2026-10-14 09:30', marks)).toMatchObject({ state: 'running', isLate: true, lateSeconds: hours(1.5) })
    expect(read('2026-12-01 09:00', [...marks, end('2026-10-14 14:30')])).toMatchObject({
      state: 'ended',
      isLate: true,
      lateSeconds: hours(4.5),
    })
  })

  test('a level answered in time still shows when it would have been due (D9)', () => {
    const reading = read('2026-12-01 09:00', [start('2026-08-28 16:00'), end('2026-08-28 16:30')])
    expect(iso(reading.dueAt)).toBe(due('2026-09-03 16:00'))
    expect(reading.leftSeconds).toBe(hours(7.5))
  })
})

describe('a calendar that changes (D14)', () => {
  // The swap of 2/1/2026 became known on 25/12/2025. Whoever reads these clocks later still counts as was known then.
  const received = (at: string, count: number): ClockMark =>
    ({ ...start(at), allowanceSeconds: hours(count) }) as ClockMark
  const entered = (at: string): ClockMark => ({
    kind: 'calendar',
    at: local(at),
    knownAt: local(at),
    act: '12729/VPCP-KGVX',
  })

  test('an open clock counts as known at its start until the act is entered', () => {
    // 80 hours are ten days; New Year is off for both, 2/1 only for the second.
    const slip = received('2025-12-20 15:00', 80)
    expect(iso(read('2025-12-26 08:00', [slip]).dueAt)).toBe(due('2026-01-05 17:00'))
    expect(iso(read('2025-12-26 08:00', [slip, entered('2025-12-26 07:00')]).dueAt)).toBe(due('2026-01-06 17:00'))
  })

  test('a slip received after the act needs no correction', () => {
    expect(iso(read('2025-12-30 08:00', [received('2025-12-26 15:00', 40)]).dueAt)).toBe(due('2026-01-06 15:00'))
  })

  test('an ended clock keeps what was known, and shows what it would be', () => {
    const ended = [received('2025-12-24 15:00', 48), end('2026-01-02 10:00'), entered('2026-01-05 07:00')]
    const asKnownThen = read('2026-02-01 08:00', ended)
    const asCorrected = read('2026-02-01 08:00', ended, local('2026-01-05 07:00'))
    expect(asKnownThen.usedSeconds - asCorrected.usedSeconds).toBe(hours(3))
    expect(iso(asKnownThen.dueAt)).toBe(due('2026-01-02 15:00'))
    expect(iso(asCorrected.dueAt)).toBe(due('2026-01-05 15:00'))
  })
})
