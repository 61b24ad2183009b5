import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CalendarJson, parseCalendar } from '../../../src-shared/deadlines/calendar.ts'
import { wholeSecond } from '../../../src-shared/deadlines/instants.ts'
import { compileWorkingTime } from '../../../src-shared/deadlines/working-time.ts'
import { minuteByMinute } from './minute-by-minute.ts'
import { randomCalendar, randomInstant } from './random-calendars.ts'
import { hours, local, openShipped } from './shipped-calendars.ts'

const offices = openShipped().workingTime('dong-thap-offices')
const anyInstant = fc.integer({ min: local('2015-01-01 00:00'), max: local('2039-12-31 00:00') })
const anyAmount = fc.oneof(
  fc.integer({ min: 0, max: hours(400) }),
  fc.integer({ min: 0, max: 200 }).map((half) => half * 1800),
)

// One seed, so that a red run can be run again; change it to look elsewhere.
fc.configureGlobal({ seed: 1022 })

const HOUR = 3_600_000
const DAY = 24 * HOUR

function compile(json: CalendarJson, asKnownAt?: number, fromYear = 2025) {
  const parsed = parseCalendar(json, 'random')
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const cut = asKnownAt === undefined ? {} : { asKnownAt }
  return compileWorkingTime([parsed.calendar], { fromYear, toYear: 2026, ...cut })
}

describe('laws of working time', () => {
  test('between(t, add(t, h)) = h, and never later than needed (D6)', () => {
    fc.assert(
      fc.property(anyInstant, anyAmount, (from, amount) => {
        const due = offices.add(from, amount)
        expect(offices.between(from, due)).toBe(amount)
        if (amount > 0) expect(offices.between(from, due - 1000)).toBe(amount - 1)
      }),
      { numRuns: 2000 },
    )
  })

  test('subtract is the mirror of add', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: hours(80) }), (from, amount) => {
        const due = offices.add(from, amount)
        const back = offices.subtract(due, amount)
        expect(offices.between(back, due)).toBe(amount)
        expect(back).toBeGreaterThanOrEqual(wholeSecond(from))
        expect(offices.isOpen(back)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('add is additive and monotone in both arguments', () => {
    fc.assert(
      fc.property(anyInstant, anyAmount, anyAmount, fc.integer({ min: 0, max: 1e9 }), (from, a, b, later) => {
        expect(offices.add(offices.add(from, a), b)).toBe(offices.add(from, a + b))
        expect(offices.add(from, a + b)).toBeGreaterThanOrEqual(offices.add(from, a))
        expect(offices.add(from + later, a)).toBeGreaterThanOrEqual(offices.add(from, a))
      }),
      { numRuns: 2000 },
    )
  })

  test('between is additive and changes sign with its arguments', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, anyInstant, (a, b, c) => {
        expect(offices.between(a, b) + offices.between(b, c)).toBe(offices.between(a, c))
        expect(offices.between(a, b) + offices.between(b, a)).toBe(0)
      }),
      { numRuns: 2000 },
    )
  })

  test('nothing falls due in closed time: the second before the due instant is worked', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: hours(80) }), (from, amount) => {
        expect(offices.isOpen(offices.add(from, amount) - 1000)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('the next opening is open, and all before it is closed', () => {
    fc.assert(
      fc.property(anyInstant, (at) => {
        const opening = offices.nextOpening(at)
        expect(offices.isOpen(opening)).toBe(true)
        expect(offices.between(at, opening)).toBe(0)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('against a second implementation that walks the minutes', () => {
  test('random calendars, with everything known and as known at an instant', () => {
    fc.assert(
      fc.property(
        randomCalendar,
        fc.option(randomInstant, { nil: undefined }),
        fc.array(
          fc.tuple(randomInstant, fc.integer({ min: 0, max: 6 * DAY }), fc.integer({ min: 0, max: hours(60) })),
          {
            minLength: 3,
            maxLength: 3,
          },
        ),
        (json, asKnownAt, questions) => {
          const fast = compile(json, asKnownAt)
          const slow = minuteByMinute(json, asKnownAt)
          for (const [from, span, amount] of questions) {
            const to = from + span
            expect(fast.between(from, to)).toBe(slow.between(from, to))
            expect(fast.isOpen(from)).toBe(slow.isOpen(from))
            const due = slow.add(from, amount, from + 12 * DAY)
            if (due !== null) expect(fast.add(from, amount)).toBe(amount === 0 ? wholeSecond(from) : due)
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  test.each([
    ['Europe/Berlin', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25'],
    ['America/New_York', '2026-03-08'],
    ['America/New_York', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-04-05'],
    ['Australia/Lord_Howe', '2026-10-04'],
    ['Pacific/Apia', '2011-12-30'],
  ])('a zone whose clocks change: %s on %s', (timeZone, changesOn) => {
    const day = ['02:00-11:30', '13:30-24:00']
    const json: CalendarJson = {
      id: 'elsewhere',
      timeZone,
      weeks: [
        {
          from: '2010-01-01',
          knownAt: '2010-01-01T00:00:00Z',
          hours: {
            mon: day,
            tue: day,
            wed: day,
            thu: day,
            fri: day,
            sat: ['00:00-24:00'],
            sun: ['01:00-05:00', '06:00-24:00'],
          },
        },
      ],
      days: [],
    }
    const fast = compile(json, undefined, 2010)
    const slow = minuteByMinute(json)
    const change = Date.parse(`${changesOn}T12:00:00Z`)
    for (let from = change - 4 * DAY; from < change + 4 * DAY; from += 5 * HOUR) {
      for (const span of [7 * HOUR, 3 * DAY])
        expect(fast.between(from, from + span)).toBe(slow.between(from, from + span))
      expect(fast.add(from, 20 * 3600)).toBe(slow.add(from, 20 * 3600, change + 30 * DAY))
    }
  })
})
