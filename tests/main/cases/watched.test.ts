import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openStore } from '../../../src-main/store/store.ts'
import { columnsOf } from '../../../src-shared/cases/columns.ts'
import type { ClockView } from '../../../src-shared/cases/views.ts'
import { type WatchMark, watchMarksOf } from '../../../src-shared/cases/watched.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { agencyIdSchema } from '../../../src-shared/ids.ts'
import { ask, demand, grant, recorded } from '../../shared/cases/refused/scenes.ts'
import { late, lateCause, people, roads, type Scene, scene, water, withOfficer } from '../../shared/cases/scene.ts'

const clock = (dueAt: string, state: ClockView['state'] = 'running'): ClockView => ({
  state,
  level: 'focal-officer',
  agencyId: agencyIdSchema.parse(roads),
  calendarId: 'dong-thap-offices',
  startedAt: '2026-10-05T08:00:00+07:00',
  dueAt,
  endedAt: null,
  isLate: false,
  correctedDueAt: null,
  isProvisional: false,
})
const at = (text: string) => Date.parse(text)
const letter = (dueAt: string | null) => ({ number: '452/VPCP', issuedBy: 'VPCP', issuedOn: null, dueAt })

describe('#4: lists go by the earlier of two deadlines', () => {
  const due = '2026-10-06T08:00:00+07:00'
  const soonAt = at('2026-10-05T14:30:00+07:00')
  const columns = (s: Scene, view: ClockView | null) =>
    columnsOf(s.case, view, view === null ? null : soonAt, 'confirmed')
  const withLetter = (dueAt: string | null) =>
    scene()
      .open({ channel: 'paper', external: letter(dueAt) })
      .send()

  test('ours where it is earlier, and where the letter sets none', () => {
    for (const dueAt of ['2026-10-09T17:00:00+07:00', null]) {
      expect(columns(withLetter(dueAt), clock(due))).toMatchObject({ clockState: 'running', dueAt: at(due), soonAt })
    }
  })

  test('the letter’s where it is earlier, near three days before', () => {
    const earlier = '2026-10-05T17:00:00+07:00'
    expect(columns(withLetter(earlier), clock(due))).toMatchObject({
      clockState: 'running',
      dueAt: at(earlier),
      soonAt: at('2026-10-02T17:00:00+07:00'),
    })
  })

  test('the letter’s before an agency has the case, and while our clock stands still', () => {
    const dueAt = '2026-10-09T17:00:00+07:00'
    const s = scene().open({ channel: 'portal', external: letter(dueAt) })
    expect(columns(s, null)).toMatchObject({ clockState: 'running', dueAt: at(dueAt) })
    expect(columns(withLetter('2026-10-05T17:00:00+07:00'), clock(due, 'stopped')).clockState).toBe('running')
  })

  test('an answered case owes the letter nothing more', () => {
    const s = withLetter('2026-10-05T17:00:00+07:00').at('2026-10-05T10:00').answer()
    expect(columns(s, clock(due, 'ended'))).toMatchObject({ clockState: 'ended', dueAt: at(due) })
  })
})

describe('the lists that a case stands in', () => {
  const marked = (s: Scene) => watchMarksOf(s.case)

  test('a plain slip is held by its agency (D13), and in no other list', () => {
    expect(marked(withOfficer())).toEqual(['held'])
    expect(columnsOf(withOfficer().case, null, null, 'confirmed').marks).toEqual(['held'])
  })

  test('#30: a pause while it waits, and no longer', () => {
    const s = withOfficer()
    s.do('pause.request', { reasonCode: 'cong-dan-de-nghi', explanation: 'r' }, people.officer)
    expect(marked(s)).toContain('pauses')
    s.do('pause.refuse', { reason: 'Không đúng' }, people.supervisor)
    expect(marked(s)).not.toContain('pauses')
  })

  test('#33: an opinion that has not come', () => {
    const s = withOfficer()
    const replyBy = '2026-10-05T16:00:00+07:00'
    s.do('consult.ask', { consultId: 'yk', agencyId: water, question: 'q', replyBy }, people.officer)
    expect(marked(s)).toContain('opinions')
    s.do('consult.reply', { consultId: 'yk', text: 't' }, people.waterOfficer)
    expect(marked(s)).not.toContain('opinions')
  })

  test('#37: late without a cause, also when it is closed', () => {
    const s = late()
    expect(marked(s)).toContain('causes')
    s.do('lateness.explain', lateCause, people.head)
    expect(marked(s)).not.toContain('causes')
  })

  test('#36: sent back, once and for as long as the case is open', () => {
    const s = withOfficer()
    s.do('slip.return', { reason: 'r' }, people.officer)
    expect(marked(s)).toContain('bounced')
    s.do('slip.accept-return', {})
    expect(marked(s)).toEqual(['bounced'])
  })

  test('D11: a call that an agency asks to hear, until the office has answered', () => {
    const s = recorded()
    s.do('recording.request', ask, people.officer)
    expect(marked(s)).toContain('hearings')
    s.do('recording.grant', grant, people.office)
    expect(marked(s)).not.toContain('hearings')
  })

  test('#27: an explanation that was demanded, until it has come', () => {
    const s = withOfficer()
    s.do('urging.send', demand, people.office)
    expect(marked(s)).toContain('explanations')
    s.do('urging.reply', { urgingId: demand.urgingId, text: 'Do chờ vật tư.' }, people.officer)
    expect(marked(s)).not.toContain('explanations')
  })

  test('the desk finds them by list, and of one agency; a list is left with the case', () => {
    const dir = mkdtempSync(join(tmpdir(), 'desk-watched-'))
    const around = { now: () => 0, toIso, newId: () => 'desk' }
    const { store } = openStore(join(dir, 'ban-truc.sqlite'), around, null)
    try {
      const s = withOfficer()
      const keep = () =>
        store.cases.put({
          confirmed: s.case,
          shown: s.case,
          columns: columnsOf(s.case, null, null, 'confirmed'),
          before: undefined,
          isIndexedAtOnce: true,
        })
      const found = (mark: WatchMark, agencyId: string | null = null) => store.cases.watched(mark, agencyId, 10)
      keep()
      expect(found('held', roads)).toMatchObject({ total: 1, cases: [{ shown: { id: s.case.id } }] })
      expect(found('held', water).total).toBe(0)
      s.do('slip.transfer', { agencyId: water, reason: 'Sáp nhập', act: '45/NQ' }, people.office)
      keep()
      expect([found('held', roads).total, found('held', water).total]).toEqual([0, 1])
      store.cases.remove(s.case.id)
      expect(found('held').total).toBe(0)
    } finally {
      store.close()
      rmSync(dir, { recursive: true, force: true })
    }
  })
})
