import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { chipOf } from '../../../src-renderer/deadlines/chip.ts'
import type { ClockView } from '../../../src-shared/cases/views.ts'
import { openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { soonSecondsOf } from '../../../src-shared/deadlines/soon.ts'
import { agencyIdSchema } from '../../../src-shared/ids.ts'
import { say, type WordKey, type WordParams } from '../../../src-shared/words/words.ts'

const json: unknown = JSON.parse(
  readFileSync(new URL('../../../resources/calendars/dong-thap-offices.json', import.meta.url), 'utf8'),
)
const opened = openCalendarBook([{ where: 'dong-thap-offices', json }])
if (!opened.ok) throw new Error('the calendar of the offices does not open')
const time = opened.book.workingTime('dong-thap-offices')
const vi = (key: WordKey, params?: WordParams) => say('vi', key, params)

// A slip received Fri 28/8/2026 16:00 is due Thu 3/9/2026 16:00: 31/8 swapped away, 1/9 and 2/9 National Day.
const clock: ClockView = {
  state: 'running',
  level: 'focal-officer',
  agencyId: agencyIdSchema.parse('so-xay-dung'),
  calendarId: 'dong-thap-offices',
  startedAt: '2026-08-28T16:00:00+07:00',
  dueAt: '2026-09-03T16:00:00+07:00',
  endedAt: null,
  isLate: false,
  correctedDueAt: null,
  isProvisional: false,
}
const soon = soonSecondsOf({ remindersBeforeDueMinutes: { focalOfficer: [120, 30], head: [480] } })
const at = (text: string, change: Partial<ClockView> = {}) =>
  chipOf({ ...clock, ...change }, fromIso(text), time, soon, vi)

describe('the deadline chip (#17, #22)', () => {
  test('counts working time: nothing is used up over the holidays', () => {
    expect(at('2026-08-28T16:00:00+07:00')).toEqual({ tone: 'calm', text: 'còn 8 giờ làm việc' })
    expect(at('2026-08-28T18:00:00+07:00')).toEqual(at('2026-09-02T22:00:00+07:00'))
  })

  test('turns amber with the first reminder of the policy (#28), here two working hours before', () => {
    expect(at('2026-09-03T13:59:00+07:00').tone).toBe('calm')
    expect(at('2026-09-03T14:00:00+07:00')).toEqual({ tone: 'soon', text: 'còn 2 giờ làm việc' })
  })

  test('is met at the due second itself, and late after it even before the register says so', () => {
    expect(at('2026-09-03T16:00:00+07:00').tone).toBe('soon')
    expect(at('2026-09-03T16:30:00+07:00')).toEqual({ tone: 'late', text: 'trễ 30 phút' })
  })

  test('late stays late (Đ.10 k.2): what the register said is not unsaid by a later due time', () => {
    expect(at('2026-09-03T10:00:00+07:00', { isLate: true }).tone).toBe('late')
  })

  test('a head has a wider warning than an officer', () => {
    expect(at('2026-09-03T10:00:00+07:00').tone).toBe('calm')
    expect(at('2026-09-03T10:00:00+07:00', { level: 'head' }).tone).toBe('soon')
  })

  test('says what does not count', () => {
    expect(at('2026-09-03T10:00:00+07:00', { state: 'stopped' }).tone).toBe('stopped')
    expect(at('2026-09-03T10:00:00+07:00', { level: 'office', dueAt: null }).text).toBe('không quy định thời hạn')
    expect(at('2026-09-04T10:00:00+07:00', { state: 'ended' }).text).toBe('đúng hạn')
    expect(at('2026-09-04T10:00:00+07:00', { state: 'ended', isLate: true }).text).toBe('đã xong, trễ hạn')
  })

  test('promises nothing while the calendars are not there yet', () => {
    expect(chipOf(clock, fromIso('2026-09-03T10:00:00+07:00'), null, soon, vi).text).toBe('đang đọc lịch làm việc')
  })
})
