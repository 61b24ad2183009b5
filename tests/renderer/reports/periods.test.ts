import { describe, expect, test } from 'vitest'
import {
  instantText,
  type PeriodKind,
  periodKinds,
  periodOf,
  readInstant,
} from '../../../src-renderer/reports/periods.ts'
import { queryOf } from '../../../src-renderer/reports/report-store.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'

const at = (local: string) => fromIso(`${local}:00+07:00`)

describe('#59: the periods of a report', () => {
  test.each<[PeriodKind, string, string, string]>([
    ['this-week', '2026-11-22T23:59', '2026-11-16T00:00', '2026-11-23T00:00'],
    ['this-week', '2026-11-23T00:00', '2026-11-23T00:00', '2026-11-30T00:00'],
    ['last-week', '2026-01-01T08:00', '2025-12-22T00:00', '2025-12-29T00:00'],
    ['this-month', '2026-12-31T08:00', '2026-12-01T00:00', '2027-01-01T00:00'],
    ['last-month', '2026-01-05T08:00', '2025-12-01T00:00', '2026-01-01T00:00'],
    ['this-quarter', '2026-11-22T08:00', '2026-10-01T00:00', '2027-01-01T00:00'],
    ['last-quarter', '2026-02-28T08:00', '2025-10-01T00:00', '2026-01-01T00:00'],
    ['this-year', '2026-02-28T08:00', '2026-01-01T00:00', '2027-01-01T00:00'],
    ['last-year', '2026-02-28T08:00', '2025-01-01T00:00', '2026-01-01T00:00'],
    // Noon of the 25th ends one and begins the next.
    ['cut-off', '2026-10-25T11:59', '2026-08-25T12:00', '2026-09-25T12:00'],
    ['cut-off', '2026-10-25T12:00', '2026-09-25T12:00', '2026-10-25T12:00'],
    ['cut-off', '2026-01-10T12:00', '2025-11-25T12:00', '2025-12-25T12:00'],
  ])('%s, seen on %s', (kind, now, from, to) => {
    const period = periodOf(kind, at(now))!
    expect([toIso(period.from), toIso(period.to)]).toEqual([`${from}:00+07:00`, `${to}:00+07:00`])
  })

  test('every one but the typed has both ends in order', () => {
    for (const kind of periodKinds.filter((each) => each !== 'custom')) {
      const period = periodOf(kind, at('2026-03-31T23:00'))!
      expect(period.from).toBeLessThan(period.to)
    }
    expect(periodOf('custom', at('2026-03-31T23:00'))).toBeNull()
  })
})

describe('an instant as people type it', () => {
  test.each([
    ['25/9/2026 12:00', '2026-09-25T12:00:00+07:00'],
    ['25-09-2026 12h', '2026-09-25T12:00:00+07:00'],
    ['5.10.2026', '2026-10-05T00:00:00+07:00'],
    [' 26/10/2026 17:00:05 ', '2026-10-26T17:00:05+07:00'],
    ['2026-10-26T17:00:05+07:00', '2026-10-26T17:00:05+07:00'],
  ])('%s', (text, instant) => {
    expect(toIso(readInstant(text)!)).toBe(instant)
  })

  test.each(['31/11/2026', '29/2/2026 08:00', '25/9/2026 24:00', '25/9', 'hôm qua', '', '2026-10-26T17:00:05'])(
    '"%s" is none',
    (text) => {
      expect(readInstant(text)).toBeNull()
    },
  )

  test('what is shown is read as the same instant', () => {
    for (const text of ['2026-02-03T09:05:00+07:00', '2026-11-22T17:00:01+07:00']) {
      expect(toIso(readInstant(instantText(fromIso(text)))!)).toBe(text)
    }
  })
})

describe('what is asked of the register', () => {
  const form = {
    kind: 'custom' as const,
    from: '25/9/2026 12:00',
    to: '25/10/2026 12:00',
    withZeroRows: false,
    isAgain: false,
    seq: '99',
    asOf: '',
  }
  const period = { from: '2026-09-25T12:00:00+07:00', to: '2026-10-25T12:00:00+07:00' }

  test('a period; the event and the instant only for an earlier report, the number also as it is printed', () => {
    expect(queryOf(form)).toEqual({ ...period, agencies: 'with-cases' })
    const again = { ...form, withZeroRows: true, isAgain: true, seq: '1.234', asOf: '26/10/2026 17:00:05' }
    expect(queryOf(again)).toEqual({ ...period, agencies: 'all', seq: 1234, asOf: '2026-10-26T17:00:05+07:00' })
  })

  test('what is wrong is said at its field', () => {
    expect(queryOf({ ...form, from: '31/9/2026', to: '' })).toEqual({
      wrong: { from: 'reports.badInstant', to: 'reports.badInstant' },
    })
    expect(queryOf({ ...form, to: form.from })).toEqual({ wrong: { to: 'reports.badPeriod' } })
    expect(queryOf({ ...form, isAgain: true, seq: 'x', asOf: 'y' })).toEqual({
      wrong: { seq: 'reports.badSeq', asOf: 'reports.badInstant' },
    })
  })
})
