import { describe, expect, test } from 'vitest'
import {
  answerAct,
  explainAct,
  hearAct,
  instantOf,
  missingItems,
  returnAct,
  tellAct,
  timeAct,
  urgingAct,
} from '../../../src-renderer/agency/acts.ts'
import { emptyForms } from '../../../src-renderer/agency/forms.ts'
import { commandInputs } from '../../../src-shared/cases/commands.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'

const dueAt = fromIso('2026-10-05T17:00:00+07:00')
const running = { dueAt, isLate: false }
const act = (mapped: ReturnType<typeof answerAct>) => {
  if ('problems' in mapped) throw new Error(JSON.stringify(mapped.problems))
  // What is sent must be what the contract reads.
  expect(commandInputs[mapped.act.name].parse(mapped.act.input)).toEqual(mapped.act.input)
  return mapped.act
}

describe('the answer (#18, #46)', () => {
  const answer = {
    ...emptyForms.answer,
    text: ' Đã thay đèn. ',
    told: 'yes',
    via: 'call',
    at: '2026-10-05T09:41',
  } as const
  test('who released it and how the citizen was told', () => {
    expect(act(answerAct({ ...answer, approver: ' Trần Gia Huy ' }, false))).toEqual({
      name: 'slip.answer',
      input: {
        text: 'Đã thay đèn.',
        approver: 'Trần Gia Huy',
        citizenTold: { via: 'call', at: '2026-10-05T09:41:00+07:00' },
      },
    })
  })
  test('not told yet is said, and drops a way and a time chosen before', () => {
    expect(act(answerAct({ ...answer, told: 'no' }, false)).input).toEqual({
      text: 'Đã thay đèn.',
      approver: null,
      citizenTold: null,
    })
  })
  test('what is missing, each by its field', () => {
    expect(answerAct(emptyForms.answer, false)).toEqual({
      problems: { text: 'agency.need-text', told: 'agency.told-choose' },
    })
    expect(answerAct({ ...answer, via: '', at: '' }, false)).toEqual({
      problems: { via: 'agency.need-via', at: 'agency.need-time' },
    })
  })
  test('#18: the word to the citizen afterwards', () => {
    expect(act(tellAct({ via: 'sms', at: '2026-10-05T10:00', note: '' }))).toEqual({
      name: 'citizen.tell',
      input: { via: 'sms', at: '2026-10-05T10:00:00+07:00', note: '' },
    })
    expect(tellAct(emptyForms.tell)).toHaveProperty('problems.via')
  })
})

describe('late (#37)', () => {
  const answer = { ...emptyForms.answer, text: 'Đã vá.', told: 'no' } as const
  test('the answer of a late slip is not sent without its cause', () => {
    expect(answerAct(answer, true)).toEqual({
      problems: { causeCode: 'agency.need-cause', cause: 'agency.need-cause-text' },
    })
    expect(act(answerAct({ ...answer, causeCode: 'nhieu-viec', cause: ' Mưa bão ' }, true)).input).toMatchObject({
      lateCause: { causeCode: 'nhieu-viec', text: 'Mưa bão' },
    })
  })
  test('what is in time carries no cause, whatever lies in an old draft', () => {
    const typed = { ...answer, causeCode: 'nhieu-viec', cause: 'Mưa bão' }
    expect(act(answerAct(typed, false)).input).not.toHaveProperty('lateCause')
  })
  test('a cause can be told by itself', () => {
    expect(explainAct(emptyForms.explain)).toHaveProperty('problems.causeCode')
    expect(act(explainAct({ causeCode: 'nhieu-viec', cause: 'Mưa bão' }))).toEqual({
      name: 'lateness.explain',
      input: { causeCode: 'nhieu-viec', text: 'Mưa bão' },
    })
  })
})

describe('more time', () => {
  const time = { way: 'postpone', at: '2026-10-06T10:00', reason: 'chờ vật tư', missing: '' } as const
  test('S4 Đ.10 k.3: after the deadline it is the postponement', () => {
    expect(act(timeAct(time, running))).toEqual({
      name: 'slip.postpone',
      input: { newDueAt: '2026-10-06T10:00:00+07:00', reason: 'chờ vật tư' },
    })
  })
  test('S4 Đ.9 k.3 ¶2: within the deadline, to its last second, it is a promise', () => {
    expect(act(timeAct({ ...time, at: '2026-10-05T17:00' }, running)).name).toBe('slip.promise')
    expect(act(timeAct({ ...time, at: '2026-10-05T17:01' }, running)).name).toBe('slip.postpone')
  })
  test('D4: what is late has no deadline to move', () => {
    expect(act(timeAct(time, { dueAt, isLate: true })).name).toBe('slip.promise')
  })
  test('S4 Đ.14 k.4: the list of what is missing', () => {
    const missing = '- Ảnh hiện trường\n2. Số trụ đèn\n\n  Giờ tắt  '
    expect(act(timeAct({ ...time, way: 'supplement', missing }, running))).toEqual({
      name: 'supplement.request',
      input: { missing: ['Ảnh hiện trường', 'Số trụ đèn', 'Giờ tắt'] },
    })
    expect(timeAct({ ...time, way: 'supplement', missing: ' \n' }, running)).toHaveProperty('problems.missing')
    expect(missingItems('x\n'.repeat(30))).toHaveLength(20)
  })
  test('a time and a reason are both needed', () => {
    expect(timeAct({ ...time, at: '', reason: ' ' }, running)).toEqual({
      problems: { at: 'agency.need-time', reason: 'agency.need-reason' },
    })
  })
})

test('#27: a demanded explanation is answered in words', () => {
  expect(urgingAct({ text: ' ' }, 'u1')).toEqual({ problems: { text: 'agency.need-account' } })
  expect(act(urgingAct({ text: ' Do mưa bão. ' }, 'u1')).input).toEqual({ urgingId: 'u1', text: 'Do mưa bão.' })
})

test('D11 S4 Đ.11 k.1: a call is asked for with a reason', () => {
  const problems = { recordingId: 'agency.need-recording', reason: 'agency.need-reason' }
  expect(hearAct({ recordingId: '', reason: ' ' })).toEqual({ problems })
  const asked = act(hearAct({ recordingId: 'r1', reason: ' Nghe rõ số nhà. ' }))
  expect(asked.input).toEqual({ recordingId: 'r1', reason: 'Nghe rõ số nhà.' })
})

test('#36: a return needs a reason', () => {
  expect(returnAct({ reason: '  ' })).toEqual({ problems: { reason: 'agency.need-reason' } })
  expect(act(returnAct({ reason: 'Thuộc Sở Y tế.' }))).toEqual({
    name: 'slip.return',
    input: { reason: 'Thuộc Sở Y tế.' },
  })
})

test.each([
  ['', null],
  ['2026-10-05', null],
  ['2026-13-05T10:00', null],
  ['2026-10-05T10:00', '2026-10-05T10:00:00+07:00'],
  ['2026-10-05T10:00:30', '2026-10-05T10:00:00+07:00'],
])('the wall clock %j is the province’s', (typed, instant) => {
  expect(instantOf(typed)).toBe(instant)
})
