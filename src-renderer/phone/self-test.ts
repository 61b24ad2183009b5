import type { EngineRoom } from './engine.ts'
import { microphoneFailure } from './media.ts'
import type { Line, PhoneSnapshot, SelfTestCheck } from './phone.ts'
import { stopAll } from './talk.ts'

const listenMs = 1_500
/** A microphone that is switched off at the cable gives digital silence; a quiet room gives about -60 dBFS. */
const silentBelowDb = -75

/**
 * The check before a shift: says yes or no and why, before the first citizen finds out. The tone in both speakers is
 * the part that only the person can judge. Leaves its findings in the snapshot as it goes.
 */
export const runSelfTest = async (room: EngineRoom): Promise<void> => {
  const startedAt = room.now()
  const checks: SelfTestCheck[] = []
  const show = (outcome: 'running' | 'go' | 'no-go') =>
    room.emit({ type: 'self-test', selfTest: { outcome, startedAt, checks: [...checks] } })
  show('running')
  for (const check of [checkMicrophone, checkSpeaker, checkRing, checkRegistration]) {
    checks.push(await check(room))
    show('running')
  }
  show(checks.every((check) => check.outcome === 'go') ? 'go' : 'no-go')
}

const finding = (
  name: SelfTestCheck['name'],
  reason: SelfTestCheck['reason'],
  levelDb: number | null = null,
): SelfTestCheck => ({ name, outcome: reason === null ? 'go' : 'no-go', reason, levelDb })

const checkMicrophone = async (room: EngineRoom): Promise<SelfTestCheck> => {
  let microphone: MediaStream
  try {
    microphone = await room.openMicrophone()
  } catch (error) {
    return finding('microphone', microphoneFailure(error))
  }
  const isMutedBySystem = microphone.getAudioTracks()[0]?.muted ?? true
  const context = await room.media.audioContext()
  if (context.state !== 'running') {
    stopAll(microphone)
    return finding('microphone', 'audio-blocked')
  }
  const levelDb = await peakDb(context, microphone)
  stopAll(microphone)
  if (isMutedBySystem) return finding('microphone', 'microphone-muted-by-system', levelDb)
  return finding('microphone', levelDb < silentBelowDb ? 'microphone-silent' : null, levelDb)
}

/** The loudest sample heard in a second and a half, in dBFS; -100 for digital silence. */
export const peakDb = async (context: AudioContext, stream: MediaStream): Promise<number> => {
  const source = context.createMediaStreamSource(stream)
  const analyser = context.createAnalyser()
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  let peak = 0
  const until = context.currentTime + listenMs / 1000
  while (context.currentTime < until) {
    await new Promise((resolve) => setTimeout(resolve, 30))
    analyser.getFloatTimeDomainData(samples)
    for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
  }
  source.disconnect()
  return Math.round(Math.max(-100, 20 * Math.log10(peak || 1e-9)))
}

const checkSpeaker = (room: EngineRoom) => checkOutput(room, 'speaker', 'talk', 'check')

const checkRing = (room: EngineRoom) => checkOutput(room, 'ring', 'ring', 'ring')

const checkOutput = async (
  room: EngineRoom,
  name: 'speaker' | 'ring',
  role: 'talk' | 'ring',
  tone: 'check' | 'ring',
): Promise<SelfTestCheck> => {
  const { devices, missingDevices } = room.media.found()
  if (!devices.some((device) => device.kind === 'speaker')) return finding(name, 'no-speaker')
  if (missingDevices.includes(role)) return finding(name, 'speaker-gone')
  const context = await room.media.audioContext()
  if (context.state !== 'running') return finding(name, 'audio-blocked')
  const stop = room.media.startTone(tone)
  await new Promise((resolve) => setTimeout(resolve, 800))
  stop()
  return finding(name, null)
}

const checkRegistration = async (room: EngineRoom): Promise<SelfTestCheck> => {
  const { state, why } = room.snapshot().registration
  if (state === 'registered') return finding('registration', null)
  return finding('registration', why === 'wrong-password' ? 'wrong-password' : 'not-registered')
}

export type SilenceReason =
  | 'microphone-denied'
  | 'microphone-unplugged'
  | 'speaker-unplugged'
  | 'muted-here'
  | 'held-here'
  | 'held-there'
  | 'no-packet-ever'
  | 'packets-stopped'
  | 'line-bad'
  | 'not-registered'

/** Every reason that the phone knows why a line may be silent, the surest first. Pure; for the page that answers "why". */
export const whySilent = (phone: PhoneSnapshot, line: Line | null): SilenceReason[] => {
  const reasons: SilenceReason[] = []
  if (phone.microphonePermission === 'denied') reasons.push('microphone-denied')
  if (phone.missingDevices.includes('microphone')) reasons.push('microphone-unplugged')
  if (phone.missingDevices.includes('talk')) reasons.push('speaker-unplugged')
  if (line?.state === 'held') reasons.push('held-here')
  if (line?.isHeldThere) reasons.push('held-there')
  if (line?.isMuted) reasons.push('muted-here')
  if (line?.media === 'none') reasons.push(line.quality?.packetsReceived ? 'packets-stopped' : 'no-packet-ever')
  if (line?.media === 'flowing' && line.quality && line.quality.mos < 2.6) reasons.push('line-bad')
  if (phone.registration.state !== 'registered') reasons.push('not-registered')
  return reasons
}
