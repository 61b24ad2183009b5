import { describe, expect, it } from 'vitest'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import type { CommandName } from '../../../src-shared/cases/commands.ts'
import { type RefusalCode, refusalCodes } from '../../../src-shared/cases/refusals.ts'
import {
  account,
  citizen,
  closed,
  dongThap,
  empty,
  keeper,
  late,
  openInput,
  people,
  roads,
  type Scene,
  scene,
  sendInput,
  water,
  who,
  withHead,
  withOfficer,
} from './scene.ts'

type By = Parameters<Scene['give']>[2]
type Row = [code: RefusalCode, rule: string, before: () => Scene, name: CommandName, input: object, by?: By]

const { agent, supervisor, office, officer, head, waterOfficer } = people
const opened = () => scene().open()
const after = (make: () => Scene, ...steps: [CommandName, object, By?][]) => {
  return () => {
    const s = make()
    for (const [name, input, by] of steps) s.do(name, input, by)
    return s
  }
}
const told = { toldVia: 'call', toldAt: '2026-10-05T08:00:00+07:00' }
const pause = { reasonCode: 'thien-tai-dich-benh', explanation: 'Bão số 9 gây mất điện.' }
const consult = {
  consultId: 'k1',
  agencyId: water,
  question: 'Có ống ngầm không?',
  replyBy: '2026-10-07T16:00:00+07:00',
}
const postpone = { newDueAt: '2026-10-07T16:00:00+07:00', reason: 'Chờ vật tư' }
const signature = { name: 'Trần Thủ Trưởng', signedOn: '2026-10-05' }
const missing = { missing: ['Ảnh hiện trường'] }
const publish = { question: 'Đường hư?', answer: 'Đã sửa.' }
const recording = {
  recordingId: 'r1',
  callId: 'call-1',
  startedAt: '2026-10-05T08:00:00+07:00',
  durationMs: 1000,
  chainHead: 'a'.repeat(64),
}
const at = (make: () => Scene, instant: string) => () => make().at(instant)
const paused = after(withOfficer, ['pause.request', pause, officer], ['pause.confirm', {}, office])
const consulted = after(withOfficer, ['consult.ask', consult, officer])
const published = after(closed, ['answer.publish', publish])

const rows: Row[] = [
  ['not-permitted', '#54 another agency’s officer', withOfficer, 'slip.answer', { text: 'Xong' }, waterOfficer],
  [
    'not-permitted',
    'S4 Đ.14 k.8 an agent does not answer for the agency',
    withOfficer,
    'slip.answer',
    { text: 'Xong' },
  ],
  ['not-permitted', '#22 lateness is set by the clock, not by hand', withOfficer, 'clock.escalate', {}, supervisor],
  [
    'not-permitted',
    'S4 Đ.9 k.6 only the office decides',
    after(opened, ['competence.ask', { question: '?' }]),
    'competence.set',
    { agencyId: roads, reason: 'x' },
  ],
  ['not-permitted', 'S4 Đ.17 the citizen rates', closed, 'case.rate', { score: 5 }],
  ['not-permitted', 'home affairs only watch', withOfficer, 'slip.remind', { note: '' }, people.homeAffairs],
  ['case-not-found', 'no case', scene, 'slip.send', sendInput()],
  ['case-exists', 'opened twice', opened, 'case.open', openInput],
  [
    'wrong-stage',
    '#15 no slip while the office decides',
    after(opened, ['competence.ask', { question: '?' }]),
    'slip.send',
    sendInput(),
  ],
  ['wrong-stage', 'no second slip beside the first', withOfficer, 'slip.send', sendInput(water)],
  ['wrong-stage', 'only what is closed is reopened', withOfficer, 'case.reopen', { reason: 'x' }],
  ['wrong-stage', '#55 published once closed', withOfficer, 'answer.publish', publish],
  ['wrong-stage', '#61 rated once closed', withOfficer, 'case.rate', { score: 5 }, citizen],
  ['wrong-stage', 'a late case cannot be paused', late, 'pause.request', pause, officer],
  ['wrong-stage', 'a stopped clock cannot be postponed', paused, 'slip.postpone', postpone, officer],
  ['code-invalid', '#50', scene, 'case.open', { ...openInput, code: '26-0048213-A' }],
  ['code-invalid', '#50 only as it is written', scene, 'case.open', { ...openInput, code: '260048213K' }],
  ['code-not-leased', '#50', scene, 'case.open', { ...openInput, code: formatCode(2026, 1) }],
  ['content-missing', '#7 S4 Đ.6 k.2', scene, 'case.open', { ...openInput, content: '  ' }],
  ['content-missing', '#7 nor amended away', opened, 'case.amend', { content: '', reason: 'x' }],
  ['citizen-incomplete', '#7 S4 Đ.6 k.3 name', scene, 'case.open', { ...openInput, citizen: { ...who, name: '' } }],
  [
    'citizen-incomplete',
    '#7 S4 Đ.6 k.3 phone',
    scene,
    'case.open',
    { ...openInput, citizen: { ...who, phone: 'ẩn số' } },
  ],
  [
    'citizen-incomplete',
    '#7 S4 Đ.6 k.3 address',
    scene,
    'case.open',
    { ...openInput, citizen: { ...who, address: '' } },
  ],
  [
    'citizen-incomplete',
    '#7 a hazard does not excuse who is not anonymous',
    scene,
    'case.open',
    { ...openInput, hazard: 'su-co-dien', citizen: { ...who, name: '' } },
  ],
  ['citizen-incomplete', '#7 nor amended away', opened, 'case.amend', { citizen: { ...who, name: '' }, reason: 'x' }],
  [
    'anonymous-not-allowed',
    'D12 without a hazard',
    scene,
    'case.open',
    { ...openInput, citizen: { ...who, isAnonymous: true } },
  ],
  [
    'anonymous-not-allowed',
    'D12 a hazard not in the policy',
    scene,
    'case.open',
    { ...openInput, hazard: 'buon-chan', citizen: { ...who, isAnonymous: true } },
  ],
  ['field-missing', '#5 S4 Đ.4', scene, 'case.open', { ...openInput, fieldId: null }],
  [
    'refusal-needs-reason',
    '#8 S4 Đ.8 k.2',
    opened,
    'case.refuse',
    { reasonCode: 'khong-ro', reason: 'x', referredTo: 'UBND xã', ...told },
  ],
  [
    'refusal-needs-reason',
    '#8 S4 Đ.8 k.2 in words',
    opened,
    'case.refuse',
    { reasonCode: 'quay-roi', reason: '', referredTo: 'UBND xã', ...told },
  ],
  [
    'refusal-needs-address',
    '#8 S4 Đ.8 k.2',
    opened,
    'case.refuse',
    { reasonCode: 'quay-roi', reason: 'x', referredTo: '', ...told },
  ],
  ['answer-missing', 'S4 Đ.9 k.1', opened, 'case.answer', { text: '', article: null, source: 'QĐ 1455' }],
  ['answer-missing', 'S4 Đ.9 k.3', withOfficer, 'slip.answer', { text: '' }, officer],
  [
    'answer-needs-source',
    '#10 S4 Đ.9 k.1',
    opened,
    'case.answer',
    { text: 'Nộp tại quầy.', article: null, source: '' },
  ],
  ['agency-unknown', '#2', opened, 'slip.send', sendInput('so-khong-co')],
  ['agency-unknown', '#33', withOfficer, 'consult.ask', { ...consult, agencyId: 'so-khong-co' }, officer],
  [
    'agency-unknown',
    '#12',
    opened,
    'case.answer',
    { text: 'x', article: null, liveOfficer: { agencyId: 'so-khong-co', name: 'Ba' } },
  ],
  ['agency-has-no-officer', '#13 S4 Đ.9 k.2', opened, 'slip.send', sendInput(empty)],
  [
    'slip-needs-call-attempt',
    '#14 S4 Đ.9 k.3',
    opened,
    'slip.send',
    { ...sendInput(), callAttempt: null, skippedCallReason: ' ' },
  ],
  [
    'postponement-used',
    '#24 S4 Đ.10 k.3',
    after(withOfficer, ['slip.postpone', postpone, officer]),
    'slip.postpone',
    { ...postpone, newDueAt: '2026-10-08T16:00:00+07:00' },
    officer,
  ],
  [
    'postponement-used',
    '#24 once across the levels',
    at(
      after(withOfficer, ['slip.postpone', { ...postpone, newDueAt: '2026-10-06T10:00:00+07:00' }, officer]),
      '2026-10-06T10:00',
    ),
    'slip.promise',
    { completeAt: '2026-10-08T16:00:00+07:00', reason: 'x' },
    head,
  ],
  ['postponement-needs-reason', '#24', withOfficer, 'slip.postpone', { ...postpone, reason: '' }, officer],
  ['postponement-after-due', 'D4', at(withOfficer, '2026-10-06T08:00:01+07:00'), 'slip.postpone', postpone, officer],
  [
    'postponement-after-due',
    'D4 #22 a late case',
    late,
    'slip.postpone',
    { ...postpone, newDueAt: '2026-10-20T16:00:00+07:00' },
    head,
  ],
  [
    'postponement-too-long',
    'D4',
    withOfficer,
    'slip.postpone',
    { ...postpone, newDueAt: '2026-10-13T08:00:01+07:00' },
    officer,
  ],
  [
    'postponement-in-past',
    'D4 it must move the due time',
    withOfficer,
    'slip.postpone',
    { ...postpone, newDueAt: '2026-10-06T08:00:00+07:00' },
    officer,
  ],
  [
    'promise-in-past',
    '#19',
    withOfficer,
    'slip.promise',
    { completeAt: '2026-10-05T08:00:00+07:00', reason: 'x' },
    officer,
  ],
  [
    'supplement-used',
    '#16 S4 Đ.14 k.4',
    after(opened, ['supplement.request', missing], ['supplement.receive', { text: 'Ảnh' }]),
    'supplement.request',
    missing,
  ],
  ['supplement-needs-items', '#16', opened, 'supplement.request', { missing: [] }],
  ['supplement-not-asked', '#16', opened, 'supplement.receive', { text: 'Ảnh' }],
  ['pause-awaiting-opinion', '#29 S2 k.1', consulted, 'pause.request', pause, officer],
  [
    'pause-awaiting-opinion',
    '#29 S2 k.1 the reason itself',
    withOfficer,
    'pause.request',
    { ...pause, reasonCode: 'cho-y-kien-co-quan-khac' },
    officer,
  ],
  [
    'pause-awaiting-opinion',
    '#30 S2 k.2 nor confirmed',
    after(withOfficer, ['pause.request', pause, officer], ['consult.ask', consult, officer]),
    'pause.confirm',
    {},
    office,
  ],
  ['pause-reason-unknown', '#29', withOfficer, 'pause.request', { ...pause, reasonCode: 'ban-viec' }, officer],
  ['pause-needs-explanation', '#29', withOfficer, 'pause.request', { ...pause, explanation: '' }, officer],
  [
    'pause-already',
    '#30 asked twice',
    after(withOfficer, ['pause.request', pause, officer]),
    'pause.request',
    pause,
    officer,
  ],
  ['pause-already', '#30 while paused', paused, 'pause.request', pause, officer],
  [
    'pause-already',
    'D5 while a supplement holds the clock',
    after(withOfficer, ['supplement.request', missing]),
    'pause.request',
    pause,
    officer,
  ],
  ['pause-already', 'D5 no supplement while paused', paused, 'supplement.request', missing],
  ['pause-not-asked', '#30', withOfficer, 'pause.confirm', {}, office],
  ['pause-not-asked', '#30', withOfficer, 'pause.refuse', { reason: 'x' }, office],
  ['pause-not-running', '#30', withOfficer, 'pause.end', {}, officer],
  ['consult-needs-question', '#33 S2 k.1', withOfficer, 'consult.ask', { ...consult, question: '' }, officer],
  ['consult-needs-reply-by', '#33 S2 k.1', withOfficer, 'consult.ask', { ...consult, replyBy: null }, officer],
  [
    'consult-needs-reply-by',
    '#33 a time gone by',
    withOfficer,
    'consult.ask',
    { ...consult, replyBy: '2026-10-05T08:00:00+07:00' },
    officer,
  ],
  ['consult-unknown', '#34', consulted, 'consult.remind', { consultId: 'k2' }, officer],
  [
    'consult-already-replied',
    '#34',
    after(consulted, ['consult.reply', { consultId: 'k1', text: 'Không' }, waterOfficer]),
    'consult.remind',
    { consultId: 'k1' },
    officer,
  ],
  ['return-needs-reason', '#36', withOfficer, 'slip.return', { reason: '' }, officer],
  [
    'return-pending',
    '#36',
    after(withOfficer, ['slip.return', { reason: 'x' }, officer]),
    'slip.return',
    { reason: 'y' },
    head,
  ],
  ['return-not-asked', '#36', withOfficer, 'slip.accept-return', {}],
  ['return-not-asked', '#36', withOfficer, 'slip.reject-return', { reason: 'x' }],
  [
    'withdrawal-needs-request',
    '#32 S2 k.1',
    withOfficer,
    'case.withdraw',
    { requestScan: '', headSignature: signature },
    officer,
  ],
  [
    'withdrawal-needs-signature',
    '#32 S2 k.1',
    withOfficer,
    'case.withdraw',
    { requestScan: 'don.pdf', headSignature: null },
    officer,
  ],
  [
    'withdrawal-needs-signature',
    '#32 signed tomorrow',
    withOfficer,
    'case.withdraw',
    { requestScan: 'don.pdf', headSignature: { ...signature, signedOn: '2026-10-06' } },
    officer,
  ],
  [
    'close-needs-proof',
    '#31 S2 k.1',
    () => withOfficer().answer(),
    'case.close',
    { proof: '', contactedAt: '2026-10-05T08:00:00+07:00' },
  ],
  ['close-needs-contact', '#31 S2 k.1', () => withOfficer().answer(), 'case.close', { proof: 'x', contactedAt: null }],
  [
    'close-needs-contact',
    '#18 #31 the citizen was not told',
    () => withOfficer().answer(false),
    'case.close',
    { proof: 'x', contactedAt: '2026-10-05T08:00:00+07:00' },
  ],
  [
    'close-unfinished',
    '#31 S2 k.1',
    withOfficer,
    'case.close',
    { proof: 'x', contactedAt: '2026-10-05T08:00:00+07:00' },
  ],
  [
    'close-unfinished',
    '#31 S2 k.1 reopened',
    after(closed, ['case.reopen', { reason: 'Lại hư' }]),
    'case.close',
    { proof: 'x', contactedAt: '2026-10-05T08:00:00+07:00' },
  ],
  ['reopen-too-late', 'D15', at(closed, '2026-11-04T10:00:01+07:00'), 'case.reopen', { reason: 'x' }],
  [
    'told-in-future',
    '#8',
    opened,
    'case.refuse',
    {
      reasonCode: 'quay-roi',
      reason: 'x',
      referredTo: 'UBND xã',
      toldVia: 'call',
      toldAt: '2026-10-05T08:02:01+07:00',
    },
  ],
  [
    'told-in-future',
    '#18',
    withOfficer,
    'slip.answer',
    { text: 'x', citizenTold: { via: 'call', at: '2026-10-06T08:00:00+07:00' } },
    officer,
  ],
  [
    'told-in-future',
    '#18',
    () => withOfficer().answer(false),
    'citizen.tell',
    { via: 'call', at: '2026-10-06T08:00:00+07:00' },
  ],
  [
    'told-in-future',
    '#31',
    () => withOfficer().answer(),
    'case.close',
    { proof: 'x', contactedAt: '2026-10-06T08:00:00+07:00' },
  ],
  ['told-before-answer', '#18', withOfficer, 'citizen.tell', { via: 'call', at: '2026-10-05T08:00:00+07:00' }, officer],
  [
    'publish-has-personal-data',
    'D10 the citizen’s name',
    closed,
    'answer.publish',
    { ...publish, question: 'Ông Bình hỏi đường hư' },
  ],
  ['publish-has-personal-data', 'D10 a number', closed, 'answer.publish', { ...publish, answer: 'Gọi 0987.654.321' }],
  ['publish-nothing', '#55', closed, 'answer.publish', { question: 'x', answer: '' }],
  [
    'not-permitted',
    'D10 held back for the office',
    () => scene().open({ fieldId: 'cham-tre-phien-ha' }).send().answer().close(),
    'answer.publish',
    publish,
  ],
  ['not-published', '#56', closed, 'answer.unpublish', { reason: 'x' }, supervisor],
  ['already-published', '#55', published, 'answer.publish', publish],
  [
    'rated-already',
    '#61 S4 Đ.17',
    after(closed, ['case.rate', { score: 5 }, citizen]),
    'case.rate',
    { score: 1 },
    citizen,
  ],
  [
    'not-yet-due',
    '#20 D6 at the due instant itself',
    at(withOfficer, '2026-10-06T08:00'),
    'clock.escalate',
    {},
    keeper,
  ],
  ['not-yet-due', '#20 once', withHead, 'clock.escalate', {}, keeper],
  ['not-yet-due', '#30 while the clock is stopped', at(paused, '2026-10-20T08:00'), 'clock.escalate', {}, keeper],
  [
    'not-yet-due',
    '#18 both facts are there',
    at(() => withOfficer().answer(), '2026-10-20T08:00'),
    'clock.escalate',
    {},
    keeper,
  ],
  ['recording-unknown', '#40', opened, 'recording.listen', { recordingId: 'of-another-case' }],
  ['recording-known', '#39', after(opened, ['recording.attach', recording]), 'recording.attach', recording],
  ['recording-known', '#39 of another case', opened, 'recording.attach', { ...recording, recordingId: 'elsewhere' }],
]

describe('what the Regulation does not allow', () => {
  it.each(rows)('%s: %s', (code, _rule, before, name, input, by = agent) => {
    expect(before().refused(name, input, by)).toBe(code)
  })

  it('S2 k.2: whoever asked for the pause, or has the same role, does not confirm it', () => {
    const generous = {
      ...dongThap,
      pause: { ...dongThap.pause, confirmerRoles: ['office', 'supervisor', 'head'] as const },
    }
    const s = withOfficer()
    s.policy = { ...generous, pause: { ...generous.pause, confirmerRoles: [...generous.pause.confirmerRoles] } }
    s.do('pause.request', pause, officer)
    // The table of roles lets no agency confirm; a request written by the office shows the rule on its own.
    const pending = {
      ...s.case.pendingPause!,
      by: { kind: 'person', accountId: office.id, name: 'vp', role: 'office' } as const,
    }
    s.state = { ...s.case, pendingPause: pending }
    expect(s.refused('pause.confirm', {}, office)).toBe('pause-same-person')
    expect(s.refused('pause.confirm', {}, account('office', 'vp2'))).toBe('pause-same-person')
    expect(s.do('pause.confirm', {}, supervisor)).toEqual(['pause.confirmed'])
  })

  it('S2 k.2: the policy narrows who confirms', () => {
    const s = withOfficer()
    s.policy = { ...dongThap, pause: { ...dongThap.pause, confirmerRoles: ['office'] } }
    s.do('pause.request', pause, officer)
    expect(s.refused('pause.confirm', {}, supervisor)).toBe('not-permitted')
    expect(s.refused('pause.refuse', { reason: 'x' }, supervisor)).toBe('not-permitted')
    expect(s.do('pause.refuse', { reason: 'Chưa đủ căn cứ' }, office)).toEqual(['pause.refused'])
  })

  it('has no refusal that nothing leads to', () => {
    const shown = new Set<RefusalCode>([...rows.map(([code]) => code), 'pause-same-person'])
    expect(refusalCodes.filter((code) => !shown.has(code))).toEqual([])
  })
})
