import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  agencyCommandAnswerSchema,
  consultableSchema,
  type SlipDetail,
  slipDetailSchema,
  slipsSchema,
} from '../../../src-shared/api/agency.ts'
import type { CommandInput } from '../../../src-shared/cases/commands.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { recordingIdSchema } from '../../../src-shared/ids.ts'
import type { Account } from '../../../src-shared/people/roles.ts'
import { citizen, openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'

let server: Running
let caseId: string
const tokens = new Map<string, string>()

beforeEach(async () => {
  tokens.clear()
  server = await startServer({ at: '2026-10-05T07:00:00+07:00' })
})
afterEach(() => server.remove())

/** A slip at Sở Xây dựng, received on a Monday at the opening of the offices. */
async function slip(changes: Partial<CommandInput<'case.open'>> = {}): Promise<void> {
  const desk = await openDesk(server, people.agent, `desk-${uuidv7()}`)
  caseId = uuidv7()
  await desk.give('case.open', caseId, openInput(desk.nextCode(), changes))
  expect(await desk.give('slip.send', caseId, sendInput(server))).toMatchObject({ kind: 'accepted' })
}
async function tokenOf(account: Account): Promise<string> {
  const known = tokens.get(account.id)
  if (known !== undefined) return known
  const token = await server.signIn(account)
  tokens.set(account.id, token)
  return token
}
async function give(account: Account, name: string, input: object, commandId: string = uuidv7()) {
  const body = { commandId, caseId, name, input }
  const response = await server.request('/api/agency/commands', { token: await tokenOf(account), body })
  return agencyCommandAnswerSchema.parse(await response.json())
}
const done = { outcome: 'done' }
async function read(account: Account): Promise<SlipDetail> {
  return slipDetailSchema.parse(await server.json(`/api/agency/slips/${caseId}`, { token: await tokenOf(account) }))
}
async function list(account: Account) {
  return slipsSchema.parse(await server.json('/api/agency/slips', { token: await tokenOf(account) })).slips
}
function at(instant: string): void {
  server.clock.setTo(fromIso(instant))
  // A session does not last the night.
  tokens.clear()
}
async function passTo(instant: string): Promise<void> {
  at(instant)
  await server.tick()
}
const consult = (replyBy: string, consultId = 'c1') => ({
  consultId,
  agencyId: people.otherOfficer.agencyId,
  question: 'Có ảnh hưởng đến trạm y tế không?',
  replyBy,
})

describe('#29, #30: a pause', () => {
  beforeEach(() => slip())

  test('the reasons come with the words of the letter for those that can never stop the clock', async () => {
    const { choices } = await read(people.officer)
    const refused = choices.pauseReasons.filter((reason) => reason.why !== null)
    expect(refused.map((reason) => reason.code)).toEqual(['cho-y-kien-co-quan-khac'])
    expect(refused[0]?.why).toContain('448/UBND-HCC')
    const answer = await give(people.officer, 'pause.request', { reasonCode: refused[0]!.code, explanation: 'Chờ' })
    expect(answer).toMatchObject({ refused: 'pause-awaiting-opinion' })
    expect(answer.outcome === 'refused' && answer.message).toContain('448/UBND-HCC')
  })

  test('asked for, it stops nothing; confirmed by the office, the clock stands still and says what is left', async () => {
    at('2026-10-05T08:00:00+07:00')
    const reasonCode = 'cho-ket-qua-giam-dinh'
    expect(await give(people.officer, 'pause.request', { reasonCode, explanation: 'Mẫu gửi 5/10' })).toEqual(done)
    const asked = await read(people.officer)
    expect(asked.clock?.state).toBe('running')
    expect(asked.deadline.stopped).toBeNull()
    expect(asked.pendingPause).toMatchObject({ byName: people.officer.name, at: '2026-10-05T08:00:00+07:00' })
    expect(asked.pendingPause?.reason).toContain('giám định')
    expect(asked.choices).toMatchObject({ pauseConfirmers: ['office', 'supervisor'], pauseConfirmWithinHours: 4 })
    // The head works for the same agency: another role, but not one that confirms.
    expect(await give(people.head, 'pause.confirm', {})).toMatchObject({ refused: 'not-permitted' })

    at('2026-10-05T09:00:00+07:00')
    const office = await openDesk(server, people.office, 'desk-office')
    expect(await office.give('pause.confirm', caseId, {})).toMatchObject({ kind: 'accepted' })
    const stopped = await read(people.officer)
    expect(stopped.isPaused).toBe(true)
    // D8: confirmed in time, so it counts from the request: one of the eight hours is used.
    expect(stopped.deadline.stopped).toEqual({ reason: 'pause', left: 'còn 7 giờ làm việc', resumesAt: null })

    at('2026-10-06T07:00:00+07:00')
    expect(await give(people.officer, 'pause.end', {})).toEqual(done)
    const again = await read(people.officer)
    expect(again.clock).toMatchObject({ state: 'running', dueAt: '2026-10-06T16:00:00+07:00' })
    expect(again.deadline.working.map((stretch) => [stretch.amount, stretch.stoodFromAt])).toEqual([
      ['1 giờ', null],
      ['0 phút', '2026-10-05T08:00:00+07:00'],
    ])
  })
})

describe('opinions of other agencies (S2 k.1)', () => {
  beforeEach(() => slip())

  test('#33, #34, #29: the lead’s clock runs, no pause, and the second reminder is copied to Home Affairs', async () => {
    expect(await give(people.officer, 'consult.ask', consult('2026-10-06T10:00:00+07:00'))).toEqual(done)
    const asked = await read(people.officer)
    expect(asked.clock).toMatchObject({ state: 'running', dueAt: '2026-10-05T17:00:00+07:00' })
    expect(asked.available).not.toContain('pause.request')
    expect(asked.opinions).toMatchObject([
      { askedOfName: 'Sở Y tế', reminders: 0, isNextCopied: false, repliedAt: null },
    ])
    expect(await give(people.officer, 'consult.remind', { consultId: 'c1' })).toEqual(done)
    expect((await read(people.officer)).opinions).toMatchObject([{ reminders: 1, isNextCopied: true }])
    expect(await give(people.officer, 'consult.remind', { consultId: 'c1' })).toEqual(done)
    const { journal } = await read(people.officer)
    expect(journal.at(-1)?.text).toContain('Sở Nội vụ')
  })

  test('#33: late by the asked agency’s own hours, in its own list and in that of the lead that waits', async () => {
    await give(people.officer, 'consult.ask', consult('2026-10-05T16:00:00+07:00'))
    at('2026-10-05T15:00:00+07:00')
    const [owed] = await list(people.otherOfficer)
    expect(owed).toMatchObject({ leadName: 'Sở Xây dựng', clock: null })
    expect(owed?.opinions).toMatchObject([{ consultId: 'c1', timeText: 'còn 1 giờ làm việc' }])
    at('2026-10-06T08:00:00+07:00')
    // 16:00–17:00 and 7:00–8:00: the night does not count.
    for (const account of [people.otherOfficer, people.officer]) {
      expect((await list(account))[0]?.opinions).toMatchObject([{ timeText: 'trễ 2 giờ' }])
    }
  })

  test('#35: the default time counts in the asked agency’s working hours; the lead itself is not among them', async () => {
    at('2026-10-09T16:00:00+07:00')
    const token = await tokenOf(people.officer)
    const { agencies } = consultableSchema.parse(
      await server.json(`/api/agency/slips/${caseId}/consultable`, { token }),
    )
    // 24 working hours from Friday 16:00: one on Friday, then Monday and Tuesday whole and seven hours of Wednesday.
    const health = agencies.find((agency) => agency.agencyId === 'so-y-te')
    expect(health).toMatchObject({ hours: 24, replyBy: '2026-10-14T16:00:00+07:00', procedures: [] })
    // The power company works round the clock.
    const power = agencies.find((agency) => agency.agencyId === 'dien-luc')
    expect(power?.replyBy).toBe('2026-10-10T16:00:00+07:00')
    expect(agencies.map((agency) => agency.agencyId)).not.toContain('so-xay-dung')
    // Dissolved in 2025: nobody there would answer.
    expect(agencies.map((agency) => agency.agencyId)).not.toContain('so-giao-thong-van-tai')
  })

  test('the asked agency knows the matter and not the person, wherever the person is named', async () => {
    await slip({
      content: `Đèn tắt một tuần. Tôi là ${citizen.name}, số 0277 555 40 01, ${citizen.address}.`,
    })
    await give(people.officer, 'consult.ask', consult('2026-10-05T16:00:00+07:00'))
    const detail = await read(people.otherOfficer)
    expect(detail).toMatchObject({ isOpinionOnly: true, clock: null, opinions: [{ consultId: 'c1' }] })
    expect(detail.deadline.working).toEqual([])
    expect(detail.content).toContain('Đèn tắt một tuần.')
    const all = JSON.stringify([detail, await list(people.otherOfficer)])
    for (const told of [citizen.name, '555 40 01', citizen.phone, 'Ấp 3']) expect(all).not.toContain(told)
    expect(detail.journal).toHaveLength(1)
    expect((await read(people.officer)).content).toContain(citizen.name)
  })

  test('a reply ends the sight of the case, and the repeat of a reply whose answer was lost is still answered', async () => {
    await give(people.officer, 'consult.ask', consult('2026-10-05T16:00:00+07:00'))
    const reply = { consultId: 'c1', text: 'Không ảnh hưởng.' }
    expect(await give(people.otherOfficer, 'consult.reply', reply, 'once')).toEqual(done)
    expect(await list(people.otherOfficer)).toEqual([])
    expect(await give(people.otherOfficer, 'consult.reply', reply, 'once')).toEqual(done)
    const [opinion] = (await read(people.officer)).opinions
    expect(opinion).toMatchObject({ reply: 'Không ảnh hưởng.', timeText: '', repliedAt: '2026-10-05T07:00:00+07:00' })
    expect((await list(people.officer))[0]?.opinions).toEqual([])
  })

  test('an opinion on a case that is over is asked of nobody any more', async () => {
    await give(people.officer, 'consult.ask', consult('2026-10-05T16:00:00+07:00'))
    const withdrawal = { requestScan: 'Đơn số 12', headSignature: { name: 'Trần Gia Huy', signedOn: '2026-10-05' } }
    expect(await give(people.officer, 'case.withdraw', withdrawal)).toEqual(done)
    expect(await list(people.otherOfficer)).toEqual([])
  })
})

test('#32: a withdrawal without the request, or without the head’s signature, is refused in words', async () => {
  await slip()
  const headSignature = { name: 'Trần Gia Huy', signedOn: '2026-10-05' }
  expect(await give(people.officer, 'case.withdraw', { requestScan: null, headSignature })).toMatchObject({
    refused: 'withdrawal-needs-request',
  })
  const unsigned = await give(people.officer, 'case.withdraw', { requestScan: 'Đơn số 12', headSignature: null })
  expect(unsigned.outcome === 'refused' && unsigned.message).toContain('448/UBND-HCC')
})

test('#16, D5: the supplement stops the clock once, until it comes or its cap is used up', async () => {
  await slip()
  at('2026-10-05T08:00:00+07:00')
  await give(people.officer, 'supplement.request', { missing: ['Số trụ đèn'] })
  const waiting = await read(people.officer)
  expect(waiting.pendingSupplement).toMatchObject({ missing: ['Số trụ đèn'], stopsClock: true })
  expect(waiting.deadline.stopped).toEqual({
    reason: 'supplement',
    left: 'còn 7 giờ làm việc',
    resumesAt: '2026-10-12T08:00:00+07:00',
  })
  at('2026-10-05T10:00:00+07:00')
  expect(await give(people.officer, 'supplement.receive', { text: 'Trụ số 12' })).toEqual(done)
  expect((await read(people.officer)).deadline.stopped).toBeNull()
  expect(await give(people.officer, 'supplement.request', { missing: ['Ảnh'] })).toMatchObject({
    refused: 'supplement-used',
  })
})

test('#36: the second "not ours" will be the provincial office’s to judge, and the form is told', async () => {
  await slip()
  expect((await read(people.officer)).choices.isReturnForOffice).toBe(false)
  expect(await give(people.officer, 'slip.return', { reason: 'Thuộc Sở Y tế.' })).toEqual(done)
  expect((await read(people.officer)).pendingReturn).toMatchObject({ reason: 'Thuộc Sở Y tế.' })
  const desk = await openDesk(server, people.secondAgent, 'desk-again')
  await desk.give('slip.accept-return', caseId, { note: '' })
  await desk.give('slip.send', caseId, sendInput(server))
  expect((await read(people.officer)).choices.isReturnForOffice).toBe(true)
})

describe('late (#21, #37, #38)', () => {
  beforeEach(() => slip())

  test('D2: at the head both readings stand side by side, and D4: how far it can be postponed', async () => {
    const before = await read(people.officer)
    expect(before.deadline.readings).toBeNull()
    expect(before.choices.postponeUntilAt).toBe('2026-10-12T17:00:00+07:00')
    await passTo('2026-10-05T17:00:01+07:00')
    const { deadline, row } = await read(people.head)
    expect(row.stage).toBe('with-head')
    // R1: six working days from the head's receipt; R2: eight of the 48 hours were the officer's.
    expect(deadline.readings).toEqual({
      inForce: 'R1',
      R1: '2026-10-13T17:00:00+07:00',
      R2: '2026-10-12T17:00:00+07:00',
    })
  })

  test('#37: a late answer names its cause; #38: the lateness stands with who held the slip', async () => {
    await passTo('2026-10-05T17:00:01+07:00')
    await passTo('2026-10-13T17:00:01+07:00')
    at('2026-10-14T09:00:00+07:00')
    const late = await read(people.head)
    expect(late.row.stage).toBe('late')
    expect(late.choices.lateCauses.length).toBeGreaterThan(1)
    expect(late.deadline.holders).toEqual([
      { level: 'focal-officer', agencyName: 'Sở Xây dựng', heldText: '8 giờ', lateText: '' },
      { level: 'head', agencyName: 'Sở Xây dựng', heldText: '50 giờ', lateText: '2 giờ' },
    ])
    expect(late.deadline.working.map((stretch) => stretch.amount)).toEqual(['8 giờ', '50 giờ'])
    const answer = { text: 'Đã thay đèn.', approver: null, citizenTold: null }
    const refused = await give(people.head, 'slip.answer', answer)
    expect(refused).toMatchObject({ refused: 'late-cause-missing' })
    expect(refused.outcome === 'refused' && refused.message).toContain('448/UBND-HCC')
    const lateCause = { causeCode: late.choices.lateCauses[0]!.code, text: 'Chờ vật tư.' }
    expect(await give(people.head, 'slip.answer', { ...answer, lateCause })).toEqual(done)
    expect((await read(people.head)).lateCause).toEqual({
      label: late.choices.lateCauses[0]!.label,
      text: 'Chờ vật tư.',
    })
  })
})

test('#4: the letter’s own time limit stands beside the Regulation’s', async () => {
  const external = {
    number: '1234/VPCP-KSTT',
    issuedBy: 'Văn phòng Chính phủ',
    issuedOn: '2026-10-01',
    dueAt: '2026-10-05T11:00:00+07:00',
  }
  await slip({ channel: 'portal', external })
  const { deadline, row } = await read(people.officer)
  expect(deadline.external).toMatchObject({ number: '1234/VPCP-KSTT', dueAt: external.dueAt })
  expect(row).toMatchObject({ externalDueAt: external.dueAt, clock: { dueAt: '2026-10-05T17:00:00+07:00' } })
})

test('#27: a letter that demands an explanation stands on the slip until it is given', async () => {
  await slip()
  const office = await openDesk(server, people.office, 'desk-office')
  const letter = { number: '45/VP-HCC', signedBy: 'Lê Công Thiện', signedOn: '2026-10-05' }
  const replyBy = '2026-10-07T17:00:00+07:00'
  const urging = {
    urgingId: 'u1',
    kind: 'explain',
    letter,
    signedFor: 'office',
    content: 'Nêu rõ lý do.',
    replyBy,
  } as const
  expect(await office.give('urging.send', caseId, urging)).toMatchObject({ kind: 'accepted' })
  const owed = await read(people.head)
  expect(owed.urgings).toMatchObject([{ kind: 'explain', number: '45/VP-HCC', replyBy, repliedAt: null }])
  expect(owed.available).toContain('urging.reply')
  expect(await give(people.head, 'urging.reply', { urgingId: 'u1', text: 'Do mưa bão.' })).toEqual(done)
  expect((await read(people.head)).urgings[0]?.repliedAt).toBe('2026-10-05T07:00:00+07:00')
})

test('D11: a recording stands on the slip only while the office lets the agency hear it', async () => {
  await slip()
  const desk = await openDesk(server, people.secondAgent, 'desk-recording')
  const recordingId = recordingIdSchema.parse('r1')
  const attached = { callId: 'call-1', startedAt: '2026-10-05T06:50:00+07:00', durationMs: 60_000 }
  await desk.give('recording.attach', caseId, { recordingId, ...attached, chainHead: '0'.repeat(64) })
  expect((await read(people.officer)).recordings).toEqual([])
  expect((await read(people.officer)).unheard).toMatchObject([{ recordingId, asked: 'no' }])
  await give(people.officer, 'recording.request', { recordingId, reason: 'Nghe rõ vị trí.' })
  expect((await read(people.officer)).unheard).toMatchObject([{ recordingId, asked: 'waiting' }])
  const office = await openDesk(server, people.office, 'desk-office')
  const untilAt = '2026-10-05T09:00:00+07:00'
  const grant = { recordingId, agencyId: people.officer.agencyId!, untilAt }
  expect(await office.give('recording.grant', caseId, grant)).toMatchObject({ kind: 'accepted' })
  expect((await read(people.officer)).recordings).toMatchObject([{ recordingId, durationMs: 60_000 }])
  expect((await read(people.officer)).unheard).toEqual([])
  at('2026-10-05T09:00:01+07:00')
  expect(await read(people.officer)).toMatchObject({ recordings: [], unheard: [{ recordingId, asked: 'over' }] })
})
