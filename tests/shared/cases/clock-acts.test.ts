import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { recountOf } from '../../../src-shared/cases/recount.ts'
import { type CalendarBook, openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { closed, keeper, late, lateCause, people, roads, scene, water, withHead, withOfficer } from './scene.ts'

const { office, officer, head, waterOfficer } = people
const json = JSON.parse(readFileSync('resources/calendars/dong-thap-offices.json', 'utf8'))
const act = 'Thông báo 99/TB-UBND'

/** The offices' calendar with a day off that becomes known at an instant, beside all that was known before. */
function bookWith(on: string, knownAt: string): CalendarBook {
  const day = { on, working: [], kind: 'closed', reason: 'nghỉ do bão', act, knownAt }
  const opened = openCalendarBook([{ where: 'offices', json: { ...json, days: [...json.days, day] } }])
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  return opened.book
}

describe('D14: a calendar corrected afterwards', () => {
  it('moves an open clock by an event that names the act, and only once', () => {
    const s = scene('2026-10-05T08:00:00+07:00')
    s.book = bookWith('2026-10-06', '2026-10-05T10:00:00+07:00')
    s.open().send()
    expect(toIso(s.clock.dueAt!)).toBe('2026-10-06T08:00:00+07:00')
    s.at('2026-10-05T10:00')
    expect(s.do('clock.recount', {}, keeper)).toEqual(['clock.recounted'])
    expect(s.journal.at(-1)!.data).toEqual({
      knownAt: '2026-10-05T10:00:00+07:00',
      acts: [act],
      dueBefore: '2026-10-06T08:00:00+07:00',
      dueAfter: '2026-10-07T08:00:00+07:00',
    })
    expect(toIso(s.clock.dueAt!)).toBe('2026-10-07T08:00:00+07:00')
    expect(s.do('clock.recount', {}, keeper)).toEqual([])
  })

  it('leaves alone a clock that reads the same', () => {
    const s = withOfficer()
    s.book = bookWith('2026-10-20', '2026-10-05T09:00:00+07:00')
    s.at('2026-10-05T10:00')
    expect(s.do('clock.recount', {}, keeper)).toEqual([])
  })

  it('D4: a postponement looks further ahead, and by the calendar as it is known when it is asked', () => {
    const s = withOfficer()
    s.book = bookWith('2026-10-07', '2026-10-05T09:00:00+07:00')
    s.at('2026-10-05T10:00')
    const postpone = { newDueAt: '2026-10-08T16:00:00+07:00', reason: 'Chờ vật tư' }
    expect(s.do('slip.postpone', postpone, officer)).toEqual(['slip.postponed', 'clock.recounted'])
    // Monday from 10:00 5 h, Tuesday 8 h, Wednesday off, Thursday to 16:00 7 h.
    expect(s.clock.leftSeconds).toBe(20 * 3600)
    expect(toIso(s.clock.dueAt!)).toBe('2026-10-08T16:00:00+07:00')
  })

  it('tells a clock that stands still, for nobody knows yet how far it will look', () => {
    const s = withOfficer()
    s.book = bookWith('2026-12-01', '2026-10-05T09:00:00+07:00')
    s.do('pause.request', { reasonCode: 'thien-tai-dich-benh', explanation: 'Bão' }, officer)
    s.do('pause.confirm', {}, office)
    s.at('2026-10-05T10:00')
    expect(s.do('clock.recount', {}, keeper)).toEqual(['clock.recounted'])
    expect(s.do('clock.recount', {}, keeper)).toEqual([])
  })

  it('#22: what is late stays late, and its late seconds are counted by the corrected calendar', () => {
    const s = late()
    s.book = bookWith('2026-10-16', '2026-10-15T08:00:00+07:00')
    s.at('2026-10-15T08:00')
    expect(s.do('clock.recount', {}, keeper)).toEqual(['clock.recounted'])
    s.at('2026-10-19T08:00')
    expect(s.case).toMatchObject({ stage: 'late', isLate: true })
    // Due Wednesday 14/10 08:00:01 → Monday 19/10 08:00: Wednesday 7 h, Thursday 8 h, Friday off, Monday 1 h.
    expect(s.clock.lateSeconds).toBe(16 * 3600 - 1)
  })

  it('a closed case never changes', () => {
    const s = closed()
    s.book = bookWith('2026-10-05', '2026-10-06T08:00:00+07:00')
    s.at('2026-10-06T09:00')
    expect(recountOf(s.case, s.context, s.now)).toBeNull()
    expect(s.refused('clock.recount', {}, keeper)).toBe('wrong-stage')
    expect(toIso(s.clock.dueAt!)).toBe('2026-10-06T08:00:00+07:00')
  })

  it('D15: reopened, it goes on by the calendar as it is known now, and the act is named', () => {
    const s = closed()
    s.book = bookWith('2026-10-08', '2026-10-07T08:00:00+07:00')
    s.at('2026-10-07T16:00')
    expect(s.do('case.reopen', { reason: 'Chưa xong' })).toEqual(['case.reopened', 'clock.recounted'])
    // Two hours were used before; six are left: Wednesday one, Thursday off, Friday five: 4.5 before noon, half after it.
    expect(toIso(s.clock.dueAt!)).toBe('2026-10-09T14:00:00+07:00')
  })

  it('is predicted by no desk: the keeper’s acts are the register’s', () => {
    const s = withOfficer()
    s.isAuthority = false
    expect(s.refused('clock.recount', {}, keeper)).toBe('not-permitted')
    expect(s.refused('clock.remind', {}, keeper)).toBe('not-permitted')
  })
})

describe('D14: lateness is lifted only by an act', () => {
  const lift = { act: { number: '15/VP', signedBy: 'Chánh Văn phòng', signedOn: '2026-10-14' }, reason: 'Nghỉ bão' }

  it('stays written as late, with the act beside it', () => {
    const s = late()
    s.do('lateness.lift', lift, office)
    expect(s.case).toMatchObject({ isLate: true, lateLift: { number: '15/VP', signedBy: 'Chánh Văn phòng' } })
  })

  it('also lifts the focal officer’s lateness, when the head answered in time', () => {
    const s = withHead()
    s.do('lateness.lift', { ...lift, act: { ...lift.act, signedOn: '2026-10-06' } }, office)
    expect(s.case.lateLift).not.toBeNull()
  })
})

describe('#28: reminders before the due time', () => {
  it('come once each, counted back in working hours from the due instant', () => {
    const s = withOfficer()
    // Due Tuesday 08:00; 240 working minutes before it is Monday 14:00, 60 minutes before it Tuesday 07:00.
    expect(s.refused('clock.remind', {}, keeper)).toBe('not-yet-due')
    s.at('2026-10-05T14:00')
    expect(s.do('clock.remind', {}, keeper)).toEqual(['slip.due-soon'])
    expect(s.case.remindedFor).toEqual({ dueAt: '2026-10-06T08:00:00+07:00', minutesBefore: 240 })
    expect(s.refused('clock.remind', {}, keeper)).toBe('not-yet-due')
    s.at('2026-10-06T07:00')
    expect(s.do('clock.remind', {}, keeper)).toEqual(['slip.due-soon'])
    expect(s.do('clock.remind', {}, keeper)).toEqual([])
  })

  it('of those that were missed only the last is given', () => {
    const s = withOfficer().at('2026-10-06T07:30')
    s.do('clock.remind', {}, keeper)
    expect(s.case.remindedFor?.minutesBefore).toBe(60)
    expect(s.do('clock.remind', {}, keeper)).toEqual([])
  })

  it('#24: begin again for the due instant of a postponement', () => {
    const s = withOfficer().at('2026-10-06T07:10')
    s.do('clock.remind', {}, keeper)
    s.do('slip.postpone', { newDueAt: '2026-10-07T16:00:00+07:00', reason: 'Chờ vật tư' }, officer)
    expect(s.refused('clock.remind', {}, keeper)).toBe('not-yet-due')
    s.at('2026-10-07T11:00')
    s.do('clock.remind', {}, keeper)
    expect(s.case.remindedFor).toEqual({ dueAt: '2026-10-07T16:00:00+07:00', minutesBefore: 240 })
  })

  it('none once it is due, while it stands still, or when it is answered', () => {
    const overdue = withOfficer().at('2026-10-06T08:00')
    expect(overdue.do('clock.remind', {}, keeper)).toEqual([])
    const answered = withOfficer().answer().at('2026-10-06T07:30')
    expect(answered.do('clock.remind', {}, keeper)).toEqual([])
  })
})

describe('D13: the agency is merged in mid-case', () => {
  const successor = { agencyId: water, reason: 'Sáp nhập', act: '45/NQ-HĐND' }

  it('the clock goes on with the successor, and the time of each stands under its own name (#38)', () => {
    const s = withOfficer().at('2026-10-05T10:00')
    s.do('slip.transfer', successor, office)
    expect(s.case.slip).toMatchObject({ agencyId: water, holder: 'focal-officer', openedAt: null })
    s.at('2026-10-05T15:00')
    expect(s.clock).toMatchObject({ state: 'running', usedSeconds: 5 * 3600, leftSeconds: 3 * 3600 })
    expect(s.clock.intervals.map((i) => [i.holder.agencyId, i.workingSeconds / 3600])).toEqual([
      [roads, 2],
      [water, 3],
    ])
    expect(toIso(s.clock.dueAt!)).toBe('2026-10-06T08:00:00+07:00')
  })

  it('the old agency may do nothing any more, the new one everything', () => {
    const s = withOfficer()
    s.do('slip.transfer', successor, office)
    expect(s.refused('slip.answer', { text: 'Xong' }, officer)).toBe('not-permitted')
    s.do('slip.answer', { text: 'Xong' }, waterOfficer)
    expect(s.case.answers.at(-1)?.agencyId).toBe(water)
  })

  it('a late clock stays late with the successor', () => {
    const s = late()
    s.do('slip.transfer', successor, office)
    s.at('2026-10-15T08:00:01+07:00')
    expect(s.case).toMatchObject({ stage: 'late', isLate: true })
    expect(s.clock.lateSeconds).toBe(8 * 3600)
  })
})

describe('#37 S2 k.1, k.3: the cause of lateness', () => {
  it('is asked with the late answer, or given before it', () => {
    const s = late()
    s.do('lateness.explain', lateCause, head)
    expect(s.do('slip.answer', { text: 'Đã vá.' }, head)).toEqual(['slip.answered'])
    expect(s.case.lateCause).toMatchObject(lateCause)
    const t = late()
    expect(t.do('slip.answer', { text: 'Đã vá.', lateCause }, head)).toEqual(['lateness.explained', 'slip.answered'])
  })

  it('is not asked where the province lists none', () => {
    const s = late()
    s.policy = { ...s.policy, lateCauses: [] }
    expect(s.do('slip.answer', { text: 'Đã vá.' }, head)).toEqual(['slip.answered'])
  })
})
