import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClockMark, type ClockReading, readClock } from '../../../src-shared/deadlines/clock.ts'
import { wholeSecond } from '../../../src-shared/deadlines/instants.ts'
import { madeHistory } from './second-clock/made-histories.ts'
import { provinceOf } from './second-clock/provinces.ts'
import { chanceOf } from './second-clock/random.ts'

// One seed, so that a red run can be run again; change it to look elsewhere.
fc.configureGlobal({ seed: 1022, numRuns: 600 })

const HOUR = 3_600_000
const DAY = 24 * HOUR
const provinces = Array.from({ length: 8 }, (_, number) => provinceOf(1000 + number))

interface Case {
  /** Its number: a province printed whole would hide the history that broke a law. */
  province: number
  marks: ClockMark[]
  /** After the last mark. */
  now: number
}

/** Any history of the generator, in any province, read at some later instant. */
const anyCase = fc
  .tuple(fc.integer({ min: 0, max: 1e9 }), fc.nat({ max: provinces.length - 1 }), fc.integer({ min: 0, max: 6 * DAY }))
  .map(([seed, province, wait]): Case => {
    const marks = madeHistory(chanceOf(seed), provinces[province]!)
    return { province, marks, now: marks.reduce((latest, { at }) => Math.max(latest, at), 0) + wait }
  })

const bookOf = (province: number) => provinces[province]!.book
const read = ({ province, marks, now }: Case, more: ClockMark[] = []): ClockReading =>
  readClock([...marks, ...more], {
    now,
    workingTimeFor: ({ agencyId }, knownAt) => bookOf(province).workingTime(agencyId, knownAt),
  })
const timeOf = ({ province }: Case, reading: ClockReading) =>
  bookOf(province).workingTime(reading.holder!.agencyId, reading.levels.at(-1)!.knownAt)

const later = (one: Case, wait: number): Case => ({ ...one, now: one.now + wait })
const anyWait = fc.integer({ min: 0, max: 20 * DAY })
const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
const law = (holds: (one: Case, wait: number) => void) => fc.assert(fc.property(anyCase, anyWait, holds))

describe('the parts of a reading fit together', () => {
  test('#38: the held stretches follow one another, and sum to what was used and to what was late', () =>
    law((one) => {
      for (const level of read(one).levels) {
        expect(level.usedSeconds).toBe(sum(level.intervals.map((each) => each.workingSeconds)))
        expect(level.lateSeconds).toBe(sum(level.intervals.map((each) => each.lateSeconds)))
        let reached = level.startedAt
        for (const { fromAt, toAt } of level.intervals) {
          expect(fromAt).toBeGreaterThanOrEqual(reached)
          expect(toAt).toBeGreaterThanOrEqual(fromAt)
          reached = toAt
        }
        expect(reached).toBeLessThanOrEqual(level.endedAt ?? one.now)
      }
    }))

  test('what is left is the working time until it is due, and nothing is left of what is past due', () =>
    law((one) => {
      const reading = read(one)
      if (reading.state !== 'running' || reading.dueAt === null) return
      const until = Math.max(0, timeOf(one, reading).between(one.now, reading.dueAt))
      expect(reading.leftSeconds).toBe(until)
      if (reading.isLate) expect(reading.leftSeconds).toBe(0)
      else expect(reading.lateSeconds).toBe(0)
    }))

  test('D2: counted from the agent’s transfer it is never due later than counted from the head’s receipt', () =>
    law((one) => {
      const { R1, R2 } = read(one).readings
      if (R2 === undefined) return
      if (R1 !== null && R2 !== null) expect(R2).toBeLessThanOrEqual(R1)
      else expect(R1).toBeNull()
    }))

  test('nothing falls due in closed time, but an instant that somebody named', () =>
    law((one) => {
      const reading = read(one)
      for (const level of reading.levels) {
        const isNamed = one.marks.some(({ kind }) => kind === 'extend')
        const isOneHolder = !one.marks.some(({ kind }) => kind === 'transfer')
        if (level.dueAt === null || isNamed || !isOneHolder || level.dueAt === level.startedAt) continue
        const hours = bookOf(one.province).workingTime(level.holder.agencyId, level.knownAt)
        expect(hours.isOpen(level.dueAt - 1000)).toBe(true)
      }
    }))
})

describe('time that passes', () => {
  test('moves no due instant, lifts no lateness, and gives nothing back', () =>
    law((one, wait) => {
      const [before, after] = [read(one), read(later(one, wait))]
      if (before.dueAt !== null) expect(after.dueAt).toBe(before.dueAt)
      expect(after.usedSeconds).toBeGreaterThanOrEqual(before.usedSeconds)
      expect(after.lateSeconds).toBeGreaterThanOrEqual(before.lateSeconds)
      if (before.leftSeconds !== null) expect(after.leftSeconds).toBeLessThanOrEqual(before.leftSeconds)
      // #22.
      if (before.isLate) expect(after.isLate).toBe(true)
    }))

  test('while it stands still uses nothing', () =>
    law((one, wait) => {
      const before = read(one)
      if (before.state !== 'stopped') return
      const until = before.resumesAt === null ? wait : Math.min(wait, before.resumesAt - one.now)
      expect(read(later(one, until)).usedSeconds).toBe(before.usedSeconds)
    }))
})

describe('what an act may do to a due instant', () => {
  const isOpen = (reading: ClockReading) => reading.state === 'running' || reading.state === 'stopped'

  test('a pause never makes it earlier, and gives exactly the working time that was lost', () =>
    law((one, wait) => {
      const before = read(one)
      if (before.state !== 'running' || before.dueAt === null) return
      const paused = later(one, wait)
      const after = read(paused, [
        { kind: 'stop', at: one.now, reason: 'pause' },
        { kind: 'resume', at: paused.now, reason: 'pause' },
      ])
      expect(after.dueAt).toBeGreaterThanOrEqual(before.dueAt)
      if (before.isLate) expect(after.dueAt).toBe(before.dueAt)
      else expect(after.leftSeconds).toBeGreaterThanOrEqual(before.leftSeconds!)
      expect(after.lateSeconds).toBe(before.lateSeconds)
      expect(after.usedSeconds).toBe(before.usedSeconds)
    }))

  test('a postponement never makes it earlier', () =>
    law((one, wait) => {
      const before = read(one)
      if (!isOpen(before) || before.dueAt === null) return
      const after = read(one, [{ kind: 'extend', at: one.now, dueAt: one.now + wait, reason: 'postponement' }])
      const named = before.isLate ? before.dueAt : Math.max(before.dueAt, wholeSecond(one.now + wait))
      if (before.state === 'running') expect(after.dueAt).toBe(named)
      // What is left of a standstill comes on top, as long as anybody knows how much that is.
      else if (after.dueAt !== null) expect(after.dueAt).toBeGreaterThanOrEqual(named)
    }))

  test('D13: another person of the same agency changes nothing', () =>
    law((one) => {
      const before = read(one)
      if (!isOpen(before)) return
      const holder = { agencyId: before.holder!.agencyId, personName: 'Người khác' }
      const after = read(one, [{ kind: 'transfer', at: one.now, holder }])
      for (const key of ['dueAt', 'usedSeconds', 'leftSeconds', 'lateSeconds', 'isLate', 'state'] as const) {
        expect(after[key]).toBe(before[key])
      }
    }))

  test('D14: a correction that brings nothing new changes nothing', () =>
    law((one) => {
      const before = read(one)
      const knownAt = before.levels.at(-1)!.knownAt
      expect(read(one, [{ kind: 'calendar', at: one.now, knownAt, act: 'thông báo' }])).toEqual(before)
    }))

  test('D6: an answer at the due second meets it, one a second later does not', () =>
    law((one) => {
      const before = read(one)
      if (before.state !== 'running' || before.dueAt === null || before.isLate) return
      const answered = (at: number) => read({ ...one, now: at }, [{ kind: 'end', at }])
      expect(answered(before.dueAt)).toMatchObject({ state: 'ended', isLate: false, lateSeconds: 0, leftSeconds: 0 })
      expect(answered(before.dueAt + 1000).isLate).toBe(true)
    }))

  test('D15: closed and reopened at the same second it never was closed', () =>
    law((one) => {
      const before = read(one)
      if (before.state !== 'running') return
      const after = read(one, [
        { kind: 'end', at: one.now },
        { kind: 'reopen', at: one.now },
      ])
      expect(after).toMatchObject({ dueAt: before.dueAt, usedSeconds: before.usedSeconds, state: 'running' })
    }))

  test('D15: the closed time is nobody’s, unless it was closed while unfinished (S2 k.1)', () =>
    law((one, wait) => {
      const before = read(one)
      if (before.state !== 'running') return
      const reopened = later(one, wait)
      const marks = (countsClosedTime: boolean): ClockMark[] => [
        { kind: 'end', at: one.now },
        { kind: 'reopen', at: reopened.now, countsClosedTime },
      ]
      expect(read(reopened, marks(false)).usedSeconds).toBe(before.usedSeconds)
      expect(read(reopened, marks(true)).usedSeconds).toBe(read(reopened).usedSeconds)
      expect(read(reopened, marks(true)).dueAt).toBe(before.dueAt)
    }))
})

describe('what is over', () => {
  test('never changes, whatever comes after it and whatever becomes known', () =>
    law((one) => {
      const over = read(one).levels.filter((level) => level.endedAt !== null)
      const holder = { agencyId: provinces[one.province]!.agencies[0]! }
      const more: ClockMark[] = [
        { kind: 'start', at: one.now, level: 'focal-officer', holder, allowanceSeconds: 8 * 3600 },
        { kind: 'stop', at: one.now - 9 * HOUR, reason: 'pause' },
        { kind: 'calendar', at: one.now + 1000, knownAt: one.now + 1000, act: 'thông báo' },
      ]
      expect(read(one, more).levels.slice(0, over.length)).toEqual(over)
    }))

  test('D14: counted anew as it was known then it is the same', () =>
    law(({ province, marks, now }) => {
      const first = marks[0]!.at
      if (marks.some((mark) => mark.kind === 'calendar' || (mark.kind === 'start' && mark.at !== first))) return
      const context = {
        now,
        workingTimeFor: ({ agencyId }: { agencyId: string }, knownAt: number) =>
          bookOf(province).workingTime(agencyId, knownAt),
      }
      expect(readClock(marks, { ...context, knownAt: first })).toEqual(readClock(marks, context))
    }))
})
