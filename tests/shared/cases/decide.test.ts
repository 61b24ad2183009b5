import { describe, expect, it } from 'vitest'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import {
  closed,
  dongThap,
  keeper,
  openInput,
  people,
  roads,
  scene,
  sendInput,
  who,
  withHead,
  withOfficer,
} from './scene.ts'

const { officer, head, office, supervisor } = people
const due = (s: { clock: { dueAt: number | null } }) =>
  s.clock.dueAt === null ? null : toIso(s.clock.dueAt).slice(0, 16)

describe('intake', () => {
  it('#6 S4 Đ.4 k.6: the way to 114 opens the case itself and asks no name', () => {
    const s = scene()
    const input = { code: openInput.code, card: '114', number: '114', citizen: { name: '', phone: '', address: '' } }
    expect(s.do('case.redirect', input)).toEqual(['case.opened', 'case.redirected'])
    expect(s.case).toMatchObject({ stage: 'redirected', redirect: { card: '114', number: '114' } })
  })

  it('#6: a case already open is redirected on the same code', () => {
    const s = scene().open()
    const input = { code: openInput.code, card: 'complaint', number: 'Trụ sở tiếp công dân', citizen: who }
    expect(s.do('case.redirect', input)).toEqual(['case.redirected'])
  })

  it('D12: a hazard of the policy lets a nameless report in', () => {
    const s = scene().open({ hazard: 'su-co-dien', citizen: { name: '', phone: '', address: '', isAnonymous: true } })
    expect(s.case).toMatchObject({ stage: 'received', hazard: 'su-co-dien' })
  })

  it('#4: the letter’s own time limit is kept beside ours', () => {
    const external = { number: '12/VPCP', issuedBy: 'VPCP', issuedOn: '2026-10-01', dueAt: '2026-10-20T17:00:00+07:00' }
    expect(scene().open({ external }).case.external).toEqual(external)
  })

  it('S4 Đ.7: a correction is a new event, and the first words stay in the journal', () => {
    const s = scene().open()
    s.do('case.amend', { kind: 'petition', reason: 'Phân loại lại' })
    expect(s.case.kind).toBe('petition')
    expect(s.journal.map((event) => event.name)).toEqual(['case.opened', 'case.amended'])
    expect(s.journal[0]?.data).toMatchObject({ kind: 'report' })
  })

  it('#15 S4 Đ.9 k.6, D7: the office decides and no agency’s clock runs', () => {
    const s = scene().open()
    s.do('competence.ask', { question: 'Đường thuộc xã hay tỉnh?' })
    expect(s.case.stage).toBe('awaiting-competence')
    expect(s.clock.state).toBe('idle')
    s.do('competence.set', { agencyId: roads, reason: 'Đường tỉnh' }, office)
    expect(s.case).toMatchObject({ stage: 'received', competence: { agencyId: roads } })
    expect(s.send().case.stage).toBe('with-focal-officer')
  })

  it('S4 Đ.9 k.6, Đ.8 k.2: what no agency of the province answers for is refused with an address', () => {
    const s = scene().open()
    s.do('competence.ask', { question: '?' })
    const input = { reasonCode: 'khong-thuoc-tham-quyen', reason: 'Thuộc tỉnh khác', referredTo: 'UBND tỉnh An Giang' }
    s.do('case.refuse', { ...input, toldVia: 'call', toldAt: toIso(s.now) }, office)
    expect(s.case).toMatchObject({ stage: 'refused', refusal: { referredTo: 'UBND tỉnh An Giang' } })
  })
})

describe('level 1', () => {
  it('#10 S4 Đ.9 k.1: the article is pinned at its version', () => {
    const s = scene().open()
    s.do('case.answer', { text: 'Nộp tại quầy số 3.', article: { id: 'khai-sinh', version: 4 } })
    expect(s.case.answers).toMatchObject([{ level: 1, article: { id: 'khai-sinh', version: 4 } }])
    expect(s.case).toMatchObject({ stage: 'answered', citizenToldAt: null })
  })

  it('answered and told in one conversation, then closed at level 1', () => {
    const s = scene().open()
    const answer = { text: 'x', article: null, source: 'QĐ 1455', citizenTold: { via: 'call', at: toIso(s.now) } }
    expect(s.do('case.answer', answer)).toEqual(['case.answered', 'citizen.told'])
    expect(s.close().case).toMatchObject({ stage: 'closed', resolvedLevel: 1 })
  })

  it('#12 S4 Đ.9 k.2: solved live by the focal officer is level 2 without a slip', () => {
    const s = scene().open()
    const told = { via: 'call', at: toIso(s.now) }
    s.do('case.answer', {
      text: 'x',
      article: null,
      liveOfficer: { agencyId: roads, name: 'Ông Ba' },
      citizenTold: told,
    })
    expect(s.close().case).toMatchObject({ resolvedLevel: 2, slip: null })
  })
})

describe('the slip', () => {
  it('#17 D1: sent is received, and 8 working hours run from there', () => {
    const s = scene().open()
    expect(s.do('slip.send', sendInput())).toEqual(['slip.sent', 'slip.received'])
    expect(s.case.slip).toMatchObject({ agencyId: roads, holder: 'focal-officer', receivedAt: toIso(s.now) })
    expect(due(s)).toBe('2026-10-06T08:00')
  })

  it.each([
    ['in working hours', '2026-10-05T10:00', 'slip-needs-call-attempt'],
    ['D3 at lunch', '2026-10-05T12:00', null],
    ['D3 at 23:00', '2026-10-05T23:00', null],
    ['D3 on a Sunday', '2026-10-04T10:00', null],
  ])('#14 S4 Đ.9 k.3, %s: a slip without a call', (_, at, refusal) => {
    const s = scene('2026-10-03T08:00:00+07:00').open().at(at)
    const decision = s.give('slip.send', { ...sendInput(), callAttempt: null })
    expect('refused' in decision ? decision.refused : null).toBe(refusal)
  })

  it('D3: what counts is when the agent sent it, not when the desk’s link came back', () => {
    const s = scene('2026-10-04T22:00:00+07:00').open().at('2026-10-05T09:00')
    const input = { ...sendInput(), callAttempt: null }
    expect(s.give('slip.send', input, people.agent, fromIso('2026-10-04T23:00:00+07:00'))).toHaveProperty('events')
    // The clock starts with the delivery all the same (D1).
    expect(due(s)).toBe('2026-10-06T09:00')
  })

  it('#14: a written reason stands in for the call', () => {
    const s = scene().open()
    s.do('slip.send', { ...sendInput(), callAttempt: null, skippedCallReason: 'Tổng đài đơn vị hỏng' })
    expect(s.case.stage).toBe('with-focal-officer')
  })

  it('opening it twice is one event', () => {
    const s = withOfficer()
    expect(s.do('slip.open', {}, officer)).toEqual(['slip.opened'])
    expect(s.do('slip.open', {}, head)).toEqual([])
  })
})

describe('the two facts of #18', () => {
  it('the later of result and word to the citizen stops the clock', () => {
    const s = withOfficer().at('2026-10-05T10:00').answer(false)
    expect(s.case.stage).toBe('answered')
    expect(s.clock.state).toBe('running')
    s.at('2026-10-05T15:00').do('citizen.tell', { via: 'call', at: '2026-10-05T14:30:00+07:00' }, officer)
    expect(s.clock.state).toBe('ended')
    expect(s.clock.levels.at(-1)?.endedAt).toBe(fromIso('2026-10-05T14:30:00+07:00'))
  })

  it('told before the result was recorded: the record stops it', () => {
    const s = withOfficer().at('2026-10-05T10:00')
    s.do('slip.answer', { text: 'x', citizenTold: { via: 'call', at: '2026-10-05T09:00:00+07:00' } }, officer)
    expect(s.clock.levels.at(-1)?.endedAt).toBe(fromIso('2026-10-05T10:00:00+07:00'))
  })

  it('S4 Đ.9 k.4: a result the citizen never heard of is escalated by the text', () => {
    const s = withOfficer().at('2026-10-05T10:00').answer(false).at('2026-10-06T08:00:01+07:00')
    expect(s.do('clock.escalate', {}, keeper)).toEqual(['slip.escalated'])
    expect(s.case).toMatchObject({ stage: 'with-head', hasResult: true })
    s.at('2026-10-06T09:00').do('citizen.tell', { via: 'call', at: '2026-10-06T09:00:00+07:00' })
    expect(s.case.stage).toBe('answered')
    expect(s.clock.state).toBe('ended')
    expect(s.close().case.resolvedLevel).toBe(3)
  })

  it('the policy may ask for the result alone, as it stood when the slip came', () => {
    const s = scene()
    s.policy = { ...dongThap, focalClockStopsOn: 'result' }
    s.open().send()
    s.policy = dongThap
    expect(s.at('2026-10-05T10:00').answer(false).clock.state).toBe('ended')
  })

  it('S4 Đ.9 k.4: the head’s result goes to the agent, so it alone stops his clock', () => {
    const s = withHead().at('2026-10-07T09:00')
    s.do('slip.answer', { text: 'x', approver: 'Giám đốc Sở' }, head)
    expect(s.clock.state).toBe('ended')
    expect(s.case.answers).toMatchObject([{ level: 3, approver: 'Giám đốc Sở', agencyId: roads }])
  })
})

describe('the end, and after it', () => {
  it('#31 D15: reopened on the old clock, with what was left', () => {
    const s = withOfficer().at('2026-10-05T10:00').answer().close()
    expect(s.case).toMatchObject({ stage: 'closed', resolvedLevel: 2 })
    s.at('2026-10-12T08:00').do('case.reopen', { reason: 'Lại hư' })
    expect(s.case).toMatchObject({
      stage: 'with-focal-officer',
      resolvedLevel: null,
      citizenToldAt: null,
      hasResult: false,
    })
    expect(due(s)).toBe('2026-10-12T16:00')
  })

  it('S2 k.1: where the policy says that it never stood still, the closed time counts', () => {
    const s = withOfficer().at('2026-10-05T10:00').answer().close()
    s.policy = { ...dongThap, reopenCountsClosedTime: true }
    s.at('2026-10-12T08:00').do('case.reopen', { reason: 'Lại hư' })
    expect(due(s)).toBe('2026-10-06T08:00')
  })

  it('D15: on the last day still, a case answered at level 1 goes back to the agent', () => {
    const s = scene().open()
    s.do('case.answer', { text: 'x', article: null, source: 'QĐ', citizenTold: { via: 'call', at: toIso(s.now) } })
    s.close().at('2026-11-04T08:00').do('case.reopen', { reason: 'x' })
    expect(s.case.stage).toBe('received')
    expect(s.clock.state).toBe('idle')
  })

  it('#55 D10: published masked; taken down and published again', () => {
    const s = closed()
    s.do('answer.publish', { question: 'Đường hư?', answer: 'Đã sửa. Liên hệ 0277 385 1234.' })
    expect(s.case.publication?.answer).toContain('0277 385 1234')
    s.do('answer.unpublish', { reason: 'Sửa câu chữ' }, supervisor)
    s.do('answer.publish', { question: 'Đường hư?', answer: 'Đã sửa.' })
    expect(s.case.publication?.answer).toBe('Đã sửa.')
  })

  it('D10: what is held back is published by the office', () => {
    const s = scene().open({ fieldId: 'cham-tre-phien-ha' }).send().answer().close()
    expect(s.do('answer.publish', { question: 'Thái độ?', answer: 'Đã nhắc nhở.' }, office)).toEqual([
      'answer.published',
    ])
  })
})
