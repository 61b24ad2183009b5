import { expect, test } from 'vitest'
import {
  branchOf,
  header,
  headersOf,
  parameterOf,
  parseSip,
  parseUri,
  type SipMessage,
  serializeSip,
  tagOf,
  uriTextOf,
} from '../../../sync-server/src/switchboard/sip-message.ts'

const text = (lines: string[], body = '') => [...lines, '', body].join('\r\n')
const INVITE = [
  'INVITE sip:1022@ban-truc.test;user=phone SIP/2.0',
  'v: SIP/2.0/WS one.invalid;branch=z9hG4bKa, SIP/2.0/WS two.invalid;branch=z9hG4bKb',
  'f: "Bảy, ;tag=giả <sip:x@y>" <sip:khach@ban-truc.test>;tag=that',
  'To: <sip:1022@ban-truc.test>',
  'i: c1',
  'CSeq: 7 INVITE',
  'Route: <sip:a;lr>, <sip:b;lr>',
  'k: replaces,',
  ' outbound',
  'm: <sip:x@a.invalid;transport=ws>;+sip.instance="<urn:uuid:1>";expires=60',
]

function read(source: string): SipMessage {
  const parsed = parseSip(source)
  if (!('message' in parsed)) throw new Error(parsed.malformed)
  return parsed.message
}

test('reads short names, lists in one line and folded lines (RFC 3261 §7.3)', () => {
  const message = read(text(INVITE))
  expect(message).toMatchObject({ kind: 'request', method: 'INVITE', uri: 'sip:1022@ban-truc.test;user=phone' })
  expect(headersOf(message, 'Via')).toHaveLength(2)
  expect(headersOf(message, 'Route')).toEqual(['<sip:a;lr>', '<sip:b;lr>'])
  expect(header(message, 'supported')).toBe('replaces, outbound')
  expect(branchOf(message)).toBe('z9hG4bKa')
  expect(tagOf(message, 'To')).toBeNull()
})

test('a tag inside a quoted name is a part of the name', () => {
  const message = read(text(INVITE))
  expect(tagOf(message, 'From')).toBe('that')
})

test('writes what it read, with the length counted in bytes', () => {
  const message = read(text([...INVITE, 'Content-Length: 6'], 'chào'))
  const written = serializeSip(message)
  expect(written).toContain('\r\nContent-Length: 5\r\n\r\nchào')
  expect(read(written)).toEqual({
    ...message,
    headers: message.headers.map(([name, value]) => [name, name === 'Content-Length' ? '5' : value]),
  })
})

test('reads Contact * and the parameters of a contact', () => {
  const star = read(text(['REGISTER sip:x SIP/2.0', ...INVITE.slice(1, 5), 'CSeq: 1 REGISTER', 'Contact: *']))
  expect(headersOf(star, 'Contact')).toEqual(['*'])
  const contact = header(read(text(INVITE)), 'Contact') ?? ''
  expect(uriTextOf(contact)).toBe('sip:x@a.invalid;transport=ws')
  expect([parameterOf(contact, '+sip.instance'), parameterOf(contact, 'expires')]).toEqual(['<urn:uuid:1>', '60'])
})

test.each([
  ['sip:1022@Ban-Truc.test', { user: '1022', host: 'ban-truc.test', port: null }],
  ['sip:+84912345678@127.0.0.1:5060', { user: '+84912345678', host: '127.0.0.1', port: 5060 }],
  ['tel:1022', null],
  ['không phải', null],
])('the URI %s', (uri, parts) => {
  const parsed = parseUri(uri)
  if (parts === null) expect(parsed).toBeNull()
  else expect(parsed).toMatchObject(parts)
})
