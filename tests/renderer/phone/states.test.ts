import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PhoneSnapshot, phoneSnapshotSchema, silentPhone } from '../../../src-renderer/phone/phone.ts'
import { dialled, isDiallable, refusalOf } from '../../../src-renderer/phone/refusals.ts'
import { isLive, nextSnapshot, type PhoneEvent } from '../../../src-renderer/phone/states.ts'

const at = '2026-08-10T02:00:00.000Z'
const later = '2026-08-10T02:03:00.000Z'
const play = (events: PhoneEvent[], from: PhoneSnapshot = silentPhone) => events.reduce(nextSnapshot, from)

const call = (lineId: string, direction: 'in' | 'out' = 'in'): PhoneEvent => ({
  type: 'call',
  lineId,
  direction,
  number: '0277555010',
  displayName: '',
  queueCallId: null,
  at,
})
const answered = (lineId: string): PhoneEvent => ({ type: 'answered', lineId, at })
const ended = (lineId: string): PhoneEvent => ({ type: 'ended', lineId, at: later, reason: 'hung-up-there' })

describe('a line', () => {
  test('an incoming call rings, is answered, is held, resumed and ends', () => {
    const states = [
      call('a'),
      answered('a'),
      { type: 'held', lineId: 'a' },
      { type: 'resumed', lineId: 'a' },
      ended('a'),
    ]
    const seen: (string | undefined)[] = []
    ;(states as PhoneEvent[]).reduce((phone, event) => {
      const next = nextSnapshot(phone, event)
      seen.push(next.lines[0]?.state)
      return next
    }, silentPhone)
    expect(seen).toEqual(['ringing', 'talking', 'held', 'talking', 'ended'])
  })

  test('an outgoing call says whether it rings there or waits in a queue, and where', () => {
    const phone = play([call('a', 'out'), { type: 'progress', lineId: 'a', progress: 'queued', queuePosition: 3 }])
    expect(phone.lines[0]).toMatchObject({ state: 'dialling', progress: 'queued', queuePosition: 3 })
  })

  test('an answer that crosses a hang-up on the wire does not raise the line from the dead', () => {
    const phone = play([call('a'), ended('a')])
    expect(nextSnapshot(phone, answered('a'))).toBe(phone)
    expect(phone.lines[0]).toMatchObject({ state: 'ended', endedAt: later, endReason: 'hung-up-there' })
  })

  test('a second answer does not move the instant of the first', () => {
    const phone = play([call('a'), answered('a'), { type: 'answered', lineId: 'a', at: later }])
    expect(phone.lines[0]?.answeredAt).toBe(at)
  })

  test('the recording may still fail after the call has ended, and says so', () => {
    const phone = play([
      call('a'),
      ended('a'),
      { type: 'recording', lineId: 'a', recording: 'failed', why: 'disk-full', recordingId: 'r1' },
    ])
    expect(phone.lines[0]).toMatchObject({ recording: 'failed', recordingWhy: 'disk-full', recordingId: 'r1' })
  })

  test('two lines live together; ended ones stay until a new call needs the place', () => {
    const twoTalking = play([call('a'), answered('a'), call('b')])
    expect(twoTalking.lines.map((line) => line.id)).toEqual(['a', 'b'])
    const next = play([ended('a'), call('c')], twoTalking)
    expect(next.lines.map((line) => [line.id, isLive(line)])).toEqual([
      ['b', true],
      ['c', true],
    ])
  })

  test('of two ended lines the younger stays beside a new call', () => {
    const phone = play([call('a'), call('b'), ended('a'), ended('b'), call('c')])
    expect(phone.lines.map((line) => line.id)).toEqual(['b', 'c'])
  })

  test('forget takes an ended line only', () => {
    const phone = play([call('a'), call('b'), ended('a')])
    expect(play([{ type: 'forgotten', lineId: 'a' }], phone).lines.map((line) => line.id)).toEqual(['b'])
    expect(play([{ type: 'forgotten', lineId: 'b' }], phone).lines).toHaveLength(2)
  })

  test('whatever happens in whatever order, the snapshot stays within its schema and the ended stay ended', () => {
    const lineId = fc.constantFrom('a', 'b', 'c')
    const event: fc.Arbitrary<PhoneEvent> = fc.oneof(
      lineId.map((id) => answered(id)),
      lineId.map((id) => ended(id)),
      lineId.map((id): PhoneEvent => ({ type: 'held', lineId: id })),
      lineId.map((id): PhoneEvent => ({ type: 'resumed', lineId: id })),
      lineId.map((id): PhoneEvent => ({ type: 'muted', lineId: id, isMuted: true })),
      lineId.map((id): PhoneEvent => ({ type: 'forgotten', lineId: id })),
      lineId.map((id): PhoneEvent => ({ type: 'media', lineId: id, media: 'flowing' })),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let phone = play([call('a'), call('b', 'out')])
        for (const one of events) {
          const next = nextSnapshot(phone, one)
          phoneSnapshotSchema.parse(next)
          for (const line of phone.lines.filter((before) => !isLive(before))) {
            const after = next.lines.find((candidate) => candidate.id === line.id)
            if (after) expect(after).toEqual(line)
          }
          phone = next
        }
      }),
    )
  })
})

describe('refusals', () => {
  const registered = play([
    { type: 'registration', registration: { state: 'registered', why: null, sinceAt: at, retryAt: null } },
  ])

  test.each([
    ['dial without registration', silentPhone, { name: 'dial', number: '1022' }, 'not-registered'],
    ['dial letters', registered, { name: 'dial', number: 'anh Ba' }, 'bad-number'],
    ['dial on full lines', play([call('a'), call('b')], registered), { name: 'dial', number: '1022' }, 'no-free-line'],
    ['answer nothing', registered, { name: 'answer', lineId: 'x' }, 'no-such-line'],
    ['answer twice', play([call('a'), answered('a')]), { name: 'answer', lineId: 'a' }, 'wrong-state'],
    ['hold a ringing line', play([call('a')]), { name: 'hold', lineId: 'a' }, 'wrong-state'],
    ['resume an ended line', play([call('a'), ended('a')]), { name: 'resume', lineId: 'a' }, 'wrong-state'],
    [
      'pause what is not recorded',
      play([call('a'), answered('a')]),
      { name: 'pauseRecording', lineId: 'a', reason: 'số thẻ' },
      'not-recording',
    ],
    [
      'complete a transfer that was not begun',
      play([call('a'), answered('a')]),
      { name: 'completeAttendedTransfer', lineId: 'a' },
      'wrong-state',
    ],
  ] as const)('%s is refused as %s', (_name, phone, command, code) => {
    expect(refusalOf(phone, command)).toMatchObject({ ok: false, code })
  })

  test('an ended line leaves room to dial', () => {
    const phone = play([call('a'), call('b'), ended('a')], registered)
    expect(refusalOf(phone, { name: 'dial', number: '0277 3.851-022' })).toBeNull()
  })

  test('numbers are taken as people write them', () => {
    expect(dialled('(0277) 3.851-022')).toBe('02773851022')
    expect(isDiallable('+84 277 3851022')).toBe(true)
    expect(isDiallable('')).toBe(false)
    expect(isDiallable('0277/3851022')).toBe(false)
  })
})
