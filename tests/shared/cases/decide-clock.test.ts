import { describe, expect, it } from 'vitest'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { citizen, dongThap, keeper, late, lateCause, people, scene, water, withHead, withOfficer } from './scene.ts'

const { officer, head, office, supervisor, waterOfficer } = people
const pause = { reasonCode: 'thien-tai-dich-benh', explanation: 'Bão số 9.' }
const due = (s: { clock: { dueAt: number | null } }) =>
  s.clock.dueAt === null ? null : toIso(s.clock.dueAt).slice(0, 16)

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
