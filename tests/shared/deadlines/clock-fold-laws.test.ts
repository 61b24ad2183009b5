import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClockMark, readClock } from '../../../src-shared/deadlines/clock.ts'
import { centre, head, officer, start, successor, workingTimeFor } from './clock-scene.ts'
import { hours, local } from './shipped-calendars.ts'

fc.configureGlobal({ seed: 1022 })

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
