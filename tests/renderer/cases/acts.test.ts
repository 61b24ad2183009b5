import { describe, expect, test } from 'vitest'
import { acts } from '../../../src-renderer/cases/acts.ts'
import { instantOf, localText } from '../../../src-renderer/cases/typed-time.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { commandInputs, commandNames } from '../../../src-shared/cases/commands.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { demonstrationReference } from '../../fixtures/province.ts'

const now = fromIso('2026-09-03T09:41:07+07:00')
const state = {
  content: 'Đèn đường hỏng',
  answers: [{ text: 'Đã thay đèn' }],
  citizenToldAt: '2026-09-03T09:30:15+07:00',
  slip: { agencyId: 'so-cong-thuong' },
  competence: null,
  recordingRequests: [{ recordingId: 'r1', agencyId: 'so-xay-dung', reason: 'x', state: 'asked' }],
  consults: [
    { id: 'later', agencyId: 'so-y-te', replyBy: '2026-09-09T09:00:00+07:00', repliedAt: null },
    { id: 'first', agencyId: 'so-tai-chinh', replyBy: '2026-09-04T09:00:00+07:00', repliedAt: null },
    {
      id: 'come',
      agencyId: 'so-xay-dung',
      replyBy: '2026-09-02T09:00:00+07:00',
      repliedAt: '2026-09-02T08:00:00+07:00',
    },
  ],
} as unknown as CaseState
const act = (command: string) => acts.find((one) => one.command === command)!

describe('acts on a case', () => {
  test('each act is a command of the contract, once', () => {
    const names = acts.map(({ command }) => command)
    expect(names.filter((name) => !commandNames.includes(name))).toEqual([])
    expect(new Set(names).size).toBe(names.length)
  })

  test.each([
    ['citizen.tell', {}],
    ['case.close', {}],
    ['slip.remind', { note: 'n' }],
    ['slip.accept-return', {}],
    ['slip.reject-return', { reason: 'r' }],
    ['case.reopen', { reason: 'r' }],
    ['case.amend', { reason: 'r' }],
    ['slip.promise', { completeAt: '04/9/2026 16:00', reason: 'r' }],
    ['slip.postpone', { newDueAt: '4/9/2026 16h00', reason: 'r' }],
    ['slip.answer', { text: 't' }],
    ['supplement.request', { missing: 'ảnh\n\n địa chỉ ' }],
    ['supplement.receive', { text: 't' }],
    ['pause.confirm', {}],
    ['pause.refuse', { reason: 'r' }],
    ['competence.set', { agencyId: 'so-xay-dung', reason: 'r' }],
    ['slip.send', { agencyId: 'so-xay-dung', number: '02775550100', result: 'busy' }],
    ['case.refuse', { reasonCode: 'c', reason: 'r', referredTo: 'x' }],
    ['consult.remind', {}],
    ['slip.transfer', { agencyId: 'so-xay-dung', act: 'NQ 15', reason: 'r' }],
    ['lateness.lift', { number: '12', signedBy: 'Trần B', signedOn: '3/9/2026', reason: 'r' }],
    ['lateness.lift', {}],
    ['urging.send', { number: '45/VP', signedBy: 'Trần B', content: 'c', kind: 'explain', replyBy: '8/9/2026' }],
    ['urging.send', {}],
    ['recording.grant', {}],
    ['recording.deny', { reason: 'r' }],
    ['case.withdraw', { requestScan: 'don.pdf', signer: 'Trần B', signedOn: '3/9/2026' }],
  ] as const)('%s gives what its contract parses', (command, typed) => {
    const values = { ...act(command).defaults?.(state, now, null), ...typed }
    const parsed = commandInputs[command].safeParse(act(command).input(values, state, now))
    expect(parsed.error?.issues ?? []).toEqual([])
  })

  test('a reminder is meant for the opinion that is owed longest (#33)', () => {
    expect(act('consult.remind').defaults!(state, now, null)).toEqual({ consultId: 'first' })
  })

  test('the directory’s successor is proposed where the agency is no more, otherwise nobody (D13)', () => {
    const { directory } = demonstrationReference()
    const transfer = act('slip.transfer')
    expect(transfer.defaults!(state, now, directory)).toEqual({ agencyId: '' })
    const trade = directory.agencies.find(({ id }) => id === 'so-cong-thuong')!
    trade.validTo = '2026-09-02'
    trade.successorId = directory.agencies.find(({ id }) => id === 'so-tai-chinh')!.id
    expect(transfer.defaults!(state, now, directory)).toEqual({ agencyId: 'so-tai-chinh' })
  })

  test('closing offers the answer as proof and the very second the citizen was told (S2 k.1)', () => {
    const close = act('case.close')
    const values = close.defaults!(state, now, null)
    expect(close.input(values, state, now)).toEqual({ proof: 'Đã thay đèn', contactedAt: '2026-09-03T09:30:15+07:00' })
    expect(close.input({ ...values, contactedAt: '' }, state, now)).toMatchObject({ contactedAt: null })
  })

  test('"now" by the minute is not in the future and not half a minute early', () => {
    const told = act('citizen.tell')
    expect(told.input(told.defaults!(state, now, null), state, now)).toMatchObject({ at: '2026-09-03T09:41:07+07:00' })
  })

  test('a moment is read on the wall clock of the province', () => {
    expect(instantOf(localText(now))).toBe('2026-09-03T09:41:00+07:00')
    expect(localText(now)).toBe('03/9/2026 09:41')
    expect(instantOf('hôm qua')).toBe('hôm qua')
  })
})
