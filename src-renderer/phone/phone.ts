import { z } from 'zod'

/**
 * The phone in our own words. Everything here is plain data, because the engine may live in another window and speak
 * over a MessagePort; no type of the SIP library passes this file. Instants are ISO 8601 strings in UTC.
 *
 * A line, from our side of the call:
 *
 *                    answer                 hold
 *   (rings) ringing ────────►┌─────────┐ ─────────► ┌──────┐
 *              │             │ talking │            │ held │
 *   (we ask) dialling ──────►└─────────┘ ◄───────── └──────┘
 *              │   they answer    │        resume       │
 *              │                  │                     │
 *              └── declined ──────┴──── hung up, ───────┘
 *                  cancelled            transferred,
 *                  busy, failed         failed
 *                      │                  │
 *                      ▼                  ▼
 *                  ┌─────────────────────────┐
 *                  │ ended (endReason says)  │   stays in the list for wrap-up until `forget`
 *                  └─────────────────────────┘   or until a new call needs the place
 *
 *   ringing   they call; our ringing device sounds, no microphone is open
 *   dialling  we call; `progress` says whether it rings there or waits in a queue
 *   talking   both ways; `media` says whether sound really arrives
 *   held      we put them on hold: nothing of our microphone is sent; being held by them is `isHeldThere`
 *
 * The registration:
 *
 *   off ──register──► connecting ──200──► registered ──socket lost / refresh refused──┐
 *    ▲                    ▲  │                                                         │
 *    │                    │  └──no answer, refused──► failed (why) ──back-off──► connecting
 *    └────unregister──────┴─ from anywhere             a wrong password is not retried by itself
 *
 * A recording of a line:  off ──answered──► on ◄──► paused ;  on/paused ──error──► failed (why) ;  the call goes on.
 * The media of a line:    waiting ──packets──► flowing ──none for seconds──► none ──packets──► flowing
 */

export const registrationSchema = z.object({
  state: z.enum(['off', 'connecting', 'registered', 'failed']),
  /** Only with `failed` and with `connecting` after a failure. */
  why: z
    .enum(['wrong-password', 'unknown-user', 'unreachable', 'connection-lost', 'refused', 'no-answer', 'phone-gone'])
    .nullable(),
  sinceAt: z.string(),
  /** When the next attempt is made, if one is planned. */
  retryAt: z.string().nullable(),
})

export const deviceSchema = z.object({
  deviceId: z.string(),
  kind: z.enum(['microphone', 'speaker']),
  /** Empty until the microphone permission was given. */
  label: z.string(),
})

/** Loss and MOS (ITU-T G.107, 1 bad to 4.5) over the last ten seconds, and over the whole call once it has ended. */
export const qualitySchema = z.object({
  lossPercent: z.number(),
  jitterMs: z.number(),
  roundTripMs: z.number().nullable(),
  mos: z.number(),
  packetsReceived: z.number(),
  packetsSent: z.number(),
})

export const endReasonSchema = z.enum([
  'hung-up-here',
  'hung-up-there',
  'declined-here',
  'declined-there',
  'cancelled-here',
  'cancelled-there',
  'answered-elsewhere',
  'busy',
  'no-answer',
  'not-found',
  'unavailable',
  'transferred',
  'no-microphone',
  'failed',
])

export const transferSchema = z.object({
  kind: z.enum(['blind', 'attended']),
  number: z.string(),
  /** The other line of an attended transfer. */
  consultLineId: z.string().nullable(),
  state: z.enum(['consulting', 'asked', 'ringing-there', 'failed']),
  /** The SIP code of the refusal, with `failed`. */
  failureCode: z.number().nullable(),
})

export const lineSchema = z.object({
  id: z.string(),
  /** The name of the call on the board, given by the exchange; a transferred call keeps it. */
  queueCallId: z.string().nullable(),
  direction: z.enum(['in', 'out']),
  number: z.string(),
  displayName: z.string(),
  state: z.enum(['ringing', 'dialling', 'talking', 'held', 'ended']),
  /** With `dialling`. */
  progress: z.enum(['calling', 'ringing', 'queued']),
  queuePosition: z.number().nullable(),
  startedAt: z.string(),
  answeredAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  endReason: endReasonSchema.nullable(),
  isMuted: z.boolean(),
  isHeldThere: z.boolean(),
  media: z.enum(['waiting', 'flowing', 'none']),
  quality: qualitySchema.nullable(),
  recording: z.enum(['off', 'on', 'paused', 'failed']),
  recordingWhy: z.string().nullable(),
  recordingId: z.string().nullable(),
  transfer: transferSchema.nullable(),
})

const checkSchema = z.object({
  name: z.enum(['microphone', 'speaker', 'registration', 'ring']),
  outcome: z.enum(['go', 'no-go']),
  reason: z
    .enum([
      'permission-denied',
      'no-microphone',
      'microphone-busy',
      'microphone-silent',
      'microphone-muted-by-system',
      'no-speaker',
      'speaker-gone',
      'audio-blocked',
      'not-registered',
      'wrong-password',
    ])
    .nullable(),
  /** Peak of the microphone in dBFS, or null where it does not apply. */
  levelDb: z.number().nullable(),
})

export const selfTestSchema = z.object({
  outcome: z.enum(['running', 'go', 'no-go']),
  startedAt: z.string(),
  checks: z.array(checkSchema),
})

export const phoneSnapshotSchema = z.object({
  registration: registrationSchema,
  devices: z.array(deviceSchema),
  /** `default` follows the system. */
  ringDeviceId: z.string(),
  talkDeviceId: z.string(),
  microphoneDeviceId: z.string(),
  /** What is really in use, when a chosen device was unplugged. */
  missingDevices: z.array(z.enum(['ring', 'talk', 'microphone'])),
  microphonePermission: z.enum(['unknown', 'granted', 'denied']),
  lines: z.array(lineSchema),
  selfTest: selfTestSchema.nullable(),
})

/** `iceServers` is empty unless the province runs its own: no public server learns who calls. */
export const phoneSettingsSchema = z.object({
  wsUrl: z.string(),
  domain: z.string(),
  username: z.string(),
  password: z.string(),
  displayName: z.string().default(''),
  iceServers: z
    .array(
      z.object({
        urls: z.union([z.string(), z.array(z.string())]),
        username: z.string().optional(),
        credential: z.string().optional(),
      }),
    )
    .default([]),
  isRecorded: z.boolean().default(true),
  autoAnswer: z.enum(['never', 'by-header', 'always']).default('never'),
  sound: z
    .object({ echoCancellation: z.boolean(), noiseSuppression: z.boolean(), autoGainControl: z.boolean() })
    .default({ echoCancellation: true, noiseSuppression: true, autoGainControl: true }),
})

const onLine = { lineId: z.string() }

export const phoneCommandSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('register'), settings: phoneSettingsSchema }),
  z.object({ name: z.literal('unregister') }),
  z.object({ name: z.literal('dial'), number: z.string() }),
  z.object({ name: z.literal('answer'), ...onLine }),
  z.object({ name: z.literal('decline'), ...onLine }),
  z.object({ name: z.literal('hangUp'), ...onLine }),
  z.object({ name: z.literal('hold'), ...onLine }),
  z.object({ name: z.literal('resume'), ...onLine }),
  z.object({ name: z.literal('mute'), ...onLine }),
  z.object({ name: z.literal('unmute'), ...onLine }),
  z.object({ name: z.literal('sendDtmf'), ...onLine, tones: z.string().regex(/^[0-9A-D*#,]{1,32}$/) }),
  z.object({ name: z.literal('blindTransfer'), ...onLine, number: z.string() }),
  z.object({ name: z.literal('startAttendedTransfer'), ...onLine, number: z.string() }),
  z.object({ name: z.literal('completeAttendedTransfer'), ...onLine }),
  z.object({ name: z.literal('cancelAttendedTransfer'), ...onLine }),
  z.object({
    name: z.literal('setDevices'),
    ringDeviceId: z.string().optional(),
    talkDeviceId: z.string().optional(),
    microphoneDeviceId: z.string().optional(),
  }),
  z.object({ name: z.literal('pauseRecording'), ...onLine, reason: z.string() }),
  z.object({ name: z.literal('resumeRecording'), ...onLine }),
  z.object({ name: z.literal('selfTest') }),
  z.object({ name: z.literal('forget'), ...onLine }),
])

/** `lineId` answers `dial` and `startAttendedTransfer`. A refusal is a value: the words for its code are the console's. */
export const phoneReplySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), lineId: z.string().nullable() }),
  z.object({
    ok: z.literal(false),
    code: z.enum([
      'not-registered',
      'no-such-line',
      'wrong-state',
      'no-free-line',
      'bad-number',
      'bad-command',
      'not-recording',
      'refused-there',
      'no-microphone',
      'permission-denied',
      'phone-gone',
      'failed',
    ]),
    why: z.string(),
  }),
])

export type Registration = z.infer<typeof registrationSchema>
export type Device = z.infer<typeof deviceSchema>
export type Quality = z.infer<typeof qualitySchema>
export type EndReason = z.infer<typeof endReasonSchema>
export type Transfer = z.infer<typeof transferSchema>
export type Line = z.infer<typeof lineSchema>
export type SelfTest = z.infer<typeof selfTestSchema>
export type SelfTestCheck = z.infer<typeof checkSchema>
export type PhoneSnapshot = z.infer<typeof phoneSnapshotSchema>
export type PhoneSettings = z.infer<typeof phoneSettingsSchema>
/** What a caller of `run` may leave out is filled by the schema. */
export type PhoneSettingsInput = z.input<typeof phoneSettingsSchema>
export type PhoneCommand = z.input<typeof phoneCommandSchema>
export type PhoneReply = z.infer<typeof phoneReplySchema>

export type Phone = {
  /** The last known state; the same object until something changes, so that React may compare by identity. */
  snapshot(): PhoneSnapshot
  /** Calls back after each change; returns the function that stops it. */
  subscribe(listener: (snapshot: PhoneSnapshot) => void): () => void
  /** Never rejects: refusals and failures are in the reply. */
  run(command: PhoneCommand): Promise<PhoneReply>
}

export const maxLines = 2

/** A phone that has done nothing yet; `sinceAt` is the epoch because nobody has asked the time. */
export const silentPhone: PhoneSnapshot = {
  registration: { state: 'off', why: null, sinceAt: '1970-01-01T00:00:00.000Z', retryAt: null },
  devices: [],
  ringDeviceId: 'default',
  talkDeviceId: 'default',
  microphoneDeviceId: 'default',
  missingDevices: [],
  microphonePermission: 'unknown',
  lines: [],
  selfTest: null,
}
