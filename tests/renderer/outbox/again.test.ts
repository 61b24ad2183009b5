import { describe, expect, test } from 'vitest'
import { acts } from '../../../src-renderer/cases/acts.ts'
import { emptyForm, openingOf, secondOf } from '../../../src-renderer/cases/case-form.ts'
import { mayGiveAgain } from '../../../src-renderer/outbox/again.ts'
import { formAgain } from '../../../src-renderer/outbox/opening-again.ts'
import { typedAgain } from '../../../src-renderer/outbox/typed-again.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { type CommandName, commandInputs } from '../../../src-shared/cases/commands.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import type { CommandId } from '../../../src-shared/ids.ts'

const now = fromIso('2026-09-03T09:41:00+07:00')
const state = { citizenToldAt: null, answers: [], content: '' } as unknown as CaseState

/** What each act was typed with; every field of every act has something in it. */
const typed: Readonly<Record<string, string>> = {
  agencyId: 'so-xay-dung',
  result: 'busy',
  number: '02775550100',
  skipped: 'Đơn vị đã biết việc',
  via: 'call',
  at: '03/9/2026 09:30',
  contactedAt: '03/9/2026 09:30',
  missing: 'ảnh chụp\nđịa chỉ',
  completeAt: '04/9/2026 16:00',
  newDueAt: '08/9/2026 16:00',
  signedOn: '02/9/2026',
  until: '06/9/2026 17:00',
  replyBy: '08/9/2026 17:00',
  request: 'r1 so-y-te',
  kind: 'urge',
  signedFor: 'chairman',
  toldVia: 'sms',
  requestScan: 'don.pdf',
}

describe('S30: refused words come again as they were written', () => {
  test.each(acts.map((act) => [act.command, act] as const))('%s', (_, act) => {
    const values = Object.fromEntries(act.fields.map(({ name }) => [name, typed[name] ?? `Lời của ${name}`]))
    const input = act.input(values, state, now)
    // As the desk keeps it: parsed by its contract.
    const kept = commandInputs[act.command].parse(input)
    expect(typedAgain(act, kept)).toEqual(values)
    expect(act.input(typedAgain(act, kept), state, now)).toEqual(input)
  })

  test('what was left empty stays empty', () => {
    const send = acts.find(({ command }) => command === 'slip.send')!
    const input = { agencyId: 'so-y-te', summary: 's', callAttempt: null, skippedCallReason: 'x' }
    expect(typedAgain(send, input)).toMatchObject({ number: '', result: '', skipped: 'x' })
    expect(typedAgain(send, null)).toMatchObject({ agencyId: '', summary: '' })
  })

  test('there is a form for what people give, and none for what the desk gives by itself', () => {
    const without: CommandName[] = ['recording.attach', 'recording.listen', 'clock.escalate', 'case.redirect']
    expect(without.filter((name) => mayGiveAgain({ name }))).toEqual([])
    expect(mayGiveAgain({ name: 'case.open' }) && mayGiveAgain({ name: 'slip.send' })).toBe(true)
  })
})

describe('a case that was refused as a whole', () => {
  const form = {
    ...emptyForm,
    content: 'Đèn đường hỏng',
    name: 'Nguyễn Văn A',
    phone: '02775550199',
    address: 'Khóm 4',
    fieldId: 'chieu-sang',
    isUrgent: true,
    call: { callId: 'call-1', number: '02775550199', startedAt: toIso(now) },
  }
  const told = (name: CommandName, input: unknown, id: string) => ({
    name,
    input: commandInputs[name].parse(input),
    commandId: id as CommandId,
  })

  test.each([
    { way: 'answer', answerText: 'Đã báo đội điện', source: 'Công văn 12' },
    {
      way: 'slip',
      agencyId: 'so-xay-dung',
      summary: 'Đèn hỏng',
      callAttempt: { at: toIso(now), number: '0277', result: 'busy' },
    },
    { way: 'slip', agencyId: 'so-xay-dung', summary: 'Đèn hỏng', skippedCallReason: 'Đã gọi hôm qua' },
    { way: 'refuse', refusalReason: 'khieu-nai', refusalText: 'Là khiếu nại', referredTo: 'Ban Tiếp công dân' },
    { way: 'competence', question: 'Của Sở nào?' },
  ] as const)('opens its form again with what was to follow it: $way', (way) => {
    const written = { ...form, ...way } as typeof form
    const { input: opening } = openingOf(written, '26-0048213-K')
    const second = secondOf(written, toIso(now))
    const again = formAgain([told(second.name, second.input, 'c2'), told('case.open', opening, 'c1')])!
    expect(again.refusedIds).toEqual(['c2', 'c1'])
    expect(openingOf(again, '26-0048213-K').input).toEqual(opening)
    expect(secondOf(again, toIso(now))).toEqual(second)
  })

  test('a letter and somebody without a name, too', () => {
    const letter = {
      ...form,
      channel: 'paper' as const,
      isAnonymous: true,
      hazard: 'dien-giat',
      externalNumber: '12/UBND',
      externalIssuedBy: 'UBND xã',
      externalIssuedOn: '02/9/2026',
      externalDueAt: '08/9/2026 17:00',
    }
    const { input } = openingOf(letter, '26-0048213-K')
    expect(openingOf(formAgain([told('case.open', input, 'c1')])!, '26-0048213-K').input).toEqual(input)
  })

  test('without its opening there is nothing to open', () => {
    expect(formAgain([told('competence.ask', { question: 'q' }, 'c2')])).toBeNull()
  })
})
