import { afterEach, beforeEach, expect, test } from 'vitest'
import { DOMAIN, PracticeLine } from './practice-line.ts'
import { every, one, Talk, tagIn } from './sip-phone.ts'

let line: PracticeLine
beforeEach(async () => {
  line = await PracticeLine.start()
})
afterEach(() => line.stop())

/** Lan calls Minh by extension and is answered. */
async function talking() {
  const [lan, minh] = [await line.phone('lan'), await line.phone('minh')]
  const placed = lan.call('102')
  const invite = await minh.nextRequest('INVITE')
  minh.respond(invite, 180, { tag: 'minh' })
  await lan.nextStatus(180, 'INVITE')
  minh.respond(invite, 200, { tag: 'minh', body: 'v=0\r\n' })
  const ok = await lan.nextStatus(200, 'INVITE')
  const fromLan = Talk.asCaller(lan, placed, ok)
  await minh.nextRequest('ACK')
  return { lan, minh, invite, ok, fromLan, fromMinh: Talk.asCallee(minh, invite, 'minh') }
}

test('carries a call from one extension to another and every request inside it, both ways', async () => {
  const { lan, minh, invite, ok, fromLan, fromMinh } = await talking()
  expect(invite.uri).toBe(minh.contact)
  expect(one(invite, 'Max-Forwards')).toBe('69')
  expect(one(invite, 'Record-Route')).toBe(`<sip:${DOMAIN};transport=ws;lr>`)
  expect(invite.body).toBe('v=0\r\ns=chào\r\n')
  expect(every(ok, 'Via')).toHaveLength(1)
  expect([line.stateOf('101'), line.stateOf('102')]).toEqual(['talking', 'talking'])

  for (const method of ['INVITE', 'INFO', 'UPDATE', 'NOTIFY', 'REFER']) {
    for (const [talk, other, sender] of [
      [fromLan, minh, lan],
      [fromMinh, lan, minh],
    ] as const) {
      talk.send(method, ['Refer-To: <sip:103@ban-truc.test>'])
      const got = await other.nextRequest(method)
      expect(every(got, 'Route')).toEqual([])
      other.respond(got, 200)
      await sender.nextStatus(200, method)
      if (method === 'INVITE') {
        talk.send('ACK', [], talk.cseq)
        expect(one(await other.nextRequest('ACK'), 'CSeq')).toBe(`${talk.cseq} ACK`)
      }
    }
  }
  fromMinh.send('BYE')
  lan.respond(await lan.nextRequest('BYE'), 200)
  await minh.nextStatus(200, 'BYE')
  // Between two agents there is nothing to write up.
  expect([line.stateOf('101'), line.stateOf('102')]).toEqual(['ready', 'ready'])
})

test('a call that ended is a call no more, but a NOTIFY may still follow the BYE (RFC 5057)', async () => {
  const { lan, minh, fromLan, fromMinh } = await talking()
  fromLan.send('BYE')
  minh.respond(await minh.nextRequest('BYE'), 200)
  await lan.nextStatus(200, 'BYE')
  fromMinh.send('NOTIFY')
  lan.respond(await lan.nextRequest('NOTIFY'), 200)
  await minh.nextStatus(200, 'NOTIFY')
  line.clock.advanceSeconds(33)
  fromMinh.send('NOTIFY')
  await minh.nextStatus(481, 'NOTIFY')
})

test('nobody else may speak in a dialog, even knowing its tags', async () => {
  const { lan, minh, fromLan } = await talking()
  const hoa = await line.phone('hoa')
  fromLan.continuedBy(hoa).send('BYE')
  await hoa.nextStatus(403, 'BYE')
  await Promise.all([lan.settle(), minh.settle()])
  expect(minh.untaken()).toEqual([])
  expect(line.stateOf('102')).toBe('talking')
})

test('the line says who calls: what a guest claims is taken out (RFC 3325)', async () => {
  const [guest, lan] = [await line.phone('khach-1'), await line.phone('lan')]
  guest.call('1022', [
    'P-Asserted-Identity: "Chủ tịch" <sip:113@ban-truc.test>',
    'Remote-Party-ID: <sip:113@ban-truc.test>',
    'X-Call-Id: giả',
    'Alert-Info: <http://ban-truc.test/auto>;info=alert-autoanswer',
    'Call-Info: <sip:ban-truc.test>;answer-after=0',
  ])
  const invite = await lan.nextRequest('INVITE')
  expect(every(invite, 'P-Asserted-Identity')).toEqual([`"Ông \\"Bảy\\" Sơn" <sip:0912345678@${DOMAIN}>`])
  expect(every(invite, 'Remote-Party-ID')).toEqual([])
  expect(every(invite, 'Call-Info')).toEqual([])
  expect(every(invite, 'X-Call-Id')).toEqual([line.snapshot().waiting[0]?.callId])
  expect(every(invite, 'Alert-Info')).toEqual(['<urn:alert:source:external>;info=queue'])
})

test('whoever has not registered is asked for the digest by 407 and may then call', async () => {
  const [guest, lan] = [await line.connect('khach-1'), await line.phone('lan')]
  const first = guest.call('1022')
  const challenge = await guest.nextStatus(407, 'INVITE')
  guest.ackFailure(first, challenge)
  const uri = `sip:1022@${DOMAIN}`
  const answer = guest.authorization('INVITE', uri, one(challenge, 'Proxy-Authenticate'), undefined, {
    name: 'Proxy-Authorization',
  })
  guest.call('1022', [answer])
  const invite = await lan.nextRequest('INVITE')
  expect(every(invite, 'Proxy-Authorization')).toEqual([])
})

test.each([
  ['102', 480, 'an extension that is known but away'],
  ['999', 404, 'nobody'],
])('calling %s gets %i: %s', async (number, status) => {
  const [lan, minh] = [await line.phone('lan'), await line.phone('minh')]
  await minh.register({ expires: 0 })
  const placed = lan.call(number)
  lan.ackFailure(placed, await lan.nextStatus(status, 'INVITE'))
  expect(line.stateOf('101')).toBe('ready')
})

test('busy, no answer at all, and hops used up come back as they are', async () => {
  const [lan, minh] = [await line.phone('lan'), await line.phone('minh')]
  lan.call('102')
  minh.respond(await minh.nextRequest('INVITE'), 486)
  expect(one(await minh.nextRequest('ACK'), 'CSeq')).toMatch(/ACK$/)
  await lan.nextStatus(486, 'INVITE')

  lan.call('102')
  await minh.nextRequest('INVITE')
  line.clock.advanceSeconds(33)
  await lan.nextStatus(408, 'INVITE')
  expect([line.stateOf('101'), line.stateOf('102')]).toEqual(['ready', 'ready'])

  lan.call('102', ['Max-Forwards: 0'])
  await lan.nextStatus(483, 'INVITE')
})

test('timer C: what only rings is cancelled after three minutes and a second', async () => {
  const [lan, minh] = [await line.phone('lan'), await line.phone('minh')]
  lan.call('102')
  const invite = await minh.nextRequest('INVITE')
  minh.respond(invite, 180, { tag: 'minh' })
  await lan.nextStatus(180, 'INVITE')
  line.clock.advanceSeconds(182)
  minh.respond(await minh.nextRequest('CANCEL'), 200)
  minh.respond(invite, 487, { tag: 'minh' })
  await lan.nextStatus(487, 'INVITE')
})

test('CANCEL goes on only after a provisional response (RFC 3261 §9.1), and 487 comes back', async () => {
  const [lan, minh] = [await line.phone('lan'), await line.phone('minh')]
  const placed = lan.call('102')
  const invite = await minh.nextRequest('INVITE')
  lan.cancel(placed)
  await lan.nextStatus(200, 'CANCEL')
  await minh.settle()
  expect(minh.untaken()).toEqual([])
  minh.respond(invite, 180, { tag: 'minh' })
  const cancel = await minh.nextRequest('CANCEL')
  expect(one(cancel, 'Via')).toBe(one(invite, 'Via'))
  minh.respond(cancel, 200)
  minh.respond(invite, 487, { tag: 'minh' })
  await minh.nextRequest('ACK')
  const final = await lan.nextStatus(487, 'INVITE')
  lan.ackFailure(placed, final)
  await line.until('minh is ready', () => line.stateOf('102') === 'ready')
})

test('an answer that crosses the CANCEL wins: the caller gets the 200 and hangs up itself', async () => {
  const [lan, minh] = [await line.phone('lan'), await line.phone('minh')]
  const placed = lan.call('102')
  const invite = await minh.nextRequest('INVITE')
  minh.respond(invite, 180, { tag: 'minh' })
  await lan.nextStatus(180, 'INVITE')
  lan.cancel(placed)
  await minh.nextRequest('CANCEL')
  minh.respond(invite, 200, { tag: 'minh' })
  const talk = Talk.asCaller(lan, placed, await lan.nextStatus(200, 'INVITE'))
  await minh.nextRequest('ACK')
  talk.send('BYE')
  minh.respond(await minh.nextRequest('BYE'), 200)
  await lan.nextStatus(200, 'BYE')
  expect([line.stateOf('101'), line.stateOf('102')]).toEqual(['ready', 'ready'])
})

test('CANCEL of nothing is 481, and a repeated INVITE rings nobody twice', async () => {
  const [lan, minh] = [await line.phone('lan'), await line.phone('minh')]
  const placed = lan.call('102')
  await minh.nextRequest('INVITE')
  lan.send(placed.invite)
  await Promise.all([lan.settle(), minh.settle()])
  expect(minh.untaken()).toEqual([])
  lan.cancel({ ...placed, branch: 'z9hG4bKkhac' })
  await lan.nextStatus(481, 'CANCEL')
})

test('two telephones of one user ring together; the first has the call and the other is told to stop', async () => {
  const [lan, desk, mobile] = [await line.phone('lan'), await line.phone('minh'), await line.phone('minh')]
  const placed = lan.call('102')
  const atDesk = await desk.nextRequest('INVITE')
  const atMobile = await mobile.nextRequest('INVITE')
  desk.respond(atDesk, 180, { tag: 'd' })
  mobile.respond(atMobile, 180, { tag: 'm' })
  await Promise.all([lan.nextStatus(180, 'INVITE'), desk.settle(), mobile.settle()])
  mobile.respond(atMobile, 200, { tag: 'm' })
  const ok = await lan.nextStatus(200, 'INVITE')
  expect(tagIn(one(ok, 'To'))).toBe('m')
  Talk.asCaller(lan, placed, ok)
  await mobile.nextRequest('ACK')
  desk.respond(await desk.nextRequest('CANCEL'), 200)
  // As quick as the first: the line thanks and hangs up, for the caller cannot have two.
  desk.respond(atDesk, 200, { tag: 'd' })
  await desk.nextRequest('ACK')
  const bye = await desk.nextRequest('BYE')
  expect(tagIn(one(bye, 'To'))).toBe('d')
  desk.respond(bye, 200)
  expect(line.stateOf('102')).toBe('talking')
})

test('blind transfer: REFER passes, the citizen may call whom the agent named, once, and the call keeps its name', async () => {
  const [guest, lan] = [await line.phone('khach-1'), await line.phone('lan')]
  guest.call('102')
  await guest.nextStatus(403, 'INVITE')
  const { agent, citizen, callId } = await line.talk(guest, lan)
  const minh = await line.phone('minh')
  citizen.send('REFER', [`Refer-To: <sip:103@${DOMAIN}>`])
  await guest.nextStatus(403, 'REFER')

  agent.send('REFER', [`Refer-To: <sip:102@${DOMAIN}>`])
  const refer = await guest.nextRequest('REFER')
  expect(one(refer, 'Refer-To')).toBe(`<sip:102@${DOMAIN}>`)
  guest.respond(refer, 202)
  await lan.nextStatus(202, 'REFER')
  const placed = guest.call('102')
  const invite = await minh.nextRequest('INVITE')
  expect(one(invite, 'X-Call-Id')).toBe(callId)
  expect(one(invite, 'P-Asserted-Identity')).toContain('0912345678')
  minh.respond(invite, 200, { tag: 'minh' })
  Talk.asCaller(guest, placed, await guest.nextStatus(200, 'INVITE'))
  citizen.send('NOTIFY', ['Event: refer', 'Subscription-State: terminated;reason=noresource'])
  lan.respond(await lan.nextRequest('NOTIFY'), 200)
  agent.send('BYE')
  guest.respond(await guest.nextRequest('BYE'), 200)
  await lan.nextStatus(200, 'BYE')
  expect([line.stateOf('101'), line.stateOf('102')]).toEqual(['wrap-up', 'talking'])
  guest.call('102')
  await guest.nextStatus(403, 'INVITE')
})

test('attended transfer: the citizen is sent to the contact of a telephone, with Replaces', async () => {
  const [guest, lan] = [await line.phone('khach-1'), await line.phone('lan')]
  const { agent } = await line.talk(guest, lan)
  const minh = await line.phone('minh')
  agent.send('REFER', [`Refer-To: <${minh.contact}?Replaces=abc%3Bto-tag%3D1%3Bfrom-tag%3D2>`])
  guest.respond(await guest.nextRequest('REFER'), 202)
  await lan.nextStatus(202, 'REFER')
  guest.call(minh.contact, ['Replaces: abc;to-tag=1;from-tag=2'])
  expect(one(await minh.nextRequest('INVITE'), 'Replaces')).toBe('abc;to-tag=1;from-tag=2')
})

test('an end that no longer knows the call ends it for the board, too', async () => {
  const { lan, minh, fromLan } = await talking()
  fromLan.send('INFO')
  minh.respond(await minh.nextRequest('INFO'), 481)
  await lan.nextStatus(481, 'INFO')
  expect([line.stateOf('101'), line.stateOf('102')]).toEqual(['ready', 'ready'])
})
