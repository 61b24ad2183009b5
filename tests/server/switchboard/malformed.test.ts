import { afterEach, beforeEach, expect, test } from 'vitest'
import { DOMAIN, PracticeLine } from './practice-line.ts'
import { one } from './sip-phone.ts'

let line: PracticeLine
beforeEach(async () => {
  line = await PracticeLine.start()
})
afterEach(() => line.stop())

const message = (start: string, headers: Record<string, string | null>) => {
  const whole: Record<string, string | null> = {
    Via: 'SIP/2.0/WS x.invalid;branch=z9hG4bKx',
    From: '<sip:lan@ban-truc.test>;tag=1',
    To: '<sip:1022@ban-truc.test>',
    'Call-ID': 'x1',
    CSeq: '1 INVITE',
    'Max-Forwards': '70',
    ...headers,
  }
  const lines = Object.entries(whole).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
  return [start, ...lines, '', ''].join('\r\n')
}
const INVITE = `INVITE sip:1022@${DOMAIN} SIP/2.0`

test.each([
  ['nothing', ' '],
  ['no SIP', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['no end', 'INVITE sip:1022@ban-truc.test SIP/2.0\r\nVia: SIP/2.0/WS x'],
  ['no Call-ID', message(INVITE, { 'Call-ID': null })],
  ['a response to nothing', message('SIP/2.0 200 OK', {})],
  ['a response without CSeq', message('SIP/2.0 200 OK', { CSeq: null })],
  ['an ACK to nothing', message(`ACK sip:1022@${DOMAIN} SIP/2.0`, { CSeq: '1 ACK' })],
  ['a broken ACK', message(`ACK sip:1022@${DOMAIN} SIP/2.0`, { CSeq: 'x' })],
])('%s is dropped and the line lives on', async (_, text) => {
  const phone = await line.connect('lan')
  phone.send(text)
  await phone.settle()
  expect(phone.untaken().filter((start) => !start.includes('400'))).toEqual([])
  expect((await phone.register()).status).toBe(200)
})

test.each([
  ['a CSeq of another method', message(INVITE, { CSeq: '1 BYE' })],
  ['a CSeq that is no number', message(INVITE, { CSeq: 'một INVITE' })],
  ['a URI that is none', message('INVITE không-phải-uri SIP/2.0', {})],
  ['a From that is none', message(INVITE, { From: '<<>>' })],
])('%s is answered 400', async (_, text) => {
  const phone = await line.connect('lan')
  phone.send(text)
  const answer = await phone.next('a 400', (heard) => heard.status === 400)
  expect([one(answer, 'Call-ID'), one(answer, 'Via')]).toEqual(['x1', 'SIP/2.0/WS x.invalid;branch=z9hG4bKx'])
})

test('thousands of broken messages end no call', async () => {
  await line.stop()
  line = await PracticeLine.start({ messagesPerSecond: 10_000, messageBurst: 10_000 })
  const [guest, lan, rogue] = [await line.phone('khach-1'), await line.phone('lan'), await line.connect('minh')]
  const { agent } = await line.talk(guest, lan)
  const good = message(INVITE, {})
  // A fixed sequence, so that a failure comes again: each message is cut, or has one character changed.
  let seed = 1022
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  for (let at = 0; at < 3000; at += 1) {
    const place = random(good.length)
    const changed = good.slice(0, place) + String.fromCharCode(random(256)) + good.slice(place + 1)
    rogue.send(random(3) === 0 ? good.slice(0, place) : changed)
  }
  await rogue.settle()
  agent.send('BYE')
  guest.respond(await guest.nextRequest('BYE'), 200)
  await lan.nextStatus(200, 'BYE')
})

test('who sends without end is cut off, and who sends a book as well', async () => {
  const [flood, book, lan] = [await line.connect('minh'), await line.connect('hoa'), await line.phone('lan')]
  for (let at = 0; at < 250; at += 1) flood.send(message(`OPTIONS sip:${DOMAIN} SIP/2.0`, { CSeq: `${at} OPTIONS` }))
  book.send(`${message(INVITE, {})}${'x'.repeat(70_000)}`)
  await Promise.all([flood.closed(), book.closed()])
  await lan.settle()
})

test('a failing register of accounts costs one request its answer and no more', async () => {
  const broken = await line.connect('hong')
  expect((await broken.register()).status).toBe(500)
  expect(line.complaints.splice(0)).toHaveLength(1)
  await line.phone('lan')
})

test('methods the line does not carry outside a dialog are named in Allow', async () => {
  const lan = await line.phone('lan')
  lan.send(message(`SUBSCRIBE sip:102@${DOMAIN} SIP/2.0`, { CSeq: '1 SUBSCRIBE' }))
  const answer = await lan.nextStatus(405, 'SUBSCRIBE')
  expect(one(answer, 'Allow')).toContain('REFER')
  lan.send(message(`BYE sip:102@${DOMAIN} SIP/2.0`, { CSeq: '1 BYE' }))
  await lan.nextStatus(481, 'BYE')
})
