import type { RecordingSink } from './recording-sink.ts'

export type RecorderParts = {
  sink: RecordingSink
  context: AudioContext
  clock: { now(): number }
  about: { callId: string; number: string; direction: 'in' | 'out' }
  /** What is sent and what is heard, asked again whenever a recording begins. */
  sources(): { agent: MediaStream | null; citizen: MediaStream | null }
  onState(recording: 'on' | 'paused' | 'failed', why: string | null, recordingId: string | null): void
}

const mimeType = 'audio/webm;codecs=opus'
const sliceMs = 1_000
const retryMs = 3_000
/** Half a minute of slices that the desk has not taken means that it never will. */
const maxBacklog = 30

/**
 * Records one call in two channels, the agent left and the citizen right, and hands each second over as it comes. When
 * the desk stops taking slices the call goes on with an alarm, and a new recording is begun as soon as the desk is back:
 * a webm stream cannot be continued without its head.
 */
export const recordCall = (parts: RecorderParts) => {
  const mixer = connectChannels(parts.context)
  let take: Take | undefined
  let isOver = false
  let retry: ReturnType<typeof setTimeout> | undefined

  const begin = async () => {
    mixer.connect(parts.sources())
    try {
      if (parts.context.state !== 'running') throw new Error('audio-blocked')
      const startedAt = new Date(parts.clock.now()).toISOString()
      const { recordingId } = await parts.sink.begin({ ...parts.about, startedAt, mimeType })
      take = startTake({ ...parts, recordingId, stream: mixer.stream, onFailure })
      if (isOver) return await end()
      parts.onState('on', null, recordingId)
    } catch (error) {
      onFailure(error)
    }
  }

  const onFailure = (error: unknown) => {
    const recordingId = take?.recordingId ?? null
    take?.abandon()
    take = undefined
    parts.onState('failed', error instanceof Error ? error.message : String(error), recordingId)
    if (!isOver) retry = setTimeout(begin, retryMs)
  }

  const end = async () => {
    const last = take
    take = undefined
    try {
      await last?.finish()
    } catch (error) {
      onFailure(error)
    }
    mixer.close()
  }

  const begun = begin()
  return {
    /** After a change of microphone, or when a transfer brought another voice. */
    reconnect: () => mixer.connect(parts.sources()),
    pause: async (reason: string) => {
      if (!take) return
      await take.pause(reason)
      parts.onState('paused', null, take.recordingId)
    },
    resume: async () => {
      if (!take) return
      await take.resume()
      parts.onState('on', null, take.recordingId)
    },
    /** Resolves when the last slice is safe or has failed. */
    finish: async () => {
      isOver = true
      clearTimeout(retry)
      await begun
      await end()
    },
  }
}

export type CallRecorder = ReturnType<typeof recordCall>

type Take = ReturnType<typeof startTake>

type TakeParts = Pick<RecorderParts, 'sink' | 'clock'> & {
  recordingId: string
  stream: MediaStream
  onFailure(error: unknown): void
}

/** One recording in the vault: from its first slice to its end or its failure. */
const startTake = ({ sink, clock, recordingId, stream, onFailure }: TakeParts) => {
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 48_000 })
  let isDead = false
  let nextIndex = 0
  let backlog = 0
  let durationMs = 0
  let runningSince = clock.now()
  let sent: Promise<void> = Promise.resolve()

  const fail = (error: unknown) => {
    if (isDead) return
    isDead = true
    onFailure(error)
  }
  // Slices and marks go one after the other, or the chain in the vault would not tell where the gap was.
  const inTurn = (act: () => Promise<void>) => {
    sent = sent.then(() => (isDead ? undefined : act())).catch(fail)
    return sent
  }

  recorder.ondataavailable = ({ data }) => {
    if (data.size === 0 || isDead) return
    backlog += 1
    if (backlog > maxBacklog) return fail(new Error('desk-too-slow'))
    void inTurn(async () => {
      const bytes = new Uint8Array(await data.arrayBuffer())
      const index = nextIndex
      nextIndex += 1
      await sink.append({ recordingId, index, bytes })
      backlog -= 1
    })
  }
  recorder.onerror = () => fail(new Error('recorder-failed'))
  recorder.start(sliceMs)

  const flushed = (act: () => void) =>
    new Promise<void>((resolve) => {
      recorder.addEventListener('dataavailable', () => resolve(), { once: true })
      act()
    })
  const mark = (kind: 'pause' | 'resume', reason: string) =>
    inTurn(() => sink.mark({ recordingId, kind, at: new Date(clock.now()).toISOString(), reason }))

  return {
    recordingId,
    pause: async (reason: string) => {
      durationMs += clock.now() - runningSince
      await flushed(() => {
        recorder.requestData()
        recorder.pause()
      })
      await mark('pause', reason)
    },
    resume: async () => {
      await mark('resume', '')
      runningSince = clock.now()
      recorder.resume()
    },
    finish: async () => {
      if (isDead) return
      if (recorder.state === 'recording') durationMs += clock.now() - runningSince
      if (recorder.state !== 'inactive') await flushed(() => recorder.stop())
      await inTurn(() => sink.finish({ recordingId, durationMs }))
    },
    abandon: () => {
      isDead = true
      if (recorder.state !== 'inactive') recorder.stop()
    },
  }
}

/** Left and right stay apart to the end, so that "who said it" is never a question of judging voices. */
const connectChannels = (context: AudioContext) => {
  const merger = context.createChannelMerger(2)
  const way = context.createMediaStreamDestination()
  way.channelCount = 2
  merger.connect(way)
  let inputs: AudioNode[] = []
  const plug = (stream: MediaStream | null, channel: 0 | 1) => {
    if (!stream || stream.getAudioTracks().length === 0) return []
    const input = context.createMediaStreamSource(stream)
    // A stereo microphone must not spill into the other side's channel.
    const mono = context.createGain()
    mono.channelCount = 1
    mono.channelCountMode = 'explicit'
    input.connect(mono)
    mono.connect(merger, 0, channel)
    return [input, mono]
  }
  const unplug = () => {
    for (const input of inputs) input.disconnect()
    inputs = []
  }
  return {
    stream: way.stream,
    connect: ({ agent, citizen }: { agent: MediaStream | null; citizen: MediaStream | null }) => {
      unplug()
      inputs = [...plug(agent, 0), ...plug(citizen, 1)]
    },
    close: () => {
      unplug()
      merger.disconnect()
    },
  }
}
