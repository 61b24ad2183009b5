import { describe, expect, test } from 'vitest'
import type { CalendarJson } from '../../../src-shared/deadlines/calendar.ts'
import { openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import { type ClockHolder, type ClockMark, type ClockReading, readClock } from '../../../src-shared/deadlines/clock.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { hours, local, shippedSources } from './shipped-calendars.ts'

/** What two stops, a stop and a postponement, or a stop and a hand-over make of one another. */

/** A working Saturday that became known only on the Sunday after it. */
const lateKnown: CalendarJson = {
  id: 'late-known',
  timeZone: 'Asia/Ho_Chi_Minh',
  inherits: 'dong-thap-offices',
  weeks: [],
  days: [
    {
      on: '2026-10-10',
      working: ['07:00-11:30', '13:30-17:00'],
      reason: 'làm bù',
      act: 'thông báo',
      knownAt: '2026-10-11T12:00:00+07:00',
    },
  ],
}
const opened = openCalendarBook([...shippedSources, { where: 'late-known', json: lateKnown }])
if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
const { book } = opened

const roads: ClockHolder = { agencyId: 'dong-thap-offices' }
const water: ClockHolder = { agencyId: 'utilities-24-7' }

const read = (now: string, marks: ClockMark[]): ClockReading =>
  readClock(marks, { now: local(now), workingTimeFor: ({ agencyId }, known) => book.workingTime(agencyId, known) })
const due = (now: string, marks: ClockMark[]) => {
  const { dueAt } = read(now, marks)
  return dueAt === null ? null : toIso(dueAt).slice(0, 19).replace('T', ' ')
}

const start = (at: string, holder = roads): ClockMark => ({
  kind: 'start',
  at: local(at),
  level: 'focal-officer',
  holder,
  allowanceSeconds: hours(8),
})
const pause = (at: string): ClockMark => ({ kind: 'stop', at: local(at), reason: 'pause' })
const supplement = (at: string, capHours: number): ClockMark => ({
  kind: 'stop',
  at: local(at),
  reason: 'supplement',
  capSeconds: hours(capHours),
})
const resume = (at: string, reason: 'pause' | 'supplement'): ClockMark => ({ kind: 'resume', at: local(at), reason })
const postpone = (at: string, to: string): ClockMark => ({
  kind: 'extend',
  at: local(at),
  dueAt: local(to),
  reason: 'postponement',
})
const transfer = (at: string, holder: ClockHolder): ClockMark => ({ kind: 'transfer', at: local(at), holder })
const end = (at: string): ClockMark => ({ kind: 'end', at: local(at) })
const reopen = (at: string): ClockMark => ({ kind: 'reopen', at: local(at) })

describe('two stops', () => {
  test('D8: a pause from its request takes back the time before a supplement that came and went meanwhile', () => {
    // Asked 09:00; supplement 10:00 to 10:30; confirmed 11:00, so nothing since 09:00 was used.
    const marks = [
      start('2026-10-05 08:00'),
      supplement('2026-10-05 10:00', 40),
      resume('2026-10-05 10:30', 'supplement'),
      pause('2026-10-05 09:00'),
    ]
    expect(read('2026-10-05 11:00', marks)).toMatchObject({ state: 'stopped', usedSeconds: hours(1) })
  })

  test('D5: the cap of a supplement counts from its request, also while the clock is paused', () => {
    const marks = [
      start('2026-10-05 08:00'),
      supplement('2026-10-05 09:00', 4),
      pause('2026-10-05 10:00'),
      resume('2026-10-05 15:00', 'pause'),
    ]
    // 09:00 to 11:30 and 13:30 to 15:00 are the four hours.
    expect(read('2026-10-05 16:00', marks)).toMatchObject({ state: 'running', usedSeconds: hours(2) })
  })

  test('D5: at the very second that ends the cap it runs', () => {
    const marks = [start('2026-10-05 08:00'), supplement('2026-10-05 09:00', 1)]
    expect(read('2026-10-05 09:59:59', marks).state).toBe('stopped')
    expect(read('2026-10-05 10:00', marks)).toMatchObject({ state: 'running', resumesAt: null })
  })

  test('D8, D15: a pause counted from a time when the case was closed leaves the closed time closed', () => {
    const marks = [
      start('2026-10-05 08:00'),
      end('2026-10-05 10:00'),
      reopen('2026-10-07 10:00'),
      pause('2026-10-06 09:00'),
    ]
    expect(read('2026-10-07 11:00', marks)).toMatchObject({ state: 'stopped', usedSeconds: hours(2) })
  })
})

describe('a stop and a hand-over', () => {
  test('D13: what the cap has ended stays ended with the successor', () => {
    const marks = [
      start('2026-10-05 08:00'),
      supplement('2026-10-05 09:00', 1),
      transfer('2026-10-05 11:00', { ...roads, personName: 'Cán bộ B' }),
    ]
    expect(read('2026-10-05 11:00', marks)).toMatchObject({ state: 'running', usedSeconds: hours(2) })
  })
})

describe('D4: a time that the citizen was told', () => {
  const promised = [start('2026-10-05 08:00'), postpone('2026-10-05 09:00', '2026-10-07 19:00')]

  test('is not moved by a pause in which nobody would have worked', () => {
    expect(due('2026-10-06 08:00', [...promised, pause('2026-10-05 18:00'), resume('2026-10-05 22:00', 'pause')])).toBe(
      '2026-10-07 19:00:00',
    )
  })

  test('moves on by the working time that was lost', () => {
    expect(due('2026-10-06 16:00', [...promised, pause('2026-10-06 08:00'), resume('2026-10-06 10:00', 'pause')])).toBe(
      '2026-10-08 09:00:00',
    )
  })

  test('D13: stands with a successor who keeps other hours, and one second of pause moves it by one second', () => {
    const handed = [...promised, transfer('2026-10-06 08:00', water)]
    expect(due('2026-10-06 08:00', handed)).toBe('2026-10-07 19:00:00')
    const paused = [...handed, pause('2026-10-06 09:00'), resume('2026-10-06 09:00:01', 'pause')]
    expect(due('2026-10-06 10:00', paused)).toBe('2026-10-07 19:00:01')
    expect(read('2026-10-07 18:00', handed).leftSeconds).toBe(hours(1))
  })

  test('D15: is not moved by a closing after it', () => {
    expect(due('2026-10-12 08:00', [...promised, end('2026-10-08 08:00'), reopen('2026-10-12 08:00')])).toBe(
      '2026-10-07 19:00:00',
    )
  })

  test('a standstill across two holders is one: nothing falls due within it', () => {
    const marks = [
      start('2026-10-05 08:00'),
      postpone('2026-10-05 09:00', '2026-10-06 10:00'),
      pause('2026-10-06 09:30'),
      transfer('2026-10-06 16:30', water),
      resume('2026-10-06 18:00', 'pause'),
    ]
    // Half an hour was left when it stopped, and is left when the service that never closes goes on.
    expect(due('2026-10-06 18:00', marks)).toBe('2026-10-06 18:30:00')
    const same = [...marks.slice(0, 3), resume('2026-10-06 18:00', 'pause')]
    expect(due('2026-10-06 18:00', same)).toBe('2026-10-07 07:30:00')
  })

  test('is never taken back by a stop, whoever goes on afterwards', () => {
    const marks = [
      start('2026-10-05 08:00'),
      postpone('2026-10-05 09:00', '2026-10-07 10:00'),
      pause('2026-10-06 16:30'),
      transfer('2026-10-06 18:00', water),
      resume('2026-10-06 20:00', 'pause'),
    ]
    expect(due('2026-10-06 20:00', marks)).toBe('2026-10-07 10:00:00')
  })

  test('D14: what was granted in time stays granted when it is learnt that it had been due earlier', () => {
    // Due on Monday as known on Saturday; the Saturday turns out to have been worked.
    const granted = [
      start('2026-10-09 15:00', { agencyId: 'late-known' }),
      postpone('2026-10-11 09:00', '2026-10-14 10:00'),
    ]
    const recounted: ClockMark[] = [
      ...granted,
      { kind: 'calendar', at: local('2026-10-11 13:00'), knownAt: local('2026-10-11 13:00'), act: 'thông báo' },
    ]
    expect(due('2026-10-11 13:00', recounted)).toBe('2026-10-14 10:00:00')
    expect(toIso(read('2026-10-11 13:00', recounted).readings.R1!)).toBe('2026-10-10T15:00:00+07:00')
    expect(read('2026-10-11 13:00', recounted).isLate).toBe(false)
  })
})
