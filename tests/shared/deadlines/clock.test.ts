import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClockHolder, type ClockMark, readClock } from '../../../src-shared/deadlines/clock.ts'
import { type Instant, toIso } from '../../../src-shared/deadlines/instants.ts'
import { hours, local, openShipped } from './shipped-calendars.ts'

fc.configureGlobal({ seed: 1022 })

const book = openShipped()
const officer: ClockHolder = { agencyId: 'so-xay-dung', personName: 'Cán bộ A' }
const successor: ClockHolder = { agencyId: 'so-xay-dung', personName: 'Cán bộ B' }
const centre: ClockHolder = { agencyId: 'trung-tam-hcc' }
const head: ClockHolder = { agencyId: 'so-xay-dung', personName: 'Thủ trưởng' }

const workingTimeFor = (holder: ClockHolder, knownAt: Instant) =>
  book.workingTime(holder.agencyId === 'trung-tam-hcc' ? 'dong-thap-service-centres' : 'dong-thap-offices', knownAt)

const read = (now: string, marks: ClockMark[], knownAt?: Instant) =>
  readClock(marks, { workingTimeFor, now: local(now), ...(knownAt === undefined ? {} : { knownAt }) })

const start = (at: string, holder = officer): ClockMark => ({
  kind: 'start',
  at: local(at),
  level: 'focal-officer',
  holder,
  allowanceSeconds: hours(8),
})
const startHead = (at: string, reading: 'R1' | 'R2' | 'R3' = 'R1'): ClockMark => ({
  kind: 'start',
  at: local(at),
  level: 'head',
  holder: head,
  allowanceSeconds: hours(48),
  reading,
})
const stop = (at: string, reason: 'supplement' | 'pause', capHours?: number): ClockMark => ({
  kind: 'stop',
  at: local(at),
  reason,
  ...(capHours === undefined ? {} : { capSeconds: hours(capHours) }),
})
const resume = (at: string, reason: 'supplement' | 'pause'): ClockMark => ({ kind: 'resume', at: local(at), reason })
const end = (at: string): ClockMark => ({ kind: 'end', at: local(at) })
const due = (at: string) => toIso(local(at))
const iso = (at: Instant | null | undefined) => (at == null ? at : toIso(at))

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

describe('laws of the clock', () => {
  const instant = fc.integer({ min: local('2026-01-05 07:00'), max: local('2026-06-30 17:00') })
  const mark = fc.oneof(
    fc.record({
      kind: fc.constant('stop' as const),
      at: instant,
      reason: fc.constantFrom('pause' as const, 'supplement' as const),
    }),
    fc.record({
      kind: fc.constant('stop' as const),
      at: instant,
      reason: fc.constant('supplement' as const),
      capSeconds: fc.integer({ min: 1, max: hours(40) }),
    }),
    fc.record({
      kind: fc.constant('resume' as const),
      at: instant,
      reason: fc.constantFrom('pause' as const, 'supplement' as const),
    }),
    fc.record({
      kind: fc.constant('transfer' as const),
      at: instant,
      holder: fc.constantFrom(officer, successor, centre),
    }),
    fc.record({
      kind: fc.constant('extend' as const),
      at: instant,
      dueAt: instant,
      reason: fc.constant('postponement' as const),
    }),
    fc.record({ kind: fc.constant('end' as const), at: instant }),
    fc.record({ kind: fc.constant('reopen' as const), at: instant, countsClosedTime: fc.boolean() }),
    fc.record({
      kind: fc.constant('start' as const),
      at: instant,
      level: fc.constantFrom('focal-officer' as const, 'head' as const),
      holder: fc.constantFrom(officer, head, centre),
      allowanceSeconds: fc.constantFrom(hours(8), hours(48)),
      reading: fc.constantFrom('R1' as const, 'R2' as const),
    }),
  )
  const history = fc
    .array(mark, { minLength: 1, maxLength: 12 })
    .map((marks): ClockMark[] => [start('2026-01-05 07:00'), ...marks.sort((a, b) => a.at - b.at)])

  test('whatever happens, the parts add up and time does not run twice', () => {
    fc.assert(
      fc.property(history, instant, (marks, later) => {
        const now = Math.max(later, marks.at(-1)!.at)
        const reading = readClock(marks, { workingTimeFor, now })
        for (const level of reading.levels) {
          expect(level.usedSeconds).toBe(level.intervals.reduce((sum, each) => sum + each.workingSeconds, 0))
          expect(level.lateSeconds).toBe(level.intervals.reduce((sum, each) => sum + each.lateSeconds, 0))
          if (level.lateSeconds > 0) expect(level.isLate).toBe(true)
          if (level.leftSeconds !== null && level.leftSeconds > 0 && level.state === 'running') {
            expect(level.dueAt).toBeGreaterThan(now - 1000)
          }
        }
        let reached = 0
        for (const interval of reading.intervals) {
          expect(interval.toAt).toBeGreaterThanOrEqual(interval.fromAt)
          expect(interval.lateSeconds).toBeLessThanOrEqual(interval.workingSeconds)
          expect(interval.fromAt).toBeGreaterThanOrEqual(reached)
          reached = interval.toAt
        }
      }),
      { numRuns: 800 },
    )
  })

  test('late is for ever: nothing that only adds time lifts it (#22)', () => {
    fc.assert(
      fc.property(history, instant, fc.integer({ min: 0, max: 90 * 86_400_000 }), (marks, at, wait) => {
        const now = Math.max(at, marks.at(-1)!.at)
        if (!readClock(marks, { workingTimeFor, now }).isLate) return
        expect(readClock(marks, { workingTimeFor, now: now + wait }).isLate).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
})
