import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { clockOfOpinion, duesOf, firstDue } from '../../../src-renderer/agency/deadlines.ts'
import {
  endOfNextWorkingDay,
  groupForHead,
  groupOpinions,
  groupSlips,
} from '../../../src-renderer/agency/slip-groups.ts'
import { chipOf } from '../../../src-renderer/deadlines/chip.ts'
import { type AgencyRow, agencyRowSchema, opinionSchema } from '../../../src-shared/api/agency.ts'
import { openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { soonSecondsOf } from '../../../src-shared/deadlines/soon.ts'
import { agencyIdSchema } from '../../../src-shared/ids.ts'

const calendar = (name: string): unknown =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../resources/calendars', name), 'utf8'))
function officeHours() {
  const opened = openCalendarBook([{ where: 'offices', json: calendar('dong-thap-offices.json') }])
  if (!opened.ok) throw new Error(opened.problems[0]!.message)
  return opened.book.workingTime('dong-thap-offices')
}

function row(
  caseId: string,
  changes: Partial<AgencyRow>,
  dueAt: string | null,
  state: 'running' | 'ended' = 'running',
): AgencyRow {
  return agencyRowSchema.parse({
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
      correctedDueAt: null,
      isProvisional: false,
    },
    sync: 'confirmed',
    leadName: 'Sở Xây dựng',
    opinions: [],
    externalDueAt: null,
    ...changes,
  })
}

describe('the list', () => {
  test('#18: answered without a word to the citizen still needs an answer; the earliest due stands first', () => {
    const { toAnswer, answered } = groupSlips(
      [
        row('later', {}, '2026-09-04T10:00:00+07:00'),
        row('told', { stage: 'answered' }, '2026-09-03T10:00:00+07:00', 'ended'),
        row('untold', { stage: 'answered' }, '2026-09-03T10:00:00+07:00'),
        row('closed', { stage: 'closed' }, null, 'ended'),
        row('only asked', { agencyId: agencyIdSchema.parse('so-y-te') }, null),
      ],
      'so-xay-dung',
    )
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

  test('the head sees apart what is late and what will be, whichever level holds it; each slip once', () => {
    const now = fromIso('2026-08-28T16:00:00+07:00')
    const untilAt = endOfNextWorkingDay(now, officeHours())
    const rows = [
      row('over the holidays', {}, '2026-09-03T16:00:00+07:00'),
      row('the day after', { stage: 'with-head' }, '2026-09-04T08:00:00+07:00'),
      row('late already', { stage: 'late', isLate: true }, '2026-08-28T10:00:00+07:00'),
      row('past, and the keeper has not been yet', {}, '2026-08-28T15:59:59+07:00'),
    ]
    const names = (part: readonly AgencyRow[]) => part.map(({ caseId }) => caseId)
    const groups = groupForHead(rows, now, untilAt)
    expect(names(groups.late)).toEqual(['late already', 'past, and the keeper has not been yet'])
    expect(names(groups.soon)).toEqual(['over the holidays'])
    expect(names(groups.rest)).toEqual(['the day after'])
    expect(names(groupForHead(rows, now, null).soon)).toEqual([])
  })
})

describe('#33: opinions', () => {
  const opinion = (consultId: string, askedOf: string, replyBy: string, repliedAt: string | null = null) =>
    opinionSchema.parse({
      consultId,
      askedOf,
      askedOfName: askedOf,
      question: '?',
      askedAt: '2026-08-27T08:00:00+07:00',
      replyBy,
      repliedAt,
      reply: '',
      reminders: 0,
      isNextCopied: false,
      calendarId: 'dong-thap-offices',
      timeText: '',
    })
  const now = fromIso('2026-08-28T16:00:00+07:00')
  const rows = [
    row('ours', { opinions: [opinion('waited for, late', 'so-y-te', '2026-08-28T15:00:00+07:00')] }, null),
    row('ours too', { opinions: [opinion('waited for', 'so-y-te', '2026-08-28T17:00:00+07:00')] }, null),
    row(
      'theirs',
      {
        agencyId: agencyIdSchema.parse('so-y-te'),
        opinions: [
          opinion('owed', 'so-xay-dung', '2026-08-28T16:00:00+07:00'),
          opinion('owed, late', 'so-xay-dung', '2026-08-28T15:59:59+07:00'),
        ],
      },
      null,
    ),
  ]

  test('the late list has what we owe and what we wait for; to its last second an opinion is in time (D6)', () => {
    const { late, owed } = groupOpinions(rows, 'so-xay-dung', now)
    expect(late.map((line) => line.opinion.consultId)).toEqual(['waited for, late', 'owed, late'])
    expect(owed.map((line) => line.opinion.consultId)).toEqual(['owed'])
  })
  test('a slip on which we are only asked is not ours to answer', () => {
    expect(groupSlips(rows, 'so-xay-dung').toAnswer.map(({ caseId }) => caseId)).toEqual(['ours', 'ours too'])
  })
  test('an opinion that came late is shown as done, and as late', () => {
    const late = opinion('c', 'so-y-te', '2026-08-28T15:00:00+07:00', '2026-08-28T15:00:01+07:00')
    expect(clockOfOpinion(late)).toMatchObject({ state: 'ended', isLate: true })
    expect(clockOfOpinion({ ...late, repliedAt: late.replyBy })).toMatchObject({ state: 'ended', isLate: false })
  })
})

test('without a calendar, as after the link of one slip, what is past is red all the same', () => {
  const { clock } = row('x', {}, '2026-08-28T15:00:00+07:00')
  const soon = soonSecondsOf(null)
  const toneAt = (now: string) => chipOf(clock!, fromIso(now), null, soon, (key) => key).tone
  expect(toneAt('2026-08-28T15:00:00+07:00')).toBe('calm')
  expect(toneAt('2026-08-28T15:00:01+07:00')).toBe('late')
})

describe('#4: two deadlines', () => {
  const own = row('x', {}, '2026-09-03T16:00:00+07:00').clock
  test('both are kept, the earlier stands first', () => {
    const dues = duesOf(own, '2026-09-01T10:00:00+07:00')
    expect(dues.map(({ by, clock }) => [by, clock.dueAt])).toEqual([
      ['letter', '2026-09-01T10:00:00+07:00'],
      ['regulation', '2026-09-03T16:00:00+07:00'],
    ])
    expect(firstDue({ clock: own, externalDueAt: '2026-09-04T10:00:00+07:00' })?.by).toBe('regulation')
  })
  test('a pause stops ours and not the letter’s', () => {
    const paused = { ...own!, state: 'stopped' as const, dueAt: null }
    const [first, second] = duesOf(paused, '2026-09-01T10:00:00+07:00')
    expect(first).toMatchObject({ by: 'letter', clock: { state: 'running' } })
    expect(second).toMatchObject({ by: 'regulation', clock: { state: 'stopped' } })
  })
  test('answered in time by the Regulation and after the letter’s time: the letter’s is late', () => {
    const done = { ...own!, state: 'ended' as const, endedAt: '2026-09-03T09:00:00+07:00' }
    const [letter, regulation] = duesOf(done, '2026-09-01T10:00:00+07:00')
    expect(letter?.clock.isLate).toBe(true)
    expect(regulation?.clock.isLate).toBe(false)
  })
})
