import { afterEach, beforeEach, expect, test } from 'vitest'
import { PracticeLine } from './practice-line.ts'
import { every, one } from './sip-phone.ts'

let line: PracticeLine
beforeEach(async () => {
  line = await PracticeLine.start()
})
afterEach(() => line.stop())

test('registers with the right password and names the contact with its time', async () => {
  const lan = await line.connect('lan')
  const answer = await lan.register({ expires: 120 })
  expect(answer.status).toBe(200)
  expect(every(answer, 'Contact')).toEqual([`<${lan.contact}>;expires=120`])
  expect(line.stateOf('101')).toBe('ready')
})

test('a wrong password and an unknown user get the same answer', async () => {
  const lan = await line.connect('lan')
  const stranger = await line.connect('khong-ai')
  const wrong = await lan.register({ password: 'đoán' })
  const unknown = await stranger.register()
  expect([wrong.start, unknown.start]).toEqual(Array(2).fill('SIP/2.0 403 Wrong user name or password'))
  expect(line.stateOf('101')).toBe('unknown')
})

test('after five wrong passwords even the right one has to wait, and then counts again', async () => {
  const lan = await line.connect('lan')
  for (let tries = 0; tries < 5; tries += 1) await lan.register({ password: 'đoán' })
  const locked = await lan.register()
  expect(locked.start).toBe('SIP/2.0 403 Too many wrong passwords')
  expect(Number(one(locked, 'Retry-After'))).toBe(60)
  expect((await (await line.connect('minh')).register()).status).toBe(200)
  line.clock.advanceSeconds(61)
  expect((await lan.register()).status).toBe(200)
})

test('an old nonce is answered stale=true, a made-up one without', async () => {
  const lan = await line.connect('lan')
  const uri = `sip:${lan.domain}`
  const identity = `<sip:lan@${lan.domain}>`
  const ask = (cseq: number, headers: string[]) => {
    lan.send(
      lan.text('REGISTER', uri, {
        callId: 'r',
        cseq,
        to: identity,
        headers: [`Contact: <${lan.contact}>`, ...headers],
      }),
    )
    return lan.nextFinal('REGISTER')
  }
  const challenge = one(await ask(1, []), 'WWW-Authenticate')
  expect(challenge).toMatch(/realm="ban-truc\.test".*algorithm=MD5.*qop="auth"/)
  line.clock.advanceSeconds(301)
  const stale = await ask(2, [lan.authorization('REGISTER', uri, challenge)])
  expect(stale.status).toBe(401)
  expect(one(stale, 'WWW-Authenticate')).toContain('stale=true')
  const fresh = one(stale, 'WWW-Authenticate')
  expect((await ask(3, [lan.authorization('REGISTER', uri, fresh)])).status).toBe(200)
  const replayed = await ask(4, [lan.authorization('REGISTER', uri, fresh)])
  expect(one(replayed, 'WWW-Authenticate')).toContain('stale=true')
  const madeUp = await ask(5, [lan.authorization('REGISTER', uri, 'nonce="0-abc-0123"')])
  expect(madeUp.status).toBe(401)
  expect(one(madeUp, 'WWW-Authenticate')).not.toContain('stale')
})

test('nobody registers the address of another, and a socket belongs to one user', async () => {
  const lan = await line.connect('lan')
  const uri = `sip:${lan.domain}`
  const to = `<sip:minh@${lan.domain}>`
  lan.send(lan.text('REGISTER', uri, { callId: 'x', cseq: 1, to, headers: [`Contact: <${lan.contact}>`] }))
  const challenge = one(await lan.nextStatus(401, 'REGISTER'), 'WWW-Authenticate')
  lan.send(
    lan.text('REGISTER', uri, {
      callId: 'x',
      cseq: 2,
      to,
      headers: [`Contact: <${lan.contact}>`, lan.authorization('REGISTER', uri, challenge)],
    }),
  )
  expect((await lan.nextFinal('REGISTER')).start).toBe('SIP/2.0 403 Not your address')
})

test('several telephones of one user stand side by side; each goes with its socket', async () => {
  const [desk, mobile] = [await line.phone('lan'), await line.phone('lan')]
  expect(every(await mobile.register(), 'Contact')).toHaveLength(2)
  await line.cut(desk)
  expect(line.stateOf('101')).toBe('ready')
  expect(every(await mobile.register(), 'Contact')).toHaveLength(1)
  await line.cut(mobile)
  expect(line.stateOf('101')).toBe('offline')
})

test('the same telephone on a new socket takes the place of the old one', async () => {
  const extra = ';+sip.instance="<urn:uuid:00000000-0000-4000-8000-000000000001>";reg-id=1'
  const before = await line.connect('lan')
  await before.register({ extra })
  const after = await line.connect('lan')
  expect(every(await after.register({ extra }), 'Contact')).toEqual([expect.stringContaining(after.contact)])
})

test('ends by Expires 0, by *, and by time', async () => {
  const lan = await line.phone('lan')
  expect(every(await lan.register({ expires: 0 }), 'Contact')).toEqual([])
  expect(line.stateOf('101')).toBe('offline')
  await lan.register()
  expect((await lan.register({ contact: '*', expires: 0 })).status).toBe(200)
  expect(line.stateOf('101')).toBe('offline')
  await lan.register({ expires: 60 })
  expect(line.stateOf('101')).toBe('ready')
  line.clock.advanceSeconds(61)
  expect(line.stateOf('101')).toBe('offline')
})

test('too short a time is refused with the least there is, and * with a time is a bad request', async () => {
  const lan = await line.phone('lan')
  const short = await lan.register({ expires: 5 })
  expect([short.status, one(short, 'Min-Expires')]).toEqual([423, '10'])
  expect((await lan.register({ contact: '*', expires: 60 })).status).toBe(400)
})

test('answers OPTIONS and the keep-alive of RFC 5626 §3.5.1', async () => {
  const phone = await line.connect('lan')
  await phone.settle()
  phone.send('\r\n\r\n')
  await phone.nextRaw('\r\n')
})

test('a strange page is turned away at the door, the desk itself is not', async () => {
  const strange = await line.connect('lan', { origin: 'https://xa-la.example' })
  await strange.closed()
  const own = await line.connect('lan', { origin: 'http://127.0.0.1:5173' })
  expect((await own.register()).status).toBe(200)
})
