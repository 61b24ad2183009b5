import { describe, expect, test } from 'vitest'
import { intervalProblems, readDate, readIntervals } from '../../../src-renderer/admin/entry-fields.ts'
import { type EntryForm, entriesOf, formFor, formOfEntry, usualHours } from '../../../src-renderer/admin/entry-form.ts'
import { entryTitle, weekWords } from '../../../src-renderer/admin/entry-words.ts'
import { datesIn, dayAfterKey } from '../../../src-renderer/admin/grid-keys.ts'
import { askedEntries, type PendingEntry, type PendingInput } from '../../../src-renderer/admin/pending.ts'
import { problemWords } from '../../../src-renderer/admin/problem-words.ts'
import type { Say } from '../../../src-renderer/session/words.ts'
import { dayNumberOfDate } from '../../../src-shared/deadlines/dates.ts'
import { say } from '../../../src-shared/words/words.ts'
import { openShipped } from '../../shared/deadlines/shipped-calendars.ts'

const vi: Say = (key, params) => say('vi', key, params)
const offices = openShipped().workingTime('dong-thap-offices')
const centres = openShipped().workingTime('dong-thap-service-centres')
const id = 'dong-thap-offices'

const filled = (date: string, change: Partial<EntryForm>): EntryForm => ({
  ...formFor(offices, date),
  reason: 'nghỉ bão',
  act: 'Công điện số 1',
  ...change,
})
const made = (form: EntryForm, dates: readonly string[], hours = offices): PendingInput[] => {
  const answer = entriesOf(form, dates, id, hours)
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return answer.entries
}
const withIds = (inputs: readonly PendingInput[]) =>
  inputs.map((input, index) => ({ ...input, id: `e${index}` }) as PendingEntry)

describe('the keys of the year', () => {
  test.each([
    ['2026-11-24', 'ArrowLeft', '2026-11-23'],
    ['2026-11-30', 'ArrowRight', '2026-12-01'],
    ['2026-11-24', 'ArrowUp', '2026-11-17'],
    ['2026-11-24', 'ArrowDown', '2026-12-01'],
    ['2026-03-31', 'PageDown', '2026-04-30'],
    ['2026-03-31', 'PageUp', '2026-02-28'],
    ['2026-11-24', 'Home', '2026-11-23'],
    ['2026-11-24', 'End', '2026-11-29'],
    // Never out of the year that is shown.
    ['2026-01-01', 'ArrowUp', '2026-01-01'],
    ['2026-12-31', 'PageDown', '2026-12-31'],
    ['2026-01-02', 'Home', '2026-01-01'],
  ])('from %s %s goes to %s', (from, key, to) => {
    expect(dayAfterKey(from, key)).toBe(to)
  })

  test('other keys are left alone; a stretch has the same days whichever end it began at', () => {
    expect(dayAfterKey('2026-11-24', 'a')).toBeNull()
    const there = datesIn({ anchor: '2026-02-27', focus: '2026-03-02' })
    expect(there).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'])
    expect(datesIn({ anchor: '2026-03-02', focus: '2026-02-27' })).toEqual(there)
  })
})

describe('what is typed into the form', () => {
  test('hours as people write them', () => {
    expect(readIntervals('7:00-11:30, 13h30 – 17h; 18g đến 19g15')).toEqual([
      '07:00-11:30',
      '13:30-17:00',
      '18:00-19:15',
    ])
    expect(readIntervals('sáng')).toEqual(['sáng'])
    expect(readIntervals('')).toEqual([])
  })

  test('mistakes in hours are found in the field and said in Vietnamese', () => {
    const [overlap] = intervalProblems(['07:00-11:30', '11:00-17:00'])
    expect(problemWords(vi, overlap!.code, overlap!.params)).toBe(
      'Khoảng giờ "11:00-17:00" chồng lên khoảng "07:00-11:30".',
    )
    expect(intervalProblems(['17:00-07:00']).map(({ code }) => code)).toEqual(['reversed-interval'])
    expect(intervalProblems(['07:00-11:30', '13:30-17:00'])).toEqual([])
  })

  test.each([
    ['24/11/2026', '2026-11-24'],
    ['3/9/2026', '2026-09-03'],
    ['03-09-2026', '2026-09-03'],
    ['29/02/2026', null],
    ['11/24/2026', null],
    ['24/11', null],
  ])('the date %s is %s: day first', (text, date) => {
    expect(readDate(text)).toBe(date)
  })

  test('an act is required for every entry, a reason for all but a swap and new hours', () => {
    const problems = (mode: EntryForm['mode']) => {
      const answer = entriesOf(
        { ...formFor(offices, '2026-11-24'), mode, worked: '28/11/2026' },
        ['2026-11-24'],
        id,
        offices,
      )
      return answer.ok ? [] : Object.keys(answer.problems).sort()
    }
    expect(problems('off')).toEqual(['act', 'reason'])
    expect(problems('half')).toEqual(['act', 'reason'])
    expect(problems('hours')).toEqual(['act', 'reason'])
    expect(problems('swap')).toEqual(['act'])
    expect(problems('week')).toEqual(['act'])
  })

  test('a server problem of a code no catalogue has keeps the server’s own words', () => {
    expect(problemWords(vi, 'something-new', {}, 'lời của máy chủ')).toBe('lời của máy chủ')
    expect(problemWords(vi, 'day-known', { value: '2026-11-24' })).toContain('Ngày 24/11/2026 ')
  })
})

describe('entries made of the form (#25)', () => {
  test('days off', () => {
    expect(made(filled('2026-11-24', { kind: 'closed' }), ['2026-11-24', '2026-11-25'])).toEqual([
      {
        type: 'days',
        calendarId: id,
        isConfirmed: true,
        act: 'Công điện số 1',
        on: ['2026-11-24', '2026-11-25'],
        working: [],
        kind: 'closed',
        reason: 'nghỉ bão',
      },
    ])
  })

  test('half days take the half of each day’s usual hours and pass over days off', () => {
    const dates = ['2026-11-27', '2026-11-28', '2026-11-29']
    const [half, ...rest] = made(filled('2026-11-27', { mode: 'half', half: 'afternoon' }), dates)
    expect(rest).toEqual([])
    expect(half).toMatchObject({ on: ['2026-11-27'], working: ['13:30-17:00'] })
    // Service centres work on Saturday mornings: that morning is all there is.
    const atCentres = made(filled('2026-11-27', { mode: 'half', half: 'morning' }), dates, centres)
    expect(atCentres).toMatchObject([{ on: ['2026-11-27', '2026-11-28'], working: ['07:00-11:30'] }])
  })

  test('other hours over a stretch pass over weekends; one chosen Sunday is meant', () => {
    const form = filled('2026-11-27', { mode: 'hours', hours: '8:00-12:00' })
    expect(made(form, ['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30'])).toMatchObject([
      { on: ['2026-11-27', '2026-11-30'], working: ['08:00-12:00'] },
    ])
    expect(made(form, ['2026-11-29'])).toMatchObject([{ on: ['2026-11-29'] }])
  })

  test('usual hours look past a holiday to the same weekday before it', () => {
    expect(offices.hoursOn(dayNumberOfDate('2026-09-02')).intervals).toEqual([])
    expect(usualHours(offices, '2026-09-02')).toHaveLength(2)
  })

  test('a swap is two days under one act; each names the other', () => {
    const form = filled('2026-08-31', { mode: 'swap', worked: '22/8/2026', reason: '' })
    const asked = askedEntries(withIds(made(form, ['2026-08-31'])), id)
    expect(asked.days).toEqual([
      {
        on: '2026-08-31',
        working: [],
        kind: 'swap',
        reason: 'nghỉ hoán đổi, làm bù ngày 22/8/2026',
        act: 'Công điện số 1',
      },
      {
        on: '2026-08-22',
        working: ['07:00-11:30', '13:30-17:00'],
        kind: 'swap',
        reason: 'làm bù ngày 31/8/2026',
        act: 'Công điện số 1',
      },
    ])
    const same = entriesOf({ ...form, worked: '31/8/2026' }, ['2026-08-31'], id, offices)
    expect(same).toMatchObject({ ok: false, problems: { worked: { code: 'entry.workedSame' } } })
  })

  test('new weekly hours from a date', () => {
    const week = { ...formFor(offices, '2026-12-01').week, mon: '7:30-11:30, 13:00-17:00', sat: '7:00-11:00' }
    const [entry] = withIds(made(filled('2026-12-01', { mode: 'week', from: '01/12/2026', week }), ['2026-12-01']))
    expect(entry).toMatchObject({ type: 'week', from: '2026-12-01' })
    expect(entryTitle(entry!, vi)).toBe('Giờ làm việc mới từ Thứ Ba 01/12/2026')
    if (entry?.type !== 'week') throw new Error('not a week')
    expect(weekWords(entry.hours, vi)).toBe(
      'Thứ Hai: 07:30–11:30, 13:00–17:00; Thứ Ba – Thứ Sáu: 07:00–11:30, 13:30–17:00; Thứ Bảy: 07:00–11:00; Chủ nhật: nghỉ',
    )
    const wrong = entriesOf(filled('2026-12-01', { mode: 'week', week: { ...week, tue: 'x' } }), [], id, offices)
    expect(wrong).toMatchObject({ ok: false, problems: { tue: { code: 'calendar-problem.bad-interval' } } })
  })

  test('an entry that is mended comes back as it was put down', () => {
    const forms: [EntryForm, string[]][] = [
      [filled('2026-11-24', { kind: 'closed' }), ['2026-11-24', '2026-11-25']],
      [filled('2026-11-24', { mode: 'hours', hours: '08:00-12:00' }), ['2026-11-24']],
      [filled('2026-08-31', { mode: 'swap', worked: '22/8/2026' }), ['2026-08-31']],
      [filled('2026-12-01', { mode: 'week', from: '01/12/2026' }), ['2026-12-01']],
    ]
    for (const [form, dates] of forms) {
      const [entry] = withIds(made(form, dates))
      expect(withIds(made(formOfEntry(entry!, offices), dates))).toEqual([entry])
    }
  })
})

describe('what the register is asked', () => {
  const pending = withIds([
    ...made(filled('2026-11-24', {}), ['2026-11-24', '2026-11-25']),
    ...made(filled('2026-12-01', { mode: 'week', from: '01/12/2026' }), ['2026-12-01']),
    ...made(filled('2026-08-31', { mode: 'swap', worked: '22/8/2026' }), ['2026-08-31']),
  ])

  test('a problem is shown beside the entry it belongs to', () => {
    const { ownerOf } = askedEntries(pending, id)
    expect(['days[1]', 'days[2].working[0]', 'days[3].reason', 'weeks[0].from', 'days[9]', ''].map(ownerOf)).toEqual([
      'e0',
      'e2',
      'e2',
      'e1',
      null,
      null,
    ])
  })

  test('only confirmed entries of this calendar are sent, and a change of any of them is another question', () => {
    const proposed = pending.map((entry, index) => ({ ...entry, isConfirmed: index !== 0 }))
    expect(askedEntries(proposed, id).days.map(({ on }) => on)).toEqual(['2026-08-31', '2026-08-22'])
    expect(askedEntries(pending, 'dong-thap-service-centres').days).toEqual([])
    expect(askedEntries(proposed, id).key).not.toBe(askedEntries(pending, id).key)
    const other = pending.map((entry) => ({ ...entry, act: 'Công điện số 2' }))
    expect(askedEntries(other, id).key).not.toBe(askedEntries(pending, id).key)
    expect(askedEntries([...pending], id).key).toBe(askedEntries(pending, id).key)
  })
})
