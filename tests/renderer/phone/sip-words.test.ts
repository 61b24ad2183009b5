import { describe, expect, test } from 'vitest'
import { silentPhone } from '../../../src-renderer/phone/phone.ts'
import { whySilent } from '../../../src-renderer/phone/self-test.ts'
import {
  agreesOnTones,
  codeOfSipfrag,
  forgiveHoldAnswer,
  isHoldOffer,
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

  test('a hold answered with sendrecv is read as recvonly, and nothing else is touched', () => {
    expect(forgiveHoldAnswer(offer('sendonly'), offer('sendrecv'))).toBe(offer('recvonly'))
    expect(forgiveHoldAnswer(offer('sendrecv'), offer('sendrecv'))).toBe(offer('sendrecv'))
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
