import { describe, expect, test } from 'vitest'
import {
  type CaseForm,
  emptyForm,
  formOf,
  isUntouched,
  openingOf,
  secondOf,
} from '../../../src-renderer/cases/case-form.ts'
import { problemsOf } from '../../../src-renderer/cases/problems.ts'
import { commandInputs } from '../../../src-shared/cases/commands.ts'
import { say, type WordKey, type WordParams } from '../../../src-shared/words/words.ts'

const now = '2026-09-03T09:41:07+07:00'
const vi = (key: WordKey, params?: WordParams) => say('vi', key, params)
const form: CaseForm = {
  ...emptyForm,
  content: 'Đèn đường hỏng ba ngày',
  name: 'Nguyễn Văn A',
  phone: '0277 555 01 99',
  address: 'Số 5 đường Nguyễn Huệ',
  fieldId: 'chieu-sang',
  call: { callId: 'call-1', number: '02775550199', startedAt: now },
}

describe('from the form to commands', () => {
  test('the opening is what the contract parses, with the call and the citizen in it (S4 Đ.8 k.1)', () => {
    const opened = commandInputs['case.open'].parse(openingOf(form, '26-0048213-K').input)
    expect(opened).toMatchObject({
      code: '26-0048213-K',
      channel: 'phone',
      citizen: { name: 'Nguyễn Văn A', isAnonymous: false },
      call: { callId: 'call-1' },
      external: null,
      hazard: null,
    })
  })

  test('a hazard counts only for somebody without a name (D12)', () => {
    const hazard = 'dien-giat'
    expect(openingOf({ ...form, hazard }, 'c').input).toMatchObject({ hazard: null })
    expect(openingOf({ ...form, hazard, isAnonymous: true }, 'c').input).toMatchObject({ hazard })
  })

  test('a letter brings its own number (#4)', () => {
    const letter = { ...form, channel: 'paper' as const, externalNumber: '12/UBND', externalIssuedBy: 'UBND xã' }
    expect(openingOf(letter, 'c').input).toMatchObject({ external: { number: '12/UBND', issuedBy: 'UBND xã' } })
  })

  test('a letter brings its date and its own deadline; a day without an hour means to the end of office hours (#4)', () => {
    const letter = { ...form, channel: 'portal' as const, externalNumber: '452/VPCP', externalIssuedBy: 'VPCP' }
    const dated = { ...letter, externalIssuedOn: '17/11/2026', externalDueAt: '5/12/2026' }
    expect(commandInputs['case.open'].parse(openingOf(dated, 'c').input).external).toEqual({
      number: '452/VPCP',
      issuedBy: 'VPCP',
      issuedOn: '2026-11-17',
      dueAt: '2026-12-05T17:00:00+07:00',
    })
    const timed = openingOf({ ...dated, externalDueAt: '05/12/2026 10:30' }, 'c')
    expect(timed.input).toMatchObject({ external: { dueAt: '2026-12-05T10:30:00+07:00' } })
    expect(openingOf({ ...dated, channel: 'phone' }, 'c').input).toMatchObject({ external: null })
  })

  test('what is no date is refused beside its own field, and stays as typed', () => {
    const input = openingOf({ ...form, channel: 'paper', externalDueAt: 'cuối tuần' }, 'c').input
    const issues = commandInputs['case.open'].safeParse(input).error!.issues
    const problems = issues.map(({ path, code }) => ({ path: path.join('.'), message: code }))
    expect(Object.keys(problemsOf({ outcome: 'invalid', problems }, vi))).toEqual(['externalDueAt'])
  })

  test('an answer pins the article at its version (#10) and says the caller was told', () => {
    const answered = {
      ...form,
      answerText: 'Gọi 1022',
      article: { id: 'bao-hong-den-duong', version: 3, title: 'Báo hỏng đèn', source: 'Quyết định 1' },
    }
    const { name, input } = secondOf(answered, now)
    expect(name).toBe('case.answer')
    expect(commandInputs['case.answer'].parse(input)).toMatchObject({
      article: { id: 'bao-hong-den-duong', version: 3 },
      source: null,
      citizenTold: { via: 'call', at: now },
    })
  })

  test('what came by web is not told by being answered', () => {
    const written = { ...form, channel: 'web' as const, answerText: 'x' }
    expect(secondOf(written, now).input).toMatchObject({ citizenTold: null })
    expect(secondOf({ ...form, answerText: 'x', isToldNow: false }, now).input).toMatchObject({ citizenTold: null })
  })

  test('a slip carries the call attempt, or the written reason for none (#14)', () => {
    const callAttempt = { at: now, number: '02775550100', result: 'no-answer' as const }
    const called = secondOf({ ...form, way: 'slip', agencyId: 'so-xay-dung', callAttempt }, now)
    expect(called.name).toBe('slip.send')
    expect(commandInputs['slip.send'].parse(called.input)).toMatchObject({
      summary: 'Đèn đường hỏng ba ngày',
      callAttempt: { result: 'no-answer' },
      skippedCallReason: null,
    })
    const skipped = secondOf(
      { ...form, way: 'slip', agencyId: 'so-xay-dung', skippedCallReason: 'chỉ nhận qua mạng' },
      now,
    )
    expect(skipped.input).toMatchObject({ callAttempt: null, skippedCallReason: 'chỉ nhận qua mạng' })
  })

  test('a refusal is told at once, with reason and address (S4 Đ.8 k.2)', () => {
    const refused = {
      ...form,
      way: 'refuse' as const,
      refusalReason: 'khong-ro',
      refusalText: 'r',
      referredTo: 'Tòa án',
    }
    expect(commandInputs['case.refuse'].parse(secondOf(refused, now).input)).toEqual({
      reasonCode: 'khong-ro',
      reason: 'r',
      referredTo: 'Tòa án',
      toldVia: 'call',
      toldAt: now,
    })
  })

  test('unclear competence asks the office (S4 Đ.9 k.6)', () => {
    const asked = { ...form, way: 'competence' as const, question: 'Đường của ai?' }
    expect(secondOf(asked, now)).toEqual({ name: 'competence.ask', input: { question: 'Đường của ai?' } })
  })
})

describe('words next to the field', () => {
  test('a refusal stands at what must be changed', () => {
    const problems = problemsOf({ outcome: 'refused', refused: 'slip-needs-call-attempt', why: {} }, vi)
    expect(Object.keys(problems)).toEqual(['callAttempt'])
    expect(problems.callAttempt).not.toContain('slip-needs')
  })

  test('a refusal that belongs to no field stands above the button', () => {
    expect(Object.keys(problemsOf({ outcome: 'refused', refused: 'not-permitted', why: {} }, vi))).toEqual(['form'])
  })

  test('an invalid address of e-mail stands at the e-mail', () => {
    const problems = problemsOf({ outcome: 'invalid', problems: [{ path: 'citizen.email', message: 'Invalid' }] }, vi)
    expect(problems).toEqual({ email: 'Mục này còn thiếu hoặc chưa đúng.' })
  })
})

describe('kept drafts', () => {
  test('a draft of an older form is filled up, and what is unknown is left behind', () => {
    const restored = formOf({ content: 'dở dang', forgotten: 1 })
    expect(restored).toEqual({ ...emptyForm, content: 'dở dang' })
  })

  test('a prefilled number is not yet something typed', () => {
    expect(isUntouched({ ...emptyForm, phone: '0277', call: form.call })).toBe(true)
    expect(isUntouched({ ...emptyForm, content: 'a' })).toBe(false)
    expect(isUntouched({ ...emptyForm, externalNumber: '452/VPCP' })).toBe(false)
  })
})
