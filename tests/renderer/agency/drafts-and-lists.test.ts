import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyForms } from '../../../src-renderer/agency/acts.ts'
import { linkToken, placeOf } from '../../../src-renderer/agency/place.ts'
import { openDrafts, type Shelf } from '../../../src-renderer/agency/slip-drafts.ts'
import { endOfNextWorkingDay, groupSlips, soonLate } from '../../../src-renderer/agency/slip-groups.ts'
import { type CaseRow, caseRowSchema } from '../../../src-shared/cases/views.ts'
import { openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'

function shelf(): Shelf & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

describe('drafts', () => {
  test('are kept by author, slip and form until they are sent', () => {
    const on = shelf()
    const mine = openDrafts(on, 'tk-truc-vt')
    const typed = { ...emptyForms.answer, text: 'Đã thay' }
    expect(mine.keep('case-1', 'answer', typed)).toBe(true)
    expect(openDrafts(on, 'tk-truc-vt').read('case-1', 'answer')).toEqual(typed)
    expect(mine.read('case-2', 'answer')).toBeNull()
    expect(mine.read('case-1', 'return')).toBeNull()
    expect(openDrafts(on, 'tk-tan-hd').read('case-1', 'answer')).toBeNull()
    mine.drop('case-1', 'answer')
    expect(on.kept.size).toBe(0)
  })
  test('an answered slip leaves nothing of the citizen on the telephone, other slips keep theirs', () => {
    const on = shelf()
    const mine = openDrafts(on, 'a')
    mine.keep('case-1', 'answer', { ...emptyForms.answer, text: 'Đã thay' })
    mine.keep('case-1', 'return', { reason: 'Thuộc Sở Y tế' })
    mine.keep('case-2', 'return', { reason: 'Thuộc Sở Y tế' })
    mine.dropAll('case-1')
    expect([...on.kept.keys()]).toEqual(['bt1022.draft.a.case-2.return'])
  })
  test('a browser that keeps nothing is not said to keep, and a torn draft is no draft', () => {
    const full = {
      ...shelf(),
      setItem: () => {
        throw new Error('quota')
      },
    }
    expect(openDrafts(full, 'a').keep('case-1', 'return', { reason: 'x' })).toBe(false)
    const torn = shelf()
    openDrafts(torn, 'a').keep('case-1', 'return', { reason: 'x' })
    for (const key of torn.kept.keys()) torn.kept.set(key, '{"reason":')
    expect(openDrafts(torn, 'a').read('case-1', 'return')).toBeNull()
  })
})

const calendar = (name: string): unknown =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../resources/calendars', name), 'utf8'))
function officeHours() {
  const opened = openCalendarBook([{ where: 'offices', json: calendar('dong-thap-offices.json') }])
  if (!opened.ok) throw new Error(opened.problems[0]!.message)
  return opened.book.workingTime('dong-thap-offices')
}

function row(
  caseId: string,
  changes: Partial<CaseRow>,
  dueAt: string | null,
  state: 'running' | 'ended' = 'running',
): CaseRow {
  return caseRowSchema.parse({
    caseId,
    code: '26-0000001-A',
    stage: 'with-focal-officer',
    kind: 'report',
    channel: 'phone',
    fieldId: null,
    areaId: null,
    excerpt: '',
    citizenName: '',
    phone: '',
    isUrgent: false,
    isLate: false,
    agencyId: 'so-xay-dung',
    resolvedLevel: null,
    openedAt: '2026-08-27T08:00:00+07:00',
    updatedAt: '2026-08-27T08:00:00+07:00',
    clock: {
      state,
      level: 'focal-officer',
      agencyId: 'so-xay-dung',
      calendarId: 'dong-thap-offices',
      startedAt: '2026-08-27T08:00:00+07:00',
      dueAt,
      endedAt: null,
      isLate: false,
      isProvisional: false,
    },
    sync: 'confirmed',
    ...changes,
  })
}

describe('the list', () => {
  test('#18: answered without a word to the citizen still needs an answer; the earliest due stands first', () => {
    const { toAnswer, answered } = groupSlips([
      row('later', {}, '2026-09-04T10:00:00+07:00'),
      row('told', { stage: 'answered' }, '2026-09-03T10:00:00+07:00', 'ended'),
      row('untold', { stage: 'answered' }, '2026-09-03T10:00:00+07:00'),
      row('closed', { stage: 'closed' }, null, 'ended'),
    ])
    expect(toAnswer.map(({ caseId }) => caseId)).toEqual(['untold', 'later'])
    expect(answered.map(({ caseId }) => caseId).sort()).toEqual(['closed', 'told'])
  })

  test.each([
    ['an ordinary Thursday morning', '2026-08-27T09:00:00+07:00', '2026-08-28T17:00:00+07:00'],
    ['the Friday before the National Day holidays', '2026-08-28T16:00:00+07:00', '2026-09-03T17:00:00+07:00'],
    ['a Friday before a Saturday that is worked', '2026-08-21T09:00:00+07:00', '2026-08-22T17:00:00+07:00'],
    ['a Sunday', '2026-10-04T09:00:00+07:00', '2026-10-05T17:00:00+07:00'],
  ])('the head looks ahead to the end of the next working day: %s', (_, now, until) => {
    expect(toIso(endOfNextWorkingDay(fromIso(now), officeHours()))).toBe(until)
  })

  test('soon late is what still runs, is not late yet and is due by then', () => {
    const now = fromIso('2026-08-28T16:00:00+07:00')
    const untilAt = endOfNextWorkingDay(now, officeHours())
    const rows = [
      row('over the holidays', {}, '2026-09-03T16:00:00+07:00'),
      row('the day after', {}, '2026-09-04T08:00:00+07:00'),
      row('late already', { stage: 'late', isLate: true }, '2026-08-28T10:00:00+07:00'),
      row('answered', { stage: 'answered' }, '2026-09-03T16:00:00+07:00', 'ended'),
    ]
    expect(soonLate(rows, now, untilAt).map(({ caseId }) => caseId)).toEqual(['over the holidays'])
  })
})

test('where the person is stands in the address', () => {
  expect(placeOf('')).toEqual({ at: 'list' })
  expect(placeOf('#/phieu/01a2-b')).toEqual({ at: 'slip', caseId: '01a2-b' })
  expect(placeOf('#/phieu/../x')).toEqual({ at: 'list' })
  expect(linkToken('/phieu/abc_DEF-123')).toBe('abc_DEF-123')
  expect(linkToken('/agency')).toBeNull()
})
