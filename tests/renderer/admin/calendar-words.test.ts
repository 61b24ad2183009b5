import { describe, expect, test } from 'vitest'
import { historyOf, isReplaced } from '../../../src-renderer/admin/history.ts'
import { shiftWords } from '../../../src-renderer/admin/impact.ts'
import { entriesOfProposal } from '../../../src-renderer/admin/proposal-entries.ts'
import type { Say } from '../../../src-renderer/session/words.ts'
import { parseCalendar } from '../../../src-shared/deadlines/calendar.ts'
import { proposeHolidays } from '../../../src-shared/deadlines/holidays/proposals.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { say } from '../../../src-shared/words/words.ts'

const vi: Say = (key, params) => say('vi', key, params)

describe('how far a case moves, in words', () => {
  test.each([
    ['2026-11-24T15:00:00+07:00', '2026-11-25T15:00:00+07:00', 'muộn hơn 1 ngày'],
    ['2026-11-27T16:00:00+07:00', '2026-11-30T16:30:00+07:00', 'muộn hơn 3 ngày 30 phút'],
    ['2026-11-25T15:00:00+07:00', '2026-11-24T15:00:00+07:00', 'sớm hơn 1 ngày'],
    ['2026-11-25T15:00:00+07:00', '2026-11-25T11:30:00+07:00', 'sớm hơn 3 giờ 30 phút'],
    ['2026-11-25T15:00:00+07:00', '2026-11-25T15:00:00+07:00', 'không đổi'],
    ['2026-11-25T15:00:00+07:00', null, 'chưa tính được'],
  ])('from %s to %s: %s', (dueBefore, dueAfter, words) => {
    expect(shiftWords({ dueBefore, dueAfter }, vi)).toBe(words)
  })
})

describe('the history of a calendar (D14)', () => {
  const day = (on: string, knownAt: string, working: string[] = []) => ({
    on,
    working,
    reason: 'nghỉ',
    act: `văn bản ${knownAt.slice(0, 10)}`,
    knownAt,
  })
  const parsed = parseCalendar(
    {
      id: 'x',
      timeZone: 'Asia/Ho_Chi_Minh',
      weeks: [{ from: '2015-01-01', knownAt: '2015-01-01T00:00:00+07:00', hours: { mon: ['07:00-11:00'] } }],
      days: [
        day('2026-11-23', '2026-11-01T08:00:00+07:00'),
        day('2026-11-24', '2026-11-01T08:00:00+07:00'),
        day('2026-11-24', '2026-11-20T09:00:00+07:00', ['07:00-11:00']),
      ],
    },
    'x',
  )
  if (!parsed.ok) throw new Error('the calendar does not parse')

  test('newest first; what one act said at one instant is one step, weeks too', () => {
    const steps = historyOf(parsed.calendar)
    expect(steps.map(({ knownAt, days, weeks }) => [knownAt, days.length, weeks.length])).toEqual([
      [fromIso('2026-11-20T09:00:00+07:00'), 1, 0],
      [fromIso('2026-11-01T08:00:00+07:00'), 2, 0],
      [fromIso('2015-01-01T00:00:00+07:00'), 0, 1],
    ])
  })

  test('what a later entry replaced is still there and marked', () => {
    const { calendar } = parsed
    expect(calendar.days.map((each) => isReplaced(each, calendar))).toEqual([false, true, false])
  })
})

describe('a proposal as entries', () => {
  const tet = proposeHolidays(2027).groups.find(({ name }) => name === 'tet')!.options[0]!.days

  test('days in a row for one reason are one entry, to be confirmed, without an act nobody has named', () => {
    const entries = entriesOfProposal(tet, 'offices', () => false)
    expect(entries).toMatchObject([
      {
        on: ['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-02-09'],
        kind: 'holiday',
        act: '',
        isConfirmed: false,
      },
      { on: ['2027-02-10'], reason: 'nghỉ bù Tết Nguyên đán Đinh Mùi (06/02 trùng Thứ Bảy)' },
      { on: ['2027-02-11'] },
    ])
  })

  test('what the calendar knows already is not proposed again', () => {
    const entries = entriesOfProposal(tet, 'offices', (on) => on < '2027-02-11')
    expect(entries).toMatchObject([{ on: ['2027-02-11'] }])
  })
})
