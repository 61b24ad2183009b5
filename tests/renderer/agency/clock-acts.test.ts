import { describe, expect, test } from 'vitest'
import { emptyForms, type Mapped } from '../../../src-renderer/agency/forms.ts'
import {
  consultAct,
  remindAct,
  replyAct,
  replyTimeOf,
  withReplyTime,
} from '../../../src-renderer/agency/opinion-acts.ts'
import { endPauseAct, pauseAct, supplementAct, withdrawAct } from '../../../src-renderer/agency/stop-acts.ts'
import { consultableSchema } from '../../../src-shared/api/agency.ts'
import { commandInputs } from '../../../src-shared/cases/commands.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'

const act = (mapped: Mapped) => {
  if ('problems' in mapped) throw new Error(JSON.stringify(mapped.problems))
  // What is sent must be what the contract reads.
  expect(commandInputs[mapped.act.name].parse(mapped.act.input)).toEqual(mapped.act.input)
  return mapped.act
}

describe('#29, #30: a pause', () => {
  const reasons = [
    { code: 'giam-dinh', label: 'Chờ giám định', why: null },
    { code: 'xin-y-kien', label: 'Đang xin ý kiến', why: 'Công văn 448/UBND-HCC: không được bấm ngừng.' },
  ]
  test('is asked for with a reason of the list and an explanation', () => {
    expect(act(pauseAct({ reasonCode: 'giam-dinh', explanation: ' Mẫu gửi ngày 5/10 ' }, reasons))).toEqual({
      name: 'pause.request',
      input: { reasonCode: 'giam-dinh', explanation: 'Mẫu gửi ngày 5/10' },
    })
    expect(pauseAct(emptyForms.pause, reasons)).toEqual({
      problems: { reasonCode: 'agency.need-reason-choice', explanation: 'agency.need-explanation' },
    })
  })
  test('is not even sent for a reason that can never stop the clock', () => {
    expect(pauseAct({ reasonCode: 'xin-y-kien', explanation: 'Chờ Sở Y tế' }, reasons)).toEqual({
      problems: { reasonCode: 'agency.pause-refused-reason' },
    })
  })
  test('ends without more ado', () => {
    expect(act(endPauseAct())).toEqual({ name: 'pause.end', input: {} })
  })
})

test('#16: what the citizen added is written down', () => {
  expect(supplementAct({ text: ' ' })).toHaveProperty('problems.text')
  expect(act(supplementAct({ text: ' Trụ số 12 ' })).input).toEqual({ text: 'Trụ số 12' })
})

describe('#32: a withdrawal', () => {
  const form = { requestScan: 'Đơn số 12', name: 'Trần Gia Huy', signedOn: '2026-10-05' }
  test('needs the request, the head’s name, and a day that is not ahead', () => {
    expect(act(withdrawAct(form, '2026-10-05')).input).toEqual({
      requestScan: 'Đơn số 12',
      headSignature: { name: 'Trần Gia Huy', signedOn: '2026-10-05' },
    })
    expect(withdrawAct(form, '2026-10-04')).toEqual({ problems: { signedOn: 'agency.need-signed-on' } })
    expect(withdrawAct(emptyForms.withdraw, '2026-10-05')).toEqual({
      problems: {
        requestScan: 'agency.need-scan',
        name: 'agency.need-signer',
        signedOn: 'agency.need-signed-on',
      },
    })
  })
})

describe('#33–#35: opinions', () => {
  const now = fromIso('2026-10-05T08:00:00+07:00')
  const { agencies } = consultableSchema.parse({
    agencies: [
      {
        agencyId: 'so-y-te',
        name: 'Sở Y tế',
        hours: 24,
        replyBy: '2026-10-08T08:00:00+07:00',
        procedures: [
          { procedure: 'Cấp phép quảng cáo', basis: 'QĐ 12', hours: 8, replyBy: '2026-10-06T08:00:00+07:00' },
        ],
      },
    ],
  })
  const form = { consultId: 'c1', agencyId: 'so-y-te', procedure: '', question: 'Có không?', at: '2026-10-06T10:00' }

  test('#33: what is asked and by when, ahead of now', () => {
    expect(act(consultAct(form, now)).input).toEqual({
      consultId: 'c1',
      agencyId: 'so-y-te',
      question: 'Có không?',
      replyBy: '2026-10-06T10:00:00+07:00',
    })
    expect(consultAct({ ...form, at: '2026-10-05T08:00' }, now)).toEqual({ problems: { at: 'agency.need-reply-by' } })
    expect(consultAct(emptyForms.consult, now)).toEqual({
      problems: { agencyId: 'agency.need-agency', question: 'agency.need-question', at: 'agency.need-reply-by' },
    })
  })
  test('#35: the agency brings its default time, a procedure its own with the basis', () => {
    expect(withReplyTime({ agencyId: 'so-y-te', procedure: '' }, agencies)).toEqual({
      agencyId: 'so-y-te',
      procedure: '',
      at: '2026-10-08T08:00',
    })
    const special = { agencyId: 'so-y-te', procedure: 'Cấp phép quảng cáo' }
    expect(withReplyTime(special, agencies).at).toBe('2026-10-06T08:00')
    expect(replyTimeOf(agencies, special)).toMatchObject({ hours: 8, basis: 'QĐ 12' })
    expect(replyTimeOf(agencies, { agencyId: '', procedure: '' })).toBeNull()
    expect(withReplyTime({ agencyId: '', procedure: '' }, agencies).at).toBe('')
  })
  test('a reply and a reminder name the question they belong to', () => {
    expect(replyAct({ text: '' }, 'c1')).toEqual({ problems: { text: 'agency.need-reply' } })
    expect(act(replyAct({ text: ' Không. ' }, 'c1')).input).toEqual({ consultId: 'c1', text: 'Không.' })
    expect(act({ act: remindAct('c1') })).toEqual({ name: 'consult.remind', input: { consultId: 'c1' } })
  })
})
