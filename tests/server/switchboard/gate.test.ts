import { expect, test } from 'vitest'
import { digestResponse, ha1Of, parseDigest } from '../../../sync-server/src/switchboard/digest.ts'
import { FailedAttempts } from '../../../sync-server/src/switchboard/failed-attempts.ts'
import { isAllowedOrigin } from '../../../sync-server/src/switchboard/origins.ts'
import { HandClock } from './hand-clock.ts'

test('the example of RFC 2617 §3.5', () => {
  const value =
    'Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", ' +
    'uri="/dir/index.html", qop=auth, nc=00000001, cnonce="0a4f113b", ' +
    'response="6629fae49393a05397450978507c4ef1", opaque="5ccc069c403ebaf9f0171e9517f40e41"'
  const answer = parseDigest(value, 'testrealm@host.com')
  expect(answer).not.toBeNull()
  expect(digestResponse(ha1Of('Mufasa', 'testrealm@host.com', 'Circle Of Life'), 'GET', answer!)).toBe(answer?.response)
})

test.each([
  ['another realm', 'realm="y"', ''],
  ['no qop', 'realm="x"', 'qop'],
  ['no count', 'realm="x"', 'nc'],
])('credentials with %s are none', (_, realm, without) => {
  const fields = [
    'username="a"',
    realm,
    'nonce="n"',
    'uri="sip:x"',
    'response="r"',
    'cnonce="c"',
    'nc=00000001',
    'qop=auth',
  ]
  const value = `Digest ${fields.filter((field) => without === '' || !field.startsWith(without)).join(', ')}`
  expect(parseDigest(value, 'x')).toBeNull()
})

test('wrong passwords lock the pair of address and name, then the address, and never a name everywhere', () => {
  const clock = new HandClock('2026-09-03T09:00:00+07:00')
  const attempts = new FailedAttempts(clock, { perUser: 2, perAddress: 3, windowSeconds: 60 })
  attempts.failed('a', 'lan')
  expect(attempts.waitSeconds('a', 'lan')).toBe(0)
  clock.advanceSeconds(10)
  attempts.failed('a', 'lan')
  expect([
    attempts.waitSeconds('a', 'lan'),
    attempts.waitSeconds('a', 'minh'),
    attempts.waitSeconds('b', 'lan'),
  ]).toEqual([50, 0, 0])
  attempts.failed('a', 'minh')
  expect(attempts.waitSeconds('a', 'hoa')).toBe(50)
  clock.advanceSeconds(50)
  expect(attempts.waitSeconds('a', 'lan')).toBe(0)
})

test.each<[string | null, string[], boolean, string]>([
  [null, [], true, 'no browser'],
  ['https://1022.example.vn', ['https://1022.example.vn'], true, 'named'],
  ['https://1022.example.vn.xa-la.example', ['https://1022.example.vn'], false, 'a longer name'],
  ['http://127.0.0.1:5173', ['http://127.0.0.1:*'], true, 'any port'],
  ['http://127.0.0.1:5173.xa-la.example', ['http://127.0.0.1:*'], false, 'a port that is none'],
  ['null', ['http://127.0.0.1:*'], false, 'a page from a file'],
  ['https://xa-la.example', ['*'], true, 'all'],
])('origin %s, allowed %j: %s (%s)', (origin, allowed, isAllowed) => {
  expect(isAllowedOrigin(origin, allowed)).toBe(isAllowed)
})
