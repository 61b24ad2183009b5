import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { instantWriter, readInstant } from '../../../sync-server/src/deadlines/command-line/instant-text.ts'

const second = fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2061, 0, 1) / 1000 }).map((s) => s * 1000)
const zone = fc.constantFrom(
  ...[
    'Asia/Ho_Chi_Minh',
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    '-03:30',
  ],
)

describe('the fast reader and writer of instants', () => {
  test('write what toIso writes, on days of summer time too', () => {
    const writers = new Map<string, (at: number) => string>()
    fc.assert(
      fc.property(second, zone, (at, timeZone) => {
        if (!writers.has(timeZone)) writers.set(timeZone, instantWriter(timeZone))
        expect(writers.get(timeZone)!(at)).toBe(toIso(at, timeZone))
      }),
      { numRuns: 2000 },
    )
    for (const day of ['2026-03-29', '2026-10-25', '2026-04-05', '2026-10-04', '2026-03-08']) {
      for (const timeZone of ['Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns']) {
        const write = instantWriter(timeZone)
        for (let minute = -1440; minute < 2880; minute += 15) {
          const at = Date.parse(`${day}T00:00:00Z`) + minute * 60_000
          expect(write(at)).toBe(toIso(at, timeZone))
        }
      }
    }
  })

  test('read what parseIso reads', () => {
    fc.assert(
      fc.property(second, zone, (at, timeZone) => {
        expect(readInstant(toIso(at, timeZone))).toBe(at)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ...['2026-02-29T00:00:00Z', '2024-02-29T00:00:00Z', '2026-02-30T00:00:00+07:00', '2026-13-01T00:00:00+07:00'],
    ...['2026-01-32T00:00:00Z', '2026-00-10T00:00:00Z', '2026-01-00T00:00:00Z', '2026-04-31T00:00:00+07:00'],
    ...['2026-01-10T24:00:00Z', '2026-01-10T23:60:00Z', '2026-01-10T23:59:60Z', '2026-01-10T00:00:00+24:00'],
    ...['2026-01-10T00:00:00+07:60', '2026-01-10T00:00:00 07:00', '2026-01-10T00:00:00+0700', '2026-01-10T00:00:00'],
    ...['2026-01-10 00:00:00Z', '2026-01-10t00:00:00z', '2026-01-1aT00:00:00Z', '2026-01-10T00:00:00.250+07:00'],
    ...[
      '2026-01-10T00:00:00.12Z',
      '2026-01-10T00:00:00-00:30',
      '2026/01/10T00:00:00Z',
      '2026-01-10T00-00-00Z',
      '',
      'Z',
    ],
    ...['２０26-01-10T00:00:00Z', '0000-01-10T00:00:00Z', '2026-01-10T00:00Z', '2026-01-10T0000000000000Z'],
  ])('agree on %s', (text) => {
    expect(readInstant(text)).toBe(parseIso(text))
  })

  test('any text of either length is read alike', () => {
    const digit = fc.constantFrom(...'0123456789:-+TZ. ')
    const near = fc.tuple(second, zone, fc.nat(24), digit).map(([at, timeZone, i, character]) => {
      const text = toIso(at, timeZone)
      return text.slice(0, i) + character + text.slice(i + 1)
    })
    fc.assert(
      fc.property(near, (text) => {
        expect(readInstant(text)).toBe(parseIso(text))
      }),
      { numRuns: 3000 },
    )
  })
})
