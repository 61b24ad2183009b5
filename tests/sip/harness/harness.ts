import { createPhoneEngine } from '../../../src-renderer/phone/engine.ts'
import type { RecordingSink } from '../../../src-renderer/phone/recording-sink.ts'
import type { KeptRecording } from './window.ts'

const peers: RTCPeerConnection[] = []
const sockets: WebSocket[] = []
const received: string[] = []
const rewrites: [RegExp, string][] = []

// The engine hides both rightly; a test has to see the wire to cut it and the media to listen to it.
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration)
    peers.push(this)
  }
}
window.WebSocket = class extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols)
    sockets.push(this)
    this.addEventListener('message', ({ data }) => received.push(String(data)))
  }

  override send(data: string) {
    super.send(rewrites.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), data))
  }
}

const recordings: KeptRecording[] = []
let broken: string | null = null

const sink: RecordingSink = {
  begin: async ({ callId, number }) => {
    if (broken) throw new Error(broken)
    const recordingId = `r${recordings.length}`
    recordings.push({ recordingId, callId, number, slices: [], marks: [], durationMs: null })
    return { recordingId }
  },
  append: async ({ recordingId, index, bytes }) => {
    if (broken) throw new Error(broken)
    kept(recordingId).slices.push({ index, base64: btoa(String.fromCharCode(...bytes)) })
  },
  mark: async ({ recordingId, kind, reason }) => {
    kept(recordingId).marks.push({ kind, reason })
  },
  finish: async ({ recordingId, durationMs }) => {
    kept(recordingId).durationMs = durationMs
  },
}

const kept = (recordingId: string): KeptRecording => {
  const recording = recordings.find((one) => one.recordingId === recordingId)
  if (!recording) throw new Error(`No recording ${recordingId}.`)
  return recording
}

const livePeer = (): RTCPeerConnection => {
  const peer = peers.findLast((one) => one.connectionState !== 'closed' && one.remoteDescription !== null)
  if (!peer) throw new Error('No media connection is open.')
  return peer
}

const heardDb = async (ms: number): Promise<number> => {
  const context = new AudioContext()
  const track = livePeer().getReceivers()[0]?.track
  if (!track) return -100
  const source = context.createMediaStreamSource(new MediaStream([track]))
  const analyser = context.createAnalyser()
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  let peak = 1e-5
  const until = performance.now() + ms
  while (performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    analyser.getFloatTimeDomainData(samples)
    for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
  }
  await context.close()
  return 20 * Math.log10(peak)
}

const packets = async () => {
  let received = 0
  let sent = 0
  for (const stat of (await livePeer().getStats()).values()) {
    if (stat.type === 'inbound-rtp') received += stat.packetsReceived
    if (stat.type === 'outbound-rtp') sent += stat.packetsSent
  }
  return { received, sent }
}

let lastId = 0
window.harness = {
  phone: createPhoneEngine({
    sink,
    clock: { now: () => Date.now() },
    newId: () => {
      lastId += 1
      return `line-${lastId}`
    },
    chance: Math.random,
  }),
  recordings,
  sockets,
  received,
  rewriteSent: (pattern, replacement) => rewrites.push([new RegExp(pattern, 'g'), replacement]),
  breakSink: (message) => {
    broken = message
  },
  livePeer,
  heardDb,
  packets,
}
