import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { agencyCommandAnswerSchema, slipDetailSchema, slipsSchema } from '../../../src-shared/api/agency.ts'
import { signedInSchema } from '../../../src-shared/api/session.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'

let server: Running
let caseId: string
beforeEach(async () => {
  server = await startServer({ at: '2026-10-05T07:00:00+07:00' })
  const desk = await openDesk(server, people.agent, 'desk-agency')
  caseId = uuidv7()
  await desk.give('case.open', caseId, openInput(desk.nextCode()))
  await desk.give('slip.send', caseId, sendInput(server))
})
afterEach(() => server.remove())

interface Sms {
  kind: string
  to: string
  text: string
}
function sms(kind: string): Sms[] {
  const file = join(server.dataDir, 'outbox/sms.jsonl')
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as Sms).filter((each) => each.kind === kind)
}
async function linkToken(): Promise<string> {
  await server.deps.outbox.tick()
  return /\/phieu\/([\w-]+)/.exec(sms('slip-sent').at(-1)!.text)![1]!
}
const codeSent = () => /\d{6}/.exec(sms('one-time-code').at(-1)!.text)![0]
const post = (path: string, body: object, token?: string) =>
  server.request(path, { body, ...(token === undefined ? {} : { token }) })

describe('the link in the SMS', () => {
  test('opens one slip after a one-time code sent to the same telephone', async () => {
    const desk = await openDesk(server, people.secondAgent, 'desk-second')
    const other = uuidv7()
    await desk.give('case.open', other, openInput(desk.nextCode()))
    await desk.give('slip.send', other, sendInput(server))
    await server.deps.outbox.tick()
    const mine = sms('slip-sent').find((each) => each.to === '02775552021')!
    const token = /\/phieu\/([\w-]+)/.exec(mine.text)![1]!

    const sent = (await (await post('/api/agency/link', { token })).json()) as { sentTo: string }
    expect(sent.sentTo).not.toContain('02775552021')
    const response = await post('/api/agency/link/code', { token, code: codeSent() })
    const signedIn = signedInSchema.parse(await response.json())
    expect(signedIn.account.id).toBe(people.officer.id)
    expect(signedIn.line).toBeNull()
    const { slips } = slipsSchema.parse(await server.json('/api/agency/slips', { token: signedIn.token }))
    expect(slips.map((each) => each.caseId)).toEqual([caseId])
    const stranger = await server.request(`/api/agency/slips/${other}`, { token: signedIn.token })
    expect(stranger.status).toBe(404)
    for (const path of ['/api/sync/reference', `/api/cases/${caseId}`]) {
      expect((await server.request(path, { token: signedIn.token })).status).toBe(403)
    }
  })

  test('the code works once, and neither it nor the link is kept in the outbox', async () => {
    const token = await linkToken()
    await post('/api/agency/link', { token })
    const code = codeSent()
    expect((await post('/api/agency/link/code', { token, code })).status).toBe(200)
    expect((await post('/api/agency/link/code', { token, code })).status).toBe(410)
    const kept = JSON.stringify(await server.deps.store.read.outbox.newest(50))
    expect(kept).not.toContain(code)
    expect(kept).not.toContain(token)
  })

  test('five wrong codes end it, and a right one after that too', async () => {
    const token = await linkToken()
    await post('/api/agency/link', { token })
    const right = codeSent()
    const wrong = right === '000000' ? '000001' : '000000'
    for (let left = 4; left >= 0; left--) {
      const response = await post('/api/agency/link/code', { token, code: wrong })
      expect(await response.json()).toMatchObject({ error: { code: 'code-wrong', why: { triesLeft: left } } })
    }
    expect((await post('/api/agency/link/code', { token, code: right })).status).toBe(410)
  })

  test('the code ends after 10 minutes, the link after 14 days, and no link can be guessed at leisure', async () => {
    const token = await linkToken()
    await post('/api/agency/link', { token })
    server.clock.advance(10 * 60_000)
    expect((await post('/api/agency/link/code', { token, code: codeSent() })).status).toBe(410)
    server.clock.advance(14 * 86_400_000)
    expect((await post('/api/agency/link', { token })).status).toBe(404)
    for (let i = 0; i < 19; i++) await post('/api/agency/link', { token: `guess-${i}-guess` })
    expect((await post('/api/agency/link', { token: 'guess-again' })).status).toBe(429)
  })
})

describe('the workspace', () => {
  test('D1: to look at a slip opens it, once, and starts no clock', async () => {
    const token = await server.signIn(people.officer)
    const detail = slipDetailSchema.parse(await server.json(`/api/agency/slips/${caseId}`, { token }))
    expect(detail.row.stage).toBe('with-focal-officer')
    expect(detail.clock).toMatchObject({ state: 'running', dueAt: '2026-10-05T17:00:00+07:00' })
    expect(detail.citizen.phone).toBe('02775554001')
    expect(detail.available).toContain('slip.answer')
    expect(detail.deadline.text).toContain('17:00')
    await server.json(`/api/agency/slips/${caseId}`, { token })
    const events = await server.deps.store.read.register.eventsOfCase(caseId)
    expect(events.filter(({ line }) => line.includes('"slip.opened"'))).toHaveLength(1)
  })

  test('an officer sees the slips of the own agency, the provincial office and a stranger do not see this list', async () => {
    const other = await server.signIn(people.otherOfficer)
    expect(slipsSchema.parse(await server.json('/api/agency/slips', { token: other })).slips).toEqual([])
    expect((await server.request(`/api/agency/slips/${caseId}`, { token: other })).status).toBe(404)
    expect((await server.request('/api/agency/slips')).status).toBe(401)
  })

  test('S2 k.1: an agency whose opinion is asked sees the case until it has replied', async () => {
    const officer = await server.signIn(people.officer)
    const other = await server.signIn(people.otherOfficer)
    const input = {
      consultId: 'c1',
      agencyId: people.otherOfficer.agencyId,
      question: 'Có ảnh hưởng đến trạm y tế không?',
      replyBy: '2026-10-06T10:00:00+07:00',
    }
    await post('/api/agency/commands', { commandId: 'ask', caseId, name: 'consult.ask', input }, officer)
    const seen = slipsSchema.parse(await server.json('/api/agency/slips', { token: other }))
    expect(seen.slips.map((each) => each.caseId)).toEqual([caseId])
    // Asked for an opinion, not to answer the citizen: no name, no number.
    const detail = slipDetailSchema.parse(await server.json(`/api/agency/slips/${caseId}`, { token: other }))
    expect(detail.citizen).toEqual({ name: '', phone: '', address: '' })
    expect(JSON.stringify([seen, detail])).not.toMatch(/Nguyễn Thị Sen|02775554001/)
    expect((await server.request(`/api/cases/${caseId}`, { token: other })).status).toBe(404)
    const reply = { commandId: 'reply', caseId, name: 'consult.reply', input: { consultId: 'c1', text: 'Không.' } }
    expect(await (await post('/api/agency/commands', reply, other)).json()).toEqual({ outcome: 'done' })
    expect(slipsSchema.parse(await server.json('/api/agency/slips', { token: other })).slips).toEqual([])
  })

  test('S4 Đ.10 k.3: a second postponement is refused in words; a repeat of the first is harmless', async () => {
    const token = await server.signIn(people.officer)
    const postpone = (commandId: string) =>
      post(
        '/api/agency/commands',
        {
          commandId,
          caseId,
          name: 'slip.postpone',
          input: { newDueAt: '2026-10-06T10:00:00+07:00', reason: 'chờ vật tư' },
        },
        token,
      )
    expect(await (await postpone('first')).json()).toEqual({ outcome: 'done' })
    expect(await (await postpone('first')).json()).toEqual({ outcome: 'done' })
    const refused = agencyCommandAnswerSchema.parse(await (await postpone('second')).json())
    expect(refused).toMatchObject({ outcome: 'refused', refused: 'postponement-used' })
    expect(refused.outcome === 'refused' && refused.message).toContain('Điều 10')
  })
})
