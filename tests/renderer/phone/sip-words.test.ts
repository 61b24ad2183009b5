import { describe, expect, test, vi } from 'vitest'
import {
  answerDirection,
  asIfSending,
  directionOf,
  isHoldOffer,
  offerDirection,
  withDirection,
} from '../../../src-renderer/phone/directions.ts'
import { askUntilParted } from '../../../src-renderer/phone/glare.ts'
import { silentPhone } from '../../../src-renderer/phone/phone.ts'
import { isSameMedia, reanswer, reoffer, withVersion } from '../../../src-renderer/phone/reoffers.ts'
import { whySilent } from '../../../src-renderer/phone/self-test.ts'
import {
  agreesOnTones,
  asksAutoAnswer,
  codeOfSipfrag,
  isMarkedExternal,
  isOffer,
  namedBy,
  progressOf,
  reasonOfCancel,
  reasonOfCode,
} from '../../../src-renderer/phone/sip-words.ts'
import { nextSnapshot, type PhoneEvent } from '../../../src-renderer/phone/states.ts'

test.each([
  [486, 'busy'],
  [600, 'busy'],
  [603, 'declined-there'],
  [408, 'no-answer'],
  [404, 'not-found'],
  [480, 'unavailable'],
  [487, 'cancelled-here'],
  [500, 'failed'],
] as const)('the code %i of an INVITE is told as %s', (code, reason) => {
  expect(reasonOfCode(code)).toBe(reason)
})

test('a CANCEL because another answered is no missed call (RFC 3326)', () => {
  expect(reasonOfCancel('SIP;cause=200;text="Call completed elsewhere"')).toBe('answered-elsewhere')
  expect(reasonOfCancel('SIP ;cause=487')).toBe('cancelled-there')
  expect(reasonOfCancel(undefined)).toBe('cancelled-there')
})

test('the code of a transfer is read from its sipfrag (RFC 3420)', () => {
  expect(codeOfSipfrag('SIP/2.0 180 Ringing\r\n')).toBe(180)
  expect(codeOfSipfrag('SIP/2.0 486 Busy Here')).toBe(486)
  expect(codeOfSipfrag('hello')).toBeNull()
})

describe('SDP', () => {
  const offer = (direction: string) => `v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111 126\r\na=${direction}\r\n`

  test('sendonly and inactive put us on hold', () => {
    expect(['sendonly', 'inactive', 'recvonly', 'sendrecv'].map((one) => isHoldOffer(offer(one)))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  test.each([
    ['sendrecv', false, 'sendrecv'],
    ['sendrecv', true, 'sendonly'],
    ['sendonly', false, 'recvonly'],
    ['sendonly', true, 'inactive'],
    ['recvonly', false, 'sendonly'],
    ['recvonly', true, 'sendonly'],
    ['inactive', false, 'inactive'],
    ['inactive', true, 'inactive'],
  ] as const)('an offer of %s, held %s, is answered with %s (RFC 3264 6.1)', (offered, isHeld, answered) => {
    expect(answerDirection(offered, isHeld)).toBe(answered)
  })

  test('a hold is said on the wire and kept from the browser', () => {
    expect(withDirection(offer('sendrecv'), offerDirection(true))).toBe(offer('sendonly'))
    expect(asIfSending(offer('recvonly'))).toBe(offer('sendrecv'))
    expect(asIfSending(offer('inactive'))).toBe(offer('sendonly'))
    expect(directionOf('v=0\r\n')).toBe('sendrecv')
  })

  test('tones go by RFC 4733 only under a payload type that both know', () => {
    const local = 'a=rtpmap:110 telephone-event/48000\r\na=rtpmap:126 telephone-event/8000\r\n'
    expect(agreesOnTones(local, 'a=rtpmap:126 telephone-event/8000\r\n')).toBe(true)
    expect(agreesOnTones(local, 'a=rtpmap:101 telephone-event/8000\r\n')).toBe(false)
    expect(agreesOnTones(local, 'a=rtpmap:0 PCMU/8000\r\n')).toBe(false)
  })
})

test('why there is no sound names what the phone knows, the surest first', () => {
  const at = '2026-08-10T02:00:00.000Z'
  const events: PhoneEvent[] = [
    { type: 'call', lineId: 'a', direction: 'in', number: '1', displayName: '', queueCallId: null, at },
    { type: 'answered', lineId: 'a', at },
    { type: 'muted', lineId: 'a', isMuted: true },
    { type: 'media', lineId: 'a', media: 'none' },
    { type: 'devices', devices: [], missingDevices: ['talk'] },
  ]
  const phone = events.reduce(nextSnapshot, silentPhone)
  expect(whySilent(phone, phone.lines[0] ?? null)).toEqual([
    'speaker-unplugged',
    'muted-here',
    'no-packet-ever',
    'not-registered',
  ])
})

test('the headers of the exchange are read', () => {
  expect(progressOf(182, '3')).toEqual(['queued', 3])
  expect(progressOf(180, undefined)).toEqual(['ringing', null])
  expect(progressOf(183, 'sắp tới')).toEqual(['calling', null])
  expect(isMarkedExternal('<urn:alert:source:external>;info=queue')).toBe(true)
  expect(isMarkedExternal(undefined)).toBe(false)
  expect(asksAutoAnswer('<sip:x>;answer-after=0', undefined)).toBe(true)
  expect(asksAutoAnswer(undefined, '<http://x>;info=alert-autoanswer')).toBe(true)
  expect(asksAutoAnswer('<sip:x>;answer-after=5', '<urn:alert:source:external>')).toBe(false)
  expect(namedBy({ displayName: '0912', uri: { user: '0912' } })).toEqual({ number: '0912', displayName: '' })
  expect(isOffer('a=setup:actpass\r\n')).toBe(true)
  expect(isOffer('a=setup:active\r\n')).toBe(false)
})

describe('two who ask at once (RFC 3261 14.1)', () => {
  const ask = async (codes: (number | 'not sent')[], isOwner: boolean) => {
    vi.useFakeTimers()
    const startedAt = Date.now()
    const asked = askUntilParted(
      async () => {
        const code = codes.shift()
        if (typeof code !== 'number') throw new Error('not sent')
        return code
      },
      { isOwner, isOver: () => false, chance: () => 0.5 },
    )
    await vi.runAllTimersAsync()
    const code = await asked
    const waitedMs = Date.now() - startedAt
    vi.useRealTimers()
    return { code, waitedMs }
  }

  test('wait for different times and ask again', async () => {
    expect(await ask([491, 200], true)).toEqual({ code: 200, waitedMs: 3_050 })
    expect(await ask(['not sent', 200], false)).toEqual({ code: 200, waitedMs: 1_000 })
  })

  test('any other refusal is final, and three collisions are enough', async () => {
    expect(await ask([488, 200], true)).toEqual({ code: 488, waitedMs: 0 })
    expect((await ask([491, 491, 491, 200], false)).code).toBe(491)
  })
})

describe('a hold is made on the wire from the last agreement', () => {
  const sdp = (version: number, direction: string, setup: string) =>
    `v=0\r\no=- 77 ${version} IN IP4 127.0.0.1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:abcd\r\na=setup:${setup}\r\na=${direction}\r\n`

  test('only version, direction and role may differ', () => {
    expect(isSameMedia(sdp(2, 'sendrecv', 'active'), sdp(3, 'sendonly', 'actpass'))).toBe(true)
    expect(isSameMedia(sdp(2, 'sendrecv', 'active'), sdp(2, 'sendrecv', 'active').replace('abcd', 'efgh'))).toBe(false)
  })

  test('an offer leaves the role open, an answer keeps the one that is', () => {
    expect(reoffer(sdp(2, 'sendrecv', 'active'))).toBe(sdp(2, 'sendrecv', 'actpass'))
    expect(reanswer(sdp(2, 'sendrecv', 'passive'), sdp(2, 'sendrecv', 'actpass'))).toBe(sdp(2, 'sendrecv', 'passive'))
    expect(reanswer(sdp(2, 'sendrecv', 'actpass'), sdp(2, 'sendrecv', 'active'))).toBe(sdp(2, 'sendrecv', 'passive'))
    expect(reanswer(sdp(2, 'sendrecv', 'actpass'), sdp(2, 'sendrecv', 'passive'))).toBe(sdp(2, 'sendrecv', 'active'))
  })

  test('each description counts one up (RFC 3264 8)', () => {
    expect(withVersion(sdp(2, 'sendrecv', 'active'), 9)).toBe(sdp(9, 'sendrecv', 'active'))
  })
})
