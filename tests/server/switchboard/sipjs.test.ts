import { type Inviter, SessionState } from 'sip.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PracticeLine } from './practice-line.ts'
import { accepted, reached, renewed, SipJsPhone, uri } from './sipjs-phone.ts'

// The telephone of the desk and of the citizens' page is SIP.js: what it makes of the line is what counts.
let line: PracticeLine
let phones: SipJsPhone[]
beforeEach(async () => {
  line = await PracticeLine.start()
  phones = []
})
afterEach(async () => {
  for (const phone of phones) await phone.userAgent.transport.disconnect()
  await line.stop()
})

async function registered(username: string): Promise<SipJsPhone> {
  const phone = new SipJsPhone(line, username)
  phones.push(phone)
  await phone.register()
  return phone
}

/** The caller's telephone does what a REFER asks of it, as ours does. */
function followed(session: Inviter): Promise<Inviter> {
  return new Promise((resolve) => {
    session.delegate = {
      onRefer: (referral) => {
        void referral.accept()
        const inviter = referral.makeInviter()
        void inviter.invite()
        resolve(inviter)
      },
    }
  })
}

async function queueCall() {
  const [citizen, lan] = [await registered('khach-1'), await registered('lan')]
  const outgoing = citizen.call('1022')
  const incoming = await lan.ringing()
  await accepted(incoming, outgoing)
  return { citizen, lan, outgoing, incoming }
}

test('a wrong password is told once and not tried again', async () => {
  const phone = new SipJsPhone(line, 'lan', 'đoán')
  phones.push(phone)
  expect(await phone.refusal()).toBe(403)
})

test('a queue call: the caller hears 182 and 180, the agent sees who calls, both are connected, one hangs up', async () => {
  const { citizen, outgoing, incoming } = await queueCall()
  expect(citizen.progress).toEqual([182, 180])
  expect(incoming.assertedIdentity?.uri.user).toBe('0912345678')
  expect(incoming.request.getHeader('X-Call-Id')).toBe(line.snapshot().agents[0]?.callId)
  await renewed(incoming, outgoing)
  await renewed(outgoing, incoming)
  const ended = reached(incoming, SessionState.Terminated)
  await outgoing.bye()
  await ended
  expect(line.stateOf('101')).toBe('wrap-up')
})

test('the caller gives up in the queue, and gives up while an agent is rung', async () => {
  const citizen = await registered('khach-1')
  const first = citizen.call('1022')
  await line.until('the call waits', () => line.snapshot().waiting.length === 1)
  await reached(first, SessionState.Establishing)
  const gone = reached(first, SessionState.Terminated)
  await first.cancel()
  await gone
  const lan = await registered('lan')
  const second = citizen.call('1022')
  const incoming = await lan.ringing()
  const stopped = reached(incoming, SessionState.Terminated)
  await second.cancel()
  await stopped
  await line.until('lan is free', () => line.stateOf('101') === 'ready')
  expect(line.snapshot().counters).toMatchObject({ offered: 2, abandoned: 2 })
})

test('declined by one agent, answered by the next', async () => {
  const lan = await registered('lan')
  line.clock.advanceSeconds(1)
  const [minh, citizen] = [await registered('minh'), await registered('khach-1')]
  const outgoing = citizen.call('1022')
  await (await lan.ringing()).reject({ statusCode: 486 })
  await accepted(await minh.ringing(), outgoing)
  expect([line.stateOf('101'), line.stateOf('102')]).toEqual(['break:declined', 'talking'])
})

test('INFO goes through, both ways', async () => {
  const { lan, outgoing, incoming } = await queueCall()
  const body = {
    contentDisposition: 'render',
    contentType: 'application/dtmf-relay',
    content: 'Signal=5\r\nDuration=160',
  }
  await new Promise<void>((resolve) => {
    void outgoing.info({ requestOptions: { body }, requestDelegate: { onAccept: () => resolve() } })
  })
  expect(lan.infos).toEqual(['Signal=5\r\nDuration=160'])
  expect(incoming.state).toBe(SessionState.Established)
})

test('blind transfer: the citizen is connected to the second agent under the same name', async () => {
  const { citizen, outgoing, incoming } = await queueCall()
  const callId = line.snapshot().agents[0]?.callId
  const minh = await registered('minh')
  const transferred = followed(outgoing)
  const notified = new Promise<string>((resolve) => {
    void incoming.refer(uri('102'), {
      onNotify: (notification) => {
        void notification.accept()
        if (notification.request.body.includes('200')) resolve(notification.request.body)
      },
    })
  })
  const next = await transferred
  const atMinh = await minh.ringing()
  expect(atMinh.request.getHeader('X-Call-Id')).toBe(callId)
  expect(atMinh.assertedIdentity?.uri.user).toBe('0912345678')
  await accepted(atMinh, next)
  expect(await notified).toContain('SIP/2.0 200')
  const ended = reached(outgoing, SessionState.Terminated)
  await incoming.bye()
  await ended
  await line.until('the talk has moved', () => line.stateOf('101') === 'wrap-up' && line.stateOf('102') === 'talking')
  expect(line.snapshot().agents[1]?.callId).toBe(callId)
  expect(citizen.userAgent.isConnected()).toBe(true)
})

test('attended transfer: the second agent was asked first and takes the citizen over by Replaces', async () => {
  const { lan, outgoing, incoming } = await queueCall()
  const minh = await registered('minh')
  const question = lan.call('102')
  const atMinh = await minh.ringing()
  await accepted(atMinh, question)
  const transferred = followed(outgoing)
  const askedOver = reached(atMinh, SessionState.Terminated)
  await incoming.refer(question)
  const next = await transferred
  await accepted(await minh.ringing(), next)
  await askedOver
  expect(line.stateOf('102')).toBe('talking')
})

test('the socket of the agent is cut in mid-call and comes back: the dialog goes on, and is asked after', async () => {
  const { lan, outgoing, incoming } = await queueCall()
  await line.cut(lan)
  expect(line.stateOf('101')).toBe('talking')
  await lan.userAgent.reconnect()
  await lan.register()
  await renewed(incoming, outgoing)
  await renewed(outgoing, incoming)
  expect([incoming.state, outgoing.state]).toEqual([SessionState.Established, SessionState.Established])
  line.clock.advanceSeconds(61)
  expect(line.stateOf('101')).toBe('talking')
  const ended = reached(incoming, SessionState.Terminated)
  await outgoing.bye()
  await ended
})

test('the telephone of the agent is started anew in mid-call: the citizen is not left in silence', async () => {
  const { lan, outgoing } = await queueCall()
  await line.cut(lan)
  const ended = reached(outgoing, SessionState.Terminated)
  await registered('lan')
  await ended
  await line.until('lan writes the call up', () => line.stateOf('101') === 'wrap-up')
})
