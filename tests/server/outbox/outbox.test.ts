import { uuidv7 } from 'uuidv7'
import { afterEach, describe, expect, test } from 'vitest'
import { messagesSchema } from '../../../src-shared/api/messages.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import type { Gateway, Outgoing } from '../../../sync-server/src/outbox/gateway.ts'
import { backOffMs } from '../../../sync-server/src/outbox/outbox.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'

let server: Running
afterEach(() => server.remove())

/** A way out that can be broken. */
function recorder(): Gateway & { sent: Outgoing[]; isDown: boolean } {
  const gateway = {
    name: 'recorder',
    sent: [] as Outgoing[],
    isDown: false,
    async send(message: Outgoing) {
      if (gateway.isDown) throw new Error('nhà mạng không trả lời')
      gateway.sent.push(message)
    },
  }
  return gateway
}

async function sendSlip(at: string, gateway: Gateway) {
  server = await startServer({ at, gateway })
  const desk = await openDesk(server, people.agent, 'desk-outbox')
  const caseId = uuidv7()
  await desk.give('case.open', caseId, openInput(desk.nextCode()))
  await desk.give('slip.send', caseId, sendInput(server))
  return { desk, caseId }
}
const setTo = (text: string) => server.clock.setTo(fromIso(text))

describe('the outbox', () => {
  test('#20: a notice to an agency waits for its working hours; the instant is stored as it was', async () => {
    const gateway = recorder()
    await sendSlip('2026-10-03T22:00:00+07:00', gateway)
    await server.deps.outbox.tick()
    expect(gateway.sent.map((each) => each.kind)).toEqual(['receipt'])
    setTo('2026-10-05T06:59:59+07:00')
    expect(await server.deps.outbox.tick()).toBe(0)
    setTo('2026-10-05T07:00:00+07:00')
    expect(await server.deps.outbox.tick()).toBe(1)
    expect(gateway.sent[1]).toMatchObject({ kind: 'slip-sent', to: '02775552021' })
    const token = await server.signIn(people.supervisor, 'desk-s')
    const { messages } = messagesSchema.parse(await server.json('/api/messages', { token }))
    expect(messages.find((each) => each.kind === 'slip-sent')).toMatchObject({
      state: 'sent',
      createdAt: '2026-10-03T22:00:00+07:00',
      notBeforeAt: '2026-10-05T07:00:00+07:00',
      sentAt: '2026-10-05T07:00:00+07:00',
      gateway: 'recorder',
    })
  })

  test('#47: the words are made when it is sent: a summary amended meanwhile is the one that goes out', async () => {
    const gateway = recorder()
    const { desk, caseId } = await sendSlip('2026-10-05T08:00:00+07:00', gateway)
    const officer = await server.signIn(people.officer)
    await server.json('/api/agency/commands', {
      token: officer,
      body: {
        commandId: 'later',
        caseId,
        name: 'slip.postpone',
        input: { newDueAt: '2026-10-06T10:00:00+07:00', reason: 'chờ vật tư' },
      },
    })
    await desk.give('slip.remind', caseId, { note: '' })
    await server.deps.outbox.tick()
    for (const kind of ['slip-sent', 'slip-reminded']) {
      expect(gateway.sent.find((each) => each.kind === kind)?.text).toContain('10:00 Thứ Ba 06/10')
    }
  })

  test('#47: what is no longer true is replaced and never sent', async () => {
    const gateway = recorder()
    const { caseId } = await sendSlip('2026-10-03T22:00:00+07:00', gateway)
    // The 8 hours of Monday go by while the gateway stands still; on Tuesday the head holds the slip.
    setTo('2026-10-05T17:00:01+07:00')
    await server.deps.keeper.tick()
    setTo('2026-10-06T07:00:00+07:00')
    await server.deps.outbox.tick()
    expect(gateway.sent.map((each) => each.kind)).toEqual(['receipt', 'slip-escalated'])
    const kept = await server.deps.store.read.outbox.ofCase(caseId)
    expect(kept.find((each) => each.kind === 'slip-sent')?.state).toBe('replaced')
  })

  test('the answer goes to the citizen by message when it was told by message, and not when it was said', async () => {
    const gateway = recorder()
    const { desk } = await sendSlip('2026-10-05T08:00:00+07:00', gateway)
    for (const via of ['call', 'zalo'] as const) {
      const id = uuidv7()
      await desk.give('case.open', id, openInput(desk.nextCode()))
      const text = 'Điện lực hẹn sửa trong ngày.'
      await desk.give('case.answer', id, { text, article: null, source: 'Lịch cắt điện' })
      await desk.give('citizen.tell', id, { via, at: '2026-10-05T08:00:00+07:00', note: '' })
    }
    await server.deps.outbox.tick()
    const answers = gateway.sent.filter((each) => each.kind === 'citizen-answer')
    expect(answers).toHaveLength(1)
    expect(answers[0]).toMatchObject({ channel: 'zalo', to: '02775554001' })
    expect(answers[0]!.text).toContain('Điện lực hẹn sửa trong ngày.')
  })

  test('a gateway that is down is asked again, later and later, and given up after the eighth try', async () => {
    const gateway = recorder()
    gateway.isDown = true
    const { caseId } = await sendSlip('2026-10-05T08:00:00+07:00', gateway)
    const receipt = async () =>
      (await server.deps.store.read.outbox.ofCase(caseId)).find((each) => each.kind === 'receipt')!
    await server.deps.outbox.tick()
    expect(await receipt()).toMatchObject({ state: 'waiting', attempts: 1, problem: 'nhà mạng không trả lời' })
    await server.deps.outbox.tick()
    expect((await receipt()).attempts).toBe(1)
    for (let tries = 1; tries < 8; tries++) {
      server.clock.advance(backOffMs(tries))
      await server.deps.outbox.tick()
      expect((await receipt()).attempts).toBe(tries + 1)
    }
    expect((await receipt()).state).toBe('failed')
  })

  test('it comes back by itself, and the same message keeps its id', async () => {
    const gateway = recorder()
    gateway.isDown = true
    const { caseId } = await sendSlip('2026-10-05T08:00:00+07:00', gateway)
    await server.deps.outbox.tick()
    gateway.isDown = false
    server.clock.advance(backOffMs(1))
    await server.deps.outbox.tick()
    const kept = await server.deps.store.read.outbox.ofCase(caseId)
    expect(new Set(gateway.sent.map((each) => each.id))).toEqual(new Set(kept.map((each) => each.messageId)))
    expect(kept.every((each) => each.state === 'sent' && each.problem === null)).toBe(true)
  })
})
