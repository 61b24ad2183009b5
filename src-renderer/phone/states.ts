import {
  type Device,
  type EndReason,
  type Line,
  maxLines,
  type PhoneSnapshot,
  type Quality,
  type Registration,
  type SelfTest,
  type Transfer,
} from './phone.ts'

/** What happened, in the order in which it happened. The states are drawn in phone.ts. */
export type PhoneEvent =
  | { type: 'registration'; registration: Registration }
  | {
      type: 'call'
      lineId: string
      direction: 'in' | 'out'
      number: string
      displayName: string
      queueCallId: string | null
      at: string
    }
  | { type: 'progress'; lineId: string; progress: Line['progress']; queuePosition: number | null }
  | { type: 'named'; lineId: string; queueCallId: string }
  | { type: 'answered'; lineId: string; at: string }
  | { type: 'held' | 'resumed'; lineId: string }
  | { type: 'forgotten'; lineId: string }
  | { type: 'held-there'; lineId: string; isHeldThere: boolean }
  | { type: 'muted'; lineId: string; isMuted: boolean }
  | { type: 'peer'; lineId: string; number: string; displayName: string }
  | { type: 'media'; lineId: string; media: Line['media'] }
  | { type: 'quality'; lineId: string; quality: Quality }
  | {
      type: 'recording'
      lineId: string
      recording: Line['recording']
      why: string | null
      recordingId: string | null
    }
  | { type: 'transfer'; lineId: string; transfer: Transfer | null }
  | { type: 'ended'; lineId: string; at: string; reason: EndReason }
  | { type: 'devices'; devices: Device[]; missingDevices: PhoneSnapshot['missingDevices'] }
  | { type: 'chosen'; ringDeviceId: string; talkDeviceId: string; microphoneDeviceId: string }
  | { type: 'permission'; microphonePermission: PhoneSnapshot['microphonePermission'] }
  | { type: 'self-test'; selfTest: SelfTest }

/**
 * Pure. An event that no longer fits, such as an answer that crosses a hang-up on the wire, returns the same snapshot:
 * on a telephone line both ends may act at once, so lateness is no bug.
 */
export const nextSnapshot = (phone: PhoneSnapshot, event: PhoneEvent): PhoneSnapshot => {
  switch (event.type) {
    case 'registration':
      return { ...phone, registration: event.registration }
    case 'devices':
      return { ...phone, devices: event.devices, missingDevices: event.missingDevices }
    case 'chosen': {
      const { type: _, ...chosen } = event
      return { ...phone, ...chosen }
    }
    case 'permission':
      return { ...phone, microphonePermission: event.microphonePermission }
    case 'self-test':
      return { ...phone, selfTest: event.selfTest }
    case 'call':
      return { ...phone, lines: [...placeFor(phone.lines), newLine(event)] }
    case 'forgotten':
      return { ...phone, lines: phone.lines.filter((line) => line.id !== event.lineId || line.state !== 'ended') }
    default: {
      const before = phone.lines.find((line) => line.id === event.lineId)
      if (!before) return phone
      const after = nextLine(before, event)
      if (after === before) return phone
      return { ...phone, lines: phone.lines.map((line) => (line === before ? after : line)) }
    }
  }
}

type LineEvent = Exclude<
  PhoneEvent,
  { type: 'registration' | 'devices' | 'chosen' | 'permission' | 'self-test' | 'call' | 'forgotten' }
>

const nextLine = (line: Line, event: LineEvent): Line => {
  // The vault may finish, or fail to finish, a moment after the call.
  if (event.type === 'recording') {
    return { ...line, recording: event.recording, recordingWhy: event.why, recordingId: event.recordingId }
  }
  if (line.state === 'ended') return line
  const isAnswered = line.state === 'talking' || line.state === 'held'
  switch (event.type) {
    case 'progress':
      if (line.state !== 'dialling') return line
      return { ...line, progress: event.progress, queuePosition: event.queuePosition }
    case 'named':
      return line.queueCallId === event.queueCallId ? line : { ...line, queueCallId: event.queueCallId }
    case 'answered':
      if (isAnswered) return line
      return { ...line, state: 'talking', answeredAt: event.at, queuePosition: null }
    case 'held':
      return line.state === 'talking' ? { ...line, state: 'held' } : line
    case 'resumed':
      return line.state === 'held' ? { ...line, state: 'talking' } : line
    case 'held-there':
      return isAnswered ? { ...line, isHeldThere: event.isHeldThere } : line
    case 'muted':
      return isAnswered ? { ...line, isMuted: event.isMuted } : line
    case 'peer':
      return { ...line, number: event.number, displayName: event.displayName }
    case 'media':
      return isAnswered && line.media !== event.media ? { ...line, media: event.media } : line
    case 'quality':
      return isAnswered ? { ...line, quality: event.quality } : line
    case 'transfer':
      return { ...line, transfer: event.transfer }
    case 'ended':
      return { ...line, state: 'ended', endedAt: event.at, endReason: event.reason, queuePosition: null }
  }
}

export const isLive = (line: Line): boolean => line.state !== 'ended'

/** Ended lines give way to a new call, the oldest first; live ones never do. */
const placeFor = (lines: Line[]): Line[] => {
  const live = lines.filter(isLive).length
  let toKeep = Math.max(0, maxLines - 1 - live)
  const kept = [...lines].reverse().filter((line) => {
    if (isLive(line)) return true
    toKeep -= 1
    return toKeep >= 0
  })
  return kept.reverse()
}

const newLine = (event: Extract<PhoneEvent, { type: 'call' }>): Line => ({
  id: event.lineId,
  queueCallId: event.queueCallId,
  direction: event.direction,
  number: event.number,
  displayName: event.displayName,
  state: event.direction === 'in' ? 'ringing' : 'dialling',
  progress: 'calling',
  queuePosition: null,
  startedAt: event.at,
  answeredAt: null,
  endedAt: null,
  endReason: null,
  isMuted: false,
  isHeldThere: false,
  media: 'waiting',
  quality: null,
  recording: 'off',
  recordingWhy: null,
  recordingId: null,
  transfer: null,
})
