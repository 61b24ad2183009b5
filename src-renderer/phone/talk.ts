import type { Line, Quality } from './phone.ts'
import { type MediaSample, qualityBetween, sampleOf, watchPackets } from './quality.ts'
import { agreesOnTones, type SipCall } from './sip-words.ts'

export type TalkParts = {
  call: SipCall
  microphone: MediaStream
  clock: { now(): number }
  /** The voice of the other side, again whenever it comes another way. */
  onVoice(stream: MediaStream): void
  /** The browser gave the media up; only a new way can bring it back. */
  onMediaLost(): void
  onMicrophoneLost(): void
}

const qualityWindowMs = 10_000
/** A way that does not open after so many attempts needs a person; asking for ever would only load the exchange. */
const maxRestarts = 3

/** The sound of one line: our microphone out, their voice in, and what the counters say about both. */
export const startTalk = (parts: TalkParts) => {
  const { call, clock } = parts
  let microphone = parts.microphone
  let isSending = false
  let attachedTo: RTCPeerConnection | null = null
  let watch = watchPackets(clock.now())
  let samples: MediaSample[] = []
  let firstSample: MediaSample | undefined
  let restartsLeft = maxRestarts

  const sender = () => attachedTo?.getSenders().find((one) => one.track?.kind === 'audio')
  const applySending = () => {
    // Every track, because the one that the call sends may be a copy made for a transfer.
    for (const track of [...microphone.getAudioTracks(), sender()?.track]) if (track) track.enabled = isSending
  }
  const watchMicrophone = () => {
    for (const track of microphone.getAudioTracks()) track.onended = parts.onMicrophoneLost
  }

  const attach = () => {
    const peer = call.peer()
    if (!peer || peer === attachedTo) return applySending()
    attachedTo = peer
    watch = watchPackets(clock.now())
    samples = []
    firstSample = undefined
    peer.addEventListener('connectionstatechange', () => {
      const isLost = peer.connectionState === 'failed' || peer.connectionState === 'disconnected'
      if (peer !== attachedTo || !isLost || restartsLeft === 0) return
      restartsLeft -= 1
      parts.onMediaLost()
    })
    peer.addEventListener('track', () => parts.onVoice(heard()))
    parts.onVoice(heard())
    applySending()
  }

  const heard = () => new MediaStream(attachedTo?.getReceivers().map((receiver) => receiver.track) ?? [])

  watchMicrophone()
  return {
    call,
    attach,
    setSending: (next: boolean) => {
      isSending = next
      applySending()
    },
    /** What really goes out and comes in; for the recording. */
    streams: () => {
      const track = sender()?.track
      return { agent: track ? new MediaStream([track]) : null, citizen: attachedTo ? heard() : null }
    },
    replaceMicrophone: async (next: MediaStream) => {
      const [track] = next.getAudioTracks()
      const used = sender()
      if (!track || !used) return stopAll(next)
      const old = microphone
      const oldTrack = used.track
      microphone = next
      watchMicrophone()
      applySending()
      await used.replaceTrack(track)
      oldTrack?.stop()
      stopAll(old)
      applySending()
    },
    measure: async (isOnHold: boolean): Promise<{ media: Line['media']; quality: Quality } | null> => {
      const peer = attachedTo
      if (!peer || peer.connectionState === 'closed') return null
      const now = sampleOf(await peer.getStats(), clock.now())
      if (peer !== attachedTo) return null
      firstSample ??= now
      samples = [...samples.filter((one) => now.atMs - one.atMs <= qualityWindowMs), now]
      const media = watch(now, isOnHold)
      if (media === 'flowing') restartsLeft = maxRestarts
      return { media, quality: qualityBetween(samples[0] ?? now, now) }
    },
    /** Over the whole call; null when it never had media. */
    total: (): Quality | null => {
      const last = samples.at(-1)
      return firstSample && last ? qualityBetween(firstSample, last) : null
    },
    sendTones: async (tones: string) => {
      const dtmf = sender()?.dtmf
      const local = attachedTo?.localDescription?.sdp ?? ''
      const remote = attachedTo?.remoteDescription?.sdp ?? ''
      if (dtmf?.canInsertDTMF && agreesOnTones(local, remote)) return dtmf.insertDTMF(tones, 160, 70)
      for (const tone of tones) if (tone !== ',') await call.sendToneByInfo(tone)
    },
    stop: () => {
      attachedTo = null
      stopAll(microphone)
    },
  }
}

export type Talk = ReturnType<typeof startTalk>

export const stopAll = (stream: MediaStream) => {
  for (const track of stream.getTracks()) {
    track.onended = null
    track.stop()
  }
}
