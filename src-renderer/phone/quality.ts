import type { Line, Quality } from './phone.ts'

/** Counters of one line at one instant, as WebRTC keeps them. */
export type MediaSample = {
  atMs: number
  packetsReceived: number
  packetsLost: number
  packetsSent: number
  jitterMs: number
  roundTripMs: number | null
  /** Mean time a packet waited in the jitter buffer. */
  bufferMs: number
}

/** Reads the standard identifiers of W3C "Identifiers for WebRTC's Statistics API". */
export const sampleOf = (report: RTCStatsReport, atMs: number): MediaSample => {
  const sample: MediaSample = {
    atMs,
    packetsReceived: 0,
    packetsLost: 0,
    packetsSent: 0,
    jitterMs: 0,
    roundTripMs: null,
    bufferMs: 0,
  }
  for (const stat of report.values()) {
    if (stat.type === 'inbound-rtp' && stat.kind === 'audio') {
      sample.packetsReceived += stat.packetsReceived ?? 0
      sample.packetsLost += Math.max(0, stat.packetsLost ?? 0)
      sample.jitterMs = (stat.jitter ?? 0) * 1000
      if (stat.jitterBufferEmittedCount > 0) {
        sample.bufferMs = (stat.jitterBufferDelay / stat.jitterBufferEmittedCount) * 1000
      }
    } else if (stat.type === 'outbound-rtp' && stat.kind === 'audio') {
      sample.packetsSent += stat.packetsSent ?? 0
    } else if (stat.type === 'remote-inbound-rtp' && stat.roundTripTime !== undefined) {
      sample.roundTripMs = stat.roundTripTime * 1000
    }
  }
  return sample
}

/**
 * The quality between two samples of one call. A restart of the media begins its counters at zero again, which must
 * not read as a negative loss.
 */
export const qualityBetween = (before: MediaSample, now: MediaSample): Quality => {
  const received = Math.max(0, now.packetsReceived - before.packetsReceived)
  const lost = Math.max(0, now.packetsLost - before.packetsLost)
  const lossPercent = received + lost === 0 ? 0 : (100 * lost) / (received + lost)
  // One way: half the round trip, the wait in the buffer, one 20 ms packet being filled.
  const delayMs = (now.roundTripMs ?? 0) / 2 + now.bufferMs + 20
  return {
    lossPercent: round(lossPercent),
    jitterMs: round(now.jitterMs),
    roundTripMs: now.roundTripMs === null ? null : round(now.roundTripMs),
    mos: round(mosOf(lossPercent, delayMs)),
    packetsReceived: now.packetsReceived,
    packetsSent: now.packetsSent,
  }
}

/**
 * ITU-T G.107 (the E-model) with its default values: R = 93.2 − Id − Ie,eff, then Annex B from R to MOS. Id is the
 * simplification 0.024 d + 0.11 (d − 177.3) beyond 177.3 ms; Ie,eff uses G.113 Appendix I for a waveform codec with
 * concealment (Ie 0, Bpl 25.1), because no values for Opus have been published.
 *
 * @returns 1.0 to 4.5
 */
export const mosOf = (lossPercent: number, delayMs: number): number => {
  const delayImpairment = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0)
  const lossImpairment = (95 * lossPercent) / (lossPercent + 25.1)
  const r = 93.2 - delayImpairment - lossImpairment
  if (r <= 0) return 1
  if (r >= 100) return 4.5
  return Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6)
}

/** Nobody waits longer than this for a voice before thinking that the line is dead. */
export const silentAfterMs = 4_000

/**
 * Whether sound arrives: SIP may be content while DTLS never completes, so packets are the only witness. While either
 * side holds, the other rightly sends nothing, and the last finding stands.
 */
export const watchPackets = (answeredAtMs: number) => {
  let lastCount = 0
  let lastArrivalMs = answeredAtMs
  let media: Line['media'] = 'waiting'
  return (sample: Pick<MediaSample, 'atMs' | 'packetsReceived'>, isOnHold: boolean): Line['media'] => {
    const hasArrived = sample.packetsReceived !== lastCount
    lastCount = sample.packetsReceived
    if (hasArrived) media = 'flowing'
    if (hasArrived || isOnHold) lastArrivalMs = sample.atMs
    else if (sample.atMs - lastArrivalMs >= silentAfterMs) media = 'none'
    return media
  }
}

const round = (value: number): number => Math.round(value * 100) / 100
