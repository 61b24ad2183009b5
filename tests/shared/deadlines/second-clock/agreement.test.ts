import { describe, expect, test } from 'vitest'
import type { ClockMark } from '../../../../src-shared/deadlines/clock.ts'
import { hours, local } from '../shipped-calendars.ts'
import { text } from './compare.ts'
import { checkRealSeed, checkSeed } from './generated.ts'
import { provinceOf } from './provinces.ts'
import { readSecond } from './second-clock.ts'

/**
 * A red run prints its seeds. One seed again: `BT1022_CLOCK_SEED=4711`; more of them, or others:
 * `BT1022_CLOCK_CASES=50000 BT1022_CLOCK_FROM=1000000`.
 */
const { BT1022_CLOCK_SEED, BT1022_CLOCK_CASES, BT1022_CLOCK_FROM } = process.env
const first = Number(BT1022_CLOCK_SEED ?? BT1022_CLOCK_FROM ?? 0)
const count = BT1022_CLOCK_SEED === undefined ? Number(BT1022_CLOCK_CASES ?? 10_000) : 1
/** One in five is a whole case under the real rules, which takes four times as long. */
const real = Math.ceil(count / 5)
const made = Math.max(1, count - real)

const province = provinceOf(0)
const start = (at: string, allowance: number, agencyId = 'dong-thap-offices'): ClockMark => ({
  kind: 'start',
  at: local(at),
  level: 'focal-officer',
  holder: { agencyId },
  allowanceSeconds: hours(allowance),
})
const dueAs = (mark: ClockMark, asKnown: string) =>
  text(readSecond([mark], province.second, mark.at, local(asKnown)).dueAt!).slice(0, 16)

describe('the second clock itself says what requirements.md says', () => {
  test.each([
    ['31/8 swapped away, 1/9 and 2/9 National Day', '2026-08-28 16:00', 8, '2026-09-03T16:00'],
    ['the swapped Saturday is worked', '2026-08-21 15:00', 8, '2026-08-22T15:00'],
    ['D6: received at lunch, due at the end of an interval', '2026-10-06 12:10', 8, '2026-10-07T11:30'],
    ['D2: R1 from the head’s receipt', '2026-10-06 08:00', 48, '2026-10-14T08:00'],
    ['D2: R2 from the first transfer', '2026-10-05 08:00', 48, '2026-10-13T08:00'],
  ])('%s', (_why, from, allowance, due) => {
    expect(dueAs(start(from, allowance), '2026-12-01 00:00')).toBe(due)
  })

  test('24/11 before and after it was announced (D14)', () => {
    expect(dueAs(start('2026-11-23 15:00', 8), '2026-01-01 00:00')).toBe('2026-11-24T15:00')
    expect(dueAs(start('2026-11-23 15:00', 8), '2026-02-15 00:00')).toBe('2026-11-25T15:00')
  })

  test('an hour of a service that never closes is an hour', () => {
    expect(dueAs(start('2026-02-16 23:30', 8, 'utilities-24-7'), '2026-02-15 00:00')).toBe('2026-02-17T07:30')
  })
})

describe('the two clocks agree to the second (#17–#38, D1–D15)', () => {
  test(`${made} histories of marks`, { timeout: 300_000 }, () => {
    const found: string[] = []
    for (let seed = first; seed < first + made && found.length < 200; seed += 1) found.push(...checkSeed(seed))
    expect(found.join('\n')).toBe('')
  })

  test(`${real} cases under the real rules, with marks as the product makes them`, { timeout: 300_000 }, () => {
    const found: string[] = []
    const seen = new Map<string, number>()
    for (let seed = first; seed < first + real && found.length < 200; seed += 1)
      found.push(...checkRealSeed(seed, seen))
    expect(found.join('\n')).toBe('')
    // A generator that never came to a pause or a reopening would agree with anything.
    const rare = REACHED.filter((name) => (seen.get(name) ?? 0) < real / 100)
    expect(real < 500 ? [] : rare).toEqual([])
  })
})

describe('seeds that once differed', () => {
  test.each([['an act of the agency in whose hours a cap was used up, and nothing else', 1_176_870]])(
    '%s',
    (_why, seed) => {
      expect(checkRealSeed(seed).join('\n')).toBe('')
    },
  )
})

const REACHED = [
  'slip.escalated',
  'case.became-late',
  'slip.postponed',
  'slip.promised',
  'slip.transferred',
  'slip.return-accepted',
  'supplement.requested',
  'supplement.received',
  'pause.confirmed',
  'pause.ended',
  'slip.answered',
  'citizen.told',
  'case.reopened',
  'case.withdrawn',
  'clock.recounted',
]
