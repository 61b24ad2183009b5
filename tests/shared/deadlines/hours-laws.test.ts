import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wholeSecond } from '../../../src-shared/deadlines/instants.ts'
import type { WorkingTime } from '../../../src-shared/deadlines/working-time.ts'
import { provinceOf } from './second-clock/provinces.ts'
import { hours, local } from './shipped-calendars.ts'

// One seed, so that a red run can be run again; change it to look elsewhere.
fc.configureGlobal({ seed: 1022, numRuns: 1500 })

const provinces = Array.from({ length: 12 }, (_, number) => provinceOf(2000 + number))
const anyInstant = fc.integer({ min: local('2025-12-01 00:00'), max: local('2027-01-31 00:00') })
const anyAmount = fc.oneof(
  fc.integer({ min: 1, max: hours(90) }),
  fc.integer({ min: 1, max: 160 }).map((half) => half * 1800),
)

/** Of any office, shipped or made, as it was known at any instant: what the laws of one shipped calendar do not reach. */
const anyHours = fc
  .tuple(fc.nat({ max: provinces.length - 1 }), fc.nat(), anyInstant)
  .map(([number, agency, knownAt]): [string, WorkingTime] => {
    const { agencies, book } = provinces[number]!
    const id = agencies[agency % agencies.length]!
    return [`${id} of province ${2000 + number} as known at ${knownAt}`, book.workingTime(id, knownAt)]
  })
  .map(([name, time]) => ({ time, toString: () => name, toJSON: () => name }))

describe('working time, of any office and as known at any instant', () => {
  test('D6: an amount is used up at its due instant, not a second before, and never in closed time', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, anyAmount, ({ time }, from, amount) => {
        const due = time.add(from, amount)
        expect(time.between(from, due)).toBe(amount)
        expect(time.between(from, due - 1000)).toBe(amount - 1)
        expect(time.isOpen(due - 1000)).toBe(true)
      }),
    )
  })

  test('parts add up, and later or more is never earlier', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, anyAmount, anyAmount, fc.nat({ max: 1e9 }), ({ time }, from, a, b, later) => {
        expect(time.add(time.add(from, a), b)).toBe(time.add(from, a + b))
        expect(time.add(from, a + b)).toBeGreaterThan(time.add(from, a))
        expect(time.add(from + later, a)).toBeGreaterThanOrEqual(time.add(from, a))
      }),
    )
  })

  test('subtract undoes add: what it gives is open, and the last instant from which the time is enough', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, anyAmount, ({ time }, from, amount) => {
        const due = time.add(from, amount)
        const back = time.subtract(due, amount)
        expect(time.add(back, amount)).toBe(due)
        expect(time.isOpen(back)).toBe(true)
        expect(time.between(back + 1000, due)).toBe(amount - 1)
        expect(back).toBeGreaterThanOrEqual(wholeSecond(from))
        expect(time.between(from, back)).toBe(0)
      }),
    )
  })

  test('the next opening is the first open second', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, ({ time }, at) => {
        const opening = time.nextOpening(at)
        expect(time.isOpen(opening)).toBe(true)
        expect(time.between(at, opening)).toBe(0)
        expect(time.add(at, 1)).toBe(opening + 1000)
      }),
    )
  })
})
