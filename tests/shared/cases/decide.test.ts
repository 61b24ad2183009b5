import { describe, expect, it } from 'vitest'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import {
  citizen,
  closed,
  dongThap,
  keeper,
  late,
  lateCause,
  openInput,
  people,
  roads,
  scene,
  sendInput,
  water,
  who,
  withHead,
  withOfficer,
} from './scene.ts'

const { officer, head, office, supervisor, waterOfficer } = people
const pause = { reasonCode: 'thien-tai-dich-benh', explanation: 'Bão số 9.' }
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

describe('escalation', () => {
  it('#20 D6: at the due instant it is in time, a second later it is with the head', () => {
    const s = withOfficer().at('2026-10-06T08:00')
    expect(s.refused('clock.escalate', {}, keeper)).toBe('not-yet-due')
    s.at('2026-10-06T08:00:01+07:00')
    expect(s.do('clock.escalate', {}, keeper)).toEqual(['slip.escalated'])
    expect(s.journal.at(-1)?.data).toMatchObject({
      dueAt: '2026-10-06T08:00:00+07:00',
      allowanceSeconds: 172_800,
      reading: 'R1',
    })
    expect(s.case.slip?.holder).toBe('head')
  })

  it('#22 S4 Đ.10 k.2: 48 hours later it is late, and late for ever', () => {
    const s = late()
    expect(s.case).toMatchObject({ stage: 'late', isLate: true, slip: { holder: 'office' } })
    s.do('slip.answer', { text: 'x', citizenTold: { via: 'call', at: toIso(s.now) }, lateCause }, head)
    s.close()
    expect(s.case).toMatchObject({ stage: 'closed', isLate: true, resolvedLevel: 3 })
    s.do('case.reopen', { reason: 'Chưa xong' })
    expect(s.case).toMatchObject({ stage: 'late', isLate: true })
  })

  it('#38: the head’s clock goes on after the case became late, and counts it', () => {
    const s = late().at('2026-10-15T08:00:02+07:00')
    expect(s.clock).toMatchObject({ level: 'head', isLate: true, lateSeconds: 8 * 3600 + 1 })
  })

  it('#21 D2: both readings of the 48 hours, R1 by policy', () => {
    const readings = withHead().clock.readings
    expect(toIso(readings.R1!).slice(0, 10)).toBe('2026-10-14')
    expect(toIso(readings.R2!).slice(0, 10)).toBe('2026-10-13')
  })

  it('a desk predicts no escalation', () => {
    const s = withOfficer().at('2026-10-06T09:00')
    s.isAuthority = false
    expect(s.refused('clock.escalate', {}, keeper)).toBe('not-permitted')
  })
})

describe('#24 S4 Đ.10 k.3: one postponement', () => {
  it('moves the due time and is counted', () => {
    const s = withOfficer()
    s.do('slip.postpone', { newDueAt: '2026-10-07T16:00:00+07:00', reason: 'Chờ vật tư' }, officer)
    expect(due(s)).toBe('2026-10-07T16:00')
    expect(s.case.counts.postponements).toBe(1)
    s.at('2026-10-07T16:00:01+07:00').do('clock.escalate', {}, keeper)
    expect(s.case.stage).toBe('with-head')
  })

  it('D4: as far as 40 working hours after the due time, to the second', () => {
    expect(withOfficer().do('slip.postpone', { newDueAt: '2026-10-13T08:00:00+07:00', reason: 'x' }, officer)).toEqual([
      'slip.postponed',
    ])
  })

  it.each([
    ['#19 before the due time: only a promise', '2026-10-05T16:00:00+07:00', ['slip.promised'], 0],
    ['#19 at the due time', '2026-10-06T08:00:00+07:00', ['slip.promised'], 0],
    ['D4 after it: the postponement too', '2026-10-06T08:00:01+07:00', ['slip.promised', 'slip.postponed'], 1],
  ])('%s', (_, completeAt, names, count) => {
    const s = withOfficer()
    expect(s.do('slip.promise', { completeAt, reason: 'Cần xác minh' }, officer)).toEqual(names)
    expect(s.case.counts.postponements).toBe(count)
  })

  it('#19: a late case still owes the citizen a date, which moves nothing', () => {
    const s = late()
    expect(s.do('slip.promise', { completeAt: '2026-10-20T16:00:00+07:00', reason: 'x' }, head)).toEqual([
      'slip.promised',
    ])
    expect(s.case).toMatchObject({ stage: 'late', counts: { postponements: 0 } })
  })
})

describe('#36: returned slips', () => {
  it('the clock runs until the agent accepts; a new agency has its own 8 hours', () => {
    const s = withOfficer()
    s.do('slip.return', { reason: 'Đường do xã quản lý' }, officer)
    expect(s.clock.state).toBe('running')
    s.at('2026-10-05T14:00').do('slip.accept-return', {})
    expect(s.case).toMatchObject({ stage: 'received', slip: null, counts: { bounces: 1 } })
    s.send(water)
    expect(due(s)).toBe('2026-10-06T14:00')
  })

  it('rejected: nothing changed', () => {
    const s = withOfficer()
    const before = due(s)
    s.do('slip.return', { reason: 'x' }, officer)
    s.do('slip.reject-return', { reason: 'Đúng thẩm quyền' })
    expect(s.case).toMatchObject({ stage: 'with-focal-officer', pendingReturn: null })
    expect(due(s)).toBe(before)
  })

  it('S2 k.1: the second bounce goes to the provincial office', () => {
    const s = withOfficer()
    s.do('slip.return', { reason: 'x' }, officer)
    s.do('slip.accept-return', {})
    s.send(water).do('slip.return', { reason: 'Cũng không phải' }, waterOfficer)
    expect(s.do('slip.accept-return', {})).toEqual(['slip.return-accepted', 'competence.asked'])
    expect(s.case).toMatchObject({ stage: 'awaiting-competence', counts: { bounces: 2 } })
  })

  it('#22: a case that is late stays marked when it turns out to belong elsewhere', () => {
    const s = late()
    s.do('slip.return', { reason: 'x' }, head)
    s.do('slip.accept-return', {})
    expect(s.send(water).case).toMatchObject({ stage: 'with-focal-officer', isLate: true })
  })
})

describe('what stops the clock', () => {
  const missing = { missing: ['Ảnh'] }

  it('#16 D5: a supplement stops it from request to answer, and the words are kept', () => {
    const s = withOfficer().at('2026-10-05T10:00')
    s.do('supplement.request', missing, officer)
    expect(s.at('2026-10-07T10:00').clock.state).toBe('stopped')
    s.do('supplement.receive', { text: 'Ảnh đã gửi qua Zalo' }, citizen)
    expect(due(s)).toBe('2026-10-08T08:00')
    expect(s.case.content).toContain('Ảnh đã gửi qua Zalo')
  })

  it('D5: no longer than the cap of 40 working hours, answer or not', () => {
    const s = withOfficer()
    s.do('supplement.request', missing, officer)
    s.at('2026-10-12T09:00')
    expect(s.clock.state).toBe('running')
    expect(due(s)).toBe('2026-10-13T08:00')
    s.at('2026-10-13T08:00:01+07:00').do('clock.escalate', {}, keeper)
    s.at('2026-10-13T09:00').do('supplement.receive', { text: 'x' }, citizen)
    expect(s.clock).toMatchObject({ state: 'running', level: 'head' })
  })

  it('D5: not where the policy says so, and never for a late case', () => {
    const s = scene()
    s.policy = { ...dongThap, supplement: { ...dongThap.supplement, stopsClock: false } }
    s.open().send().do('supplement.request', missing, officer)
    expect(s.clock.state).toBe('running')
    const l = late()
    l.do('supplement.request', missing, head)
    expect(l.clock.state).toBe('running')
  })

  it('#30 S2 k.2: an unconfirmed pause stops nothing; a refused one never was', () => {
    const s = withOfficer()
    s.do('pause.request', pause, officer)
    expect(s.clock.state).toBe('running')
    s.do('pause.refuse', { reason: 'Không đủ căn cứ' }, office)
    expect(s.case.pendingPause).toBeNull()
    expect(due(s)).toBe('2026-10-06T08:00')
  })

  it('D8: confirmed within 4 working hours, it counts from the request', () => {
    const s = withOfficer().at('2026-10-05T09:00')
    s.do('pause.request', pause, officer)
    s.at('2026-10-05T13:30').do('pause.confirm', {}, office)
    expect(s.clock).toMatchObject({ state: 'stopped', usedSeconds: 3600 })
    s.at('2026-10-07T09:00').do('pause.end', {}, officer)
    expect(due(s)).toBe('2026-10-08T08:00')
  })

  it('D8: later, from the confirmation', () => {
    const s = withOfficer().at('2026-10-05T09:00')
    s.do('pause.request', pause, officer)
    s.at('2026-10-05T15:00:01+07:00').do('pause.confirm', {}, supervisor)
    // 08:00–11:30 and 13:30–15:00:01.
    expect(s.clock).toMatchObject({ state: 'stopped', usedSeconds: 5 * 3600 + 1 })
  })

  it('D8: a pause asked of the officer and confirmed after the escalation does not undo it', () => {
    const s = withOfficer().at('2026-10-06T07:30')
    s.do('pause.request', pause, officer)
    s.at('2026-10-06T08:00:01+07:00').do('clock.escalate', {}, keeper)
    s.at('2026-10-06T09:00').do('pause.confirm', {}, office)
    expect(s.clock).toMatchObject({ state: 'stopped', level: 'head', usedSeconds: 0 })
    expect(s.case.stage).toBe('with-head')
  })

  it('#33 S2 k.1: asking an opinion ends a pause, and the lead’s clock runs', () => {
    const s = withOfficer()
    s.do('pause.request', pause, officer)
    s.do('pause.confirm', {}, office)
    const ask = { consultId: 'k1', agencyId: water, question: '?', replyBy: '2026-10-07T16:00:00+07:00' }
    expect(s.do('consult.ask', ask, officer)).toEqual(['pause.ended', 'consult.asked'])
    expect(s.clock.state).toBe('running')
  })

  it('#34 S2 k.1: the second reminder is copied to Home Affairs', () => {
    const s = withOfficer()
    s.do(
      'consult.ask',
      { consultId: 'k1', agencyId: water, question: '?', replyBy: '2026-10-07T16:00:00+07:00' },
      officer,
    )
    s.do('consult.remind', { consultId: 'k1' }, officer)
    expect(s.journal.at(-1)?.data).toMatchObject({ count: 1, copyToHomeAffairs: false })
    s.do('consult.remind', { consultId: 'k1' }, people.agent)
    expect(s.journal.at(-1)?.data).toMatchObject({ count: 2, copyToHomeAffairs: true })
    expect(s.do('consult.reply', { consultId: 'k1', text: 'Không' }, waterOfficer)).toEqual(['consult.replied'])
  })

  it('an answer ends every wait: the clock of a paused, untold case runs on', () => {
    const s = withOfficer()
    s.do('pause.request', pause, officer)
    s.do('pause.confirm', {}, office)
    s.at('2026-10-06T10:00').answer(false)
    expect(s.case.isPaused).toBe(false)
    expect(due(s)).toBe('2026-10-07T10:00')
  })

  it('#32 S2 k.1: withdrawn with the request and the head’s signature', () => {
    const s = withOfficer()
    const headSignature = { name: 'Trần Thủ Trưởng', signedOn: '2026-10-05' }
    s.do('case.withdraw', { requestScan: 'don.pdf', headSignature }, officer)
    expect(s.case.stage).toBe('withdrawn')
    expect(s.clock.state).toBe('ended')
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
