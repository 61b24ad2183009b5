import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'

const zones = ['Asia/Ho_Chi_Minh', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC']

test('an instant is written as Temporal writes it, in any zone, before and after its clocks change', () => {
  const anyInstant = fc.oneof(
    fc.integer({ min: Date.UTC(1960, 0, 1), max: Date.UTC(2150, 0, 1) }),
    // Around the changes of 2026, to the millisecond.
    fc
      .tuple(
        fc.constantFrom('2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-03-08T07:00:00Z', '2026-04-04T15:00:00Z'),
        fc.integer({ min: -2000, max: 2000 }),
      )
      .map(([at, beside]) => Date.parse(at) + beside),
    fc.integer({ min: 0, max: 4e6 }).map((half) => half * 500),
  )
  fc.assert(
    fc.property(anyInstant, fc.constantFrom(...zones), (instant, timeZone) => {
      const text = toIso(instant, timeZone)
      expect(text).toBe(Temporal.Instant.fromEpochMilliseconds(instant).toString({ timeZone }))
      expect(fromIso(text)).toBe(instant)
    }),
    { numRuns: 5000, seed: 1022 },
  )
})

test('a text is read as Temporal reads it, or refused as Temporal refuses it', () => {
  const two = (from: number, to: number) => fc.integer({ min: from, max: to }).map((n) => String(n).padStart(2, '0'))
  const offset = fc.oneof(
    fc.constantFrom('Z', '', 'z', '+07', '+0700', '[Asia/Ho_Chi_Minh]', '+07:00[Asia/Ho_Chi_Minh]'),
    fc
      .tuple(fc.constantFrom('+', '-'), two(0, 25), two(0, 61))
      .map(([sign, hours, minutes]) => `${sign + hours}:${minutes}`),
  )
  const fraction = fc.oneof(fc.constant(''), fc.stringMatching(/^[.,]\d{1,9}$/))
  const text = fc
    .tuple(
      fc.constantFrom('1999', '2000', '2026', '2099', '+002026'),
      two(0, 13),
      two(0, 32),
      two(0, 25),
      two(0, 61),
      two(0, 61),
    )
    .map(([year, month, day, hour, minute, second]) => `${year}-${month}-${day}T${hour}:${minute}:${second}`)
  const read = (by: () => number): number | string => {
    try {
      return by()
    } catch {
      return 'refused'
    }
  }
  fc.assert(
    fc.property(text, fraction, offset, (time, part, zone) => {
      const whole = time + part + zone
      expect(read(() => fromIso(whole))).toBe(read(() => Temporal.Instant.from(whole).epochMilliseconds))
    }),
    { numRuns: 20_000, seed: 1022 },
  )
})

test('what is no instant is refused', () => {
  for (const instant of [Number.NaN, Number.POSITIVE_INFINITY, 1.5, 9e15]) expect(() => toIso(instant)).toThrow()
})
