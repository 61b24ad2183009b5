import { runCommand } from './commands.ts'
import { type Media, microphoneFailure, openMedia } from './media.ts'
import {
  type EndReason,
  type Line,
  maxLines,
  type Phone,
  type PhoneSettings,
  type PhoneSnapshot,
  phoneCommandSchema,
  silentPhone,
} from './phone.ts'
import { type CallRecorder, recordCall } from './recorder.ts'
import type { RecordingSink } from './recording-sink.ts'
import { refusalOf, refused } from './refusals.ts'
import type { SipCall, SipCallListener, SipLink } from './sip-words.ts'
import { isLive, nextSnapshot, type PhoneEvent } from './states.ts'
import { startTalk, type Talk } from './talk.ts'

export type EngineParts = {
  /** Null where nothing is recorded: the citizen's page. */
  sink: RecordingSink | null
  /** Milliseconds since the epoch. */
  clock: { now(): number }
  newId(): string
  /** 0 ≤ x < 1, for the jitter of the back-off. */
  chance(): number
}

/** `close` hangs up, ends the recordings, unregisters and lets go of every device. */
export type PhoneEngine = Phone & { close(): Promise<void> }

/** What the engine holds for a line beside its plain state. */
export type Rig = { call: SipCall; talk: Talk | null; recorder: CallRecorder | null }

/** The engine as its commands see it. */
export type EngineRoom = {
  parts: EngineParts
  media: Media
  rigs: Map<string, Rig>
  settings: PhoneSettings | null
  link: SipLink | null
  snapshot(): PhoneSnapshot
  emit(event: PhoneEvent): void
  lineOf(lineId: string): Line | undefined
  now(): string
  openMicrophone(): Promise<MediaStream>
  startTalk(lineId: string, call: SipCall, microphone: MediaStream): void
  incoming(call: SipCall): SipCallListener
  listenerOf(lineId: string): SipCallListener
  mediaIsBack(): void
}

/** Opens the devices and nothing else; `register` connects it. One engine per window. */
export const createPhoneEngine = (parts: EngineParts): PhoneEngine => {
  const room = openRoom(parts)
  const phone: PhoneEngine = {
    snapshot: room.snapshot,
    subscribe: room.subscribe,
    run: async (input) => {
      const parsed = phoneCommandSchema.safeParse(input)
      if (!parsed.success) return refused('bad-command', parsed.error.message)
      const command = parsed.data
      const refusal = refusalOf(room.snapshot(), command)
      if (refusal) return refusal
      try {
        return await runCommand(room, command)
      } catch (error) {
        return refused('failed', error instanceof Error ? error.message : String(error))
      }
    },
    close: async () => {
      const lines = room.snapshot().lines.filter(isLive)
      await Promise.allSettled(lines.map((line) => room.rigs.get(line.id)?.call.hangUp('hung-up-here')))
      await Promise.allSettled([...room.rigs.values()].map((rig) => rig.recorder?.finish()))
      await room.link?.close()
      room.stopMeasuring()
      await room.media.close()
    },
  }
  room.autoAnswer = (lineId) => void phone.run({ name: 'answer', lineId })
  return phone
}

const openRoom = (parts: EngineParts) => {
  const listeners = new Set<(snapshot: PhoneSnapshot) => void>()
  const rigs = new Map<string, Rig>()
  let current = silentPhone

  const emit = (event: PhoneEvent) => {
    const next = nextSnapshot(current, event)
    if (next === current) return
    current = next
    applyToSound()
    for (const listener of listeners) listener(current)
  }

  /** The microphone and the tones follow the states; no command touches them by itself, so none can forget to. */
  const applyToSound = () => {
    for (const line of current.lines) rigs.get(line.id)?.talk?.setSending(line.state === 'talking' && !line.isMuted)
    room.media.sound(toneFor(current.lines))
  }

  const lineOf = (lineId: string) => current.lines.find((line) => line.id === lineId)
  const now = () => new Date(parts.clock.now()).toISOString()

  const media = openMedia({
    onDevices: (found) => emit({ type: 'devices', ...found }),
    onMicrophoneChange: () => void replaceMicrophones(),
  })

  const replaceMicrophones = async () => {
    for (const rig of rigs.values()) {
      if (!rig.talk) continue
      // No microphone at all is shown by the missing device; the call and the other side's voice go on.
      const next = await room.openMicrophone().catch(() => null)
      if (next) await rig.talk.replaceMicrophone(next)
      rig.recorder?.reconnect()
    }
  }

  const measure = async () => {
    for (const line of current.lines) {
      if (line.state !== 'talking' && line.state !== 'held') continue
      const measured = await rigs.get(line.id)?.talk?.measure(line.state === 'held' || line.isHeldThere)
      if (!measured) continue
      emit({ type: 'media', lineId: line.id, media: measured.media })
      emit({ type: 'quality', lineId: line.id, quality: measured.quality })
    }
  }
  const measuring = setInterval(() => void measure(), 1_000)

  /**
   * After the signalling came back, or the media went: the other side learns where we are, and a new way is looked for
   * where the old one is dead. Whoever was called asks first, because two who ask at once must take an offer back, and
   * after that Chromium may decode a voice and play it to nobody.
   */
  const reopen = async (call: SipCall) => {
    if (call.direction === 'out') await new Promise((resolve) => setTimeout(resolve, 3_000))
    const state = call.peer()?.connectionState
    if (!state || state === 'closed' || current.registration.state !== 'registered') return
    // Refused, for instance by an exchange that was restarted and forgot the call: the sound may well flow on.
    await (state === 'connected' ? call.refresh() : call.restartMedia()).catch(() => undefined)
  }

  const startRecording = async (lineId: string, rig: Rig) => {
    const line = lineOf(lineId)
    const { sink, clock } = parts
    if (!sink || !room.settings?.isRecorded || rig.recorder || !line) return
    const context = await media.audioContext()
    if (!rig.talk || rig.recorder) return
    const { talk } = rig
    rig.recorder = recordCall({
      sink,
      context,
      clock,
      about: { callId: line.queueCallId ?? line.id, number: line.number, direction: line.direction },
      sources: talk.streams,
      onState: (recording, why, recordingId) => emit({ type: 'recording', lineId, recording, why, recordingId }),
    })
  }

  const endLine = async (lineId: string, reason: EndReason) => {
    const rig = rigs.get(lineId)
    const total = rig?.talk?.total()
    if (total) emit({ type: 'quality', lineId, quality: total })
    emit({ type: 'ended', lineId, at: now(), reason: isTransferred(current, lineId) ? 'transferred' : reason })
    dropConsultation(lineId)
    media.stopVoice(lineId)
    rig?.talk?.stop()
    await rig?.recorder?.finish()
    const last = lineOf(lineId)
    if (rig?.recorder && last && last.recording !== 'failed') {
      emit({ type: 'recording', lineId, recording: 'off', why: null, recordingId: last.recordingId })
    }
    rigs.delete(lineId)
  }

  /** The focal officer hung up before the transfer: the citizen is still on hold and nothing is being transferred. */
  const dropConsultation = (consultLineId: string) => {
    const line = current.lines.find((one) => one.transfer?.consultLineId === consultLineId)
    if (line?.transfer?.state === 'consulting') emit({ type: 'transfer', lineId: line.id, transfer: null })
  }

  const room = {
    parts,
    media,
    rigs,
    settings: null as PhoneSettings | null,
    link: null as SipLink | null,
    autoAnswer: (_lineId: string) => {},
    snapshot: () => current,
    subscribe: (listener: (snapshot: PhoneSnapshot) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit,
    lineOf,
    now,
    stopMeasuring: () => clearInterval(measuring),
    openMicrophone: async () => {
      const sound = room.settings?.sound ?? { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
      try {
        const microphone = await media.openMicrophone(sound)
        if (current.microphonePermission !== 'granted') {
          emit({ type: 'permission', microphonePermission: 'granted' })
          // The names of the devices are only told from now on.
          void media.lookAround()
        }
        return microphone
      } catch (error) {
        if (microphoneFailure(error) === 'permission-denied') {
          emit({ type: 'permission', microphonePermission: 'denied' })
        }
        throw error
      }
    },
    startTalk: (lineId: string, call: SipCall, microphone: MediaStream) => {
      const talk = startTalk({
        call,
        microphone,
        clock: parts.clock,
        onVoice: (stream) => {
          void media.playVoice(lineId, stream)
          rigs.get(lineId)?.recorder?.reconnect()
        },
        onMediaLost: () => {
          void reopen(call)
        },
        onMicrophoneLost: () => void replaceMicrophones(),
      })
      rigs.set(lineId, { call, talk, recorder: null })
    },
    listenerOf: (lineId: string): SipCallListener => {
      const arrive = () => {
        const rig = rigs.get(lineId)
        rig?.talk?.attach()
        applyToSound()
        if (rig) void startRecording(lineId, rig)
      }
      return {
        onProgress: (progress, queuePosition) => emit({ type: 'progress', lineId, progress, queuePosition }),
        onNamed: (queueCallId) => {
          if (queueCallId !== null) emit({ type: 'named', lineId, queueCallId })
        },
        onAnswered: () => {
          emit({ type: 'answered', lineId, at: now() })
          arrive()
        },
        onHeldThere: (isHeldThere) => emit({ type: 'held-there', lineId, isHeldThere }),
        onReplaced: (number, displayName) => {
          emit({ type: 'peer', lineId, number, displayName })
          emit({ type: 'resumed', lineId })
          emit({ type: 'held-there', lineId, isHeldThere: false })
          arrive()
        },
        onTransferRinging: () => {
          const transfer = lineOf(lineId)?.transfer
          if (transfer) emit({ type: 'transfer', lineId, transfer: { ...transfer, state: 'ringing-there' } })
        },
        onEnded: (reason) => void endLine(lineId, reason),
      }
    },
    incoming: (call: SipCall): SipCallListener => {
      const lineId = parts.newId()
      if (current.lines.filter(isLive).length >= maxLines) {
        void call.decline(true)
        return room.listenerOf(lineId)
      }
      rigs.set(lineId, { call, talk: null, recorder: null })
      const { direction, number, displayName, queueCallId } = call
      emit({ type: 'call', lineId, direction, number, displayName, queueCallId, at: now() })
      const isAsked = room.settings?.autoAnswer === 'by-header' && call.asksAutoAnswer
      const isAlone = current.lines.filter(isLive).length === 1
      if (isAlone && (isAsked || room.settings?.autoAnswer === 'always')) queueMicrotask(() => room.autoAnswer(lineId))
      return room.listenerOf(lineId)
    },
    mediaIsBack: () => {
      for (const { call, talk } of rigs.values()) {
        if (talk) void reopen(call)
      }
    },
  }
  void media.lookAround()
  return room
}

const isTransferred = (phone: PhoneSnapshot, lineId: string): boolean =>
  phone.lines.some(
    ({ id, transfer }) =>
      (id === lineId || transfer?.consultLineId === lineId) &&
      (transfer?.state === 'asked' || transfer?.state === 'ringing-there'),
  )

const toneFor = (lines: Line[]) => {
  const isTalking = lines.some((line) => line.state === 'talking')
  if (lines.some((line) => line.state === 'ringing')) return isTalking ? 'waiting' : 'ring'
  return lines.some((line) => line.state === 'dialling' && line.progress !== 'calling') ? 'ringback' : null
}
