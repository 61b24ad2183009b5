import { describe, expect, test } from 'vitest'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { assertAppended, type StoredCalendar, withFiles } from '../../../sync-server/src/calendars/append-only.ts'

const day = (on: string, knownAt: string, act = 'QĐ 1') => ({ on, working: [], reason: 'nghỉ', act, knownAt })
const calendar = (days: ReturnType<typeof day>[], more: Partial<StoredCalendar> = {}): StoredCalendar => ({
  id: 'offices',
  timeZone: 'Asia/Ho_Chi_Minh',
  weeks: [{ from: '2026-01-01', knownAt: '2026-01-01T00:00:00+07:00', hours: { mon: ['07:00-11:30'] } }],
  days,
  ...more,
})
const newYear = day('2027-01-01', '2026-01-01T00:00:00+07:00')
const tet = day('2027-02-06', '2026-06-01T00:00:00+07:00')
const now = fromIso('2026-11-23T15:00:00+07:00')

describe('D14: nothing that was known is ever unknown', () => {
  test('an entry gone, edited or moved, and a calendar gone, are bugs', () => {
    const before = [calendar([newYear, tet])]
    expect(() => assertAppended(before, [calendar([newYear, tet, day('2028-01-01', tet.knownAt)])])).not.toThrow()
    for (const after of [
      [calendar([newYear])],
      [calendar([tet, newYear])],
      [calendar([newYear, { ...tet, act: 'x' }])],
      [],
    ]) {
      expect(() => assertAppended(before, after)).toThrow()
    }
    expect(() => assertAppended(before, [calendar([newYear, tet], { weeks: [] })])).toThrow('weeks[0]')
  })

  test('a file with a new entry: it is known from the instant the register read it, whatever the file claims', () => {
    const seen = [calendar([newYear])]
    const entered = day('2026-11-24', '2026-11-20T08:00:00+07:00', 'NQ 80')
    const stored = [calendar([newYear, entered])]
    const [after] = withFiles(stored, seen, [calendar([newYear, tet])], now)
    expect(after!.days).toEqual([newYear, entered, { ...tet, knownAt: '2026-11-23T15:00:00+07:00' }])
  })

  test('what a file no longer says stays; what it says again a second time is a second entry', () => {
    const seen = [calendar([newYear, tet])]
    const [after] = withFiles(seen, seen, [calendar([newYear, newYear])], now)
    expect(after!.days).toEqual([newYear, tet, { ...newYear, knownAt: '2026-11-23T15:00:00+07:00' }])
  })

  test('an entry of the file that is to be known only later keeps its own instant', () => {
    const later = day('2028-01-01', '2027-06-01T00:00:00+07:00')
    const [after] = withFiles([calendar([])], [calendar([])], [calendar([later])], now)
    expect(after!.days).toEqual([later])
  })

  test('a calendar nobody had is taken as it stands; one whose file is gone stays', () => {
    const other = calendar([tet], { id: 'centres', inherits: 'offices' })
    expect(withFiles([calendar([newYear])], [calendar([newYear])], [other], now)).toEqual([calendar([newYear]), other])
  })
})
