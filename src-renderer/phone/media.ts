import type { Device, PhoneSettings, PhoneSnapshot } from './phone.ts'
import { playTone, type ToneName } from './tones.ts'

export type SoundSettings = PhoneSettings['sound']

export type ChosenDevices = Pick<PhoneSnapshot, 'ringDeviceId' | 'talkDeviceId' | 'microphoneDeviceId'>

export type DevicesFound = Pick<PhoneSnapshot, 'devices' | 'missingDevices'>

export type MediaParts = {
  onDevices(found: DevicesFound): void
  /** Another microphone must be opened for the lines that talk: the used one was unplugged, or came back. */
  onMicrophoneChange(): void
}

/**
 * Microphones, speakers and what sounds in them. Ringing goes to one device, talking to another. A chosen device that is
 * unplugged gives way to the system's own and is taken back when it returns, in mid-call too.
 */
export const openMedia = (parts: MediaParts) => {
  let chosen: ChosenDevices = { ringDeviceId: 'default', talkDeviceId: 'default', microphoneDeviceId: 'default' }
  let found: DevicesFound = { devices: [], missingDevices: [] }
  let context: AudioContext | undefined
  const voices = new Map<string, HTMLAudioElement>()
  let sounding: { name: ToneName; stop(): void } | undefined

  const isThere = (kind: Device['kind'], deviceId: string) =>
    deviceId === 'default' || found.devices.some((device) => device.kind === kind && device.deviceId === deviceId)
  const usable = (kind: Device['kind'], deviceId: string) => (isThere(kind, deviceId) ? deviceId : 'default')

  const lookAround = async () => {
    const before = found
    const devices = (await navigator.mediaDevices.enumerateDevices()).flatMap(deviceOf)
    found = { devices, missingDevices: [] }
    found.missingDevices = [
      ...(isThere('speaker', chosen.ringDeviceId) ? [] : ['ring' as const]),
      ...(isThere('speaker', chosen.talkDeviceId) ? [] : ['talk' as const]),
      ...(isThere('microphone', chosen.microphoneDeviceId) ? [] : ['microphone' as const]),
    ]
    parts.onDevices(found)
    await route()
    const hadMicrophone = !before.missingDevices.includes('microphone')
    if (before.devices.length > 0 && hadMicrophone === found.missingDevices.includes('microphone')) {
      parts.onMicrophoneChange()
    }
  }

  const route = async () => {
    const talk = usable('speaker', chosen.talkDeviceId)
    await Promise.all([...voices.values()].map((voice) => sendTo(voice, talk)))
  }

  const audioContext = async (): Promise<AudioContext> => {
    context ??= new AudioContext()
    // Without a gesture the browser keeps it suspended; the resume may then never settle, so it is not waited for long.
    if (context.state !== 'running') await Promise.race([context.resume(), pause(500)])
    return context
  }

  const onDeviceChange = () => void lookAround()
  navigator.mediaDevices.addEventListener('devicechange', onDeviceChange)

  const startTone = (name: ToneName): (() => void) => {
    let isStopped = false
    let stopTone = () => {}
    const element = new Audio()
    void audioContext().then(async (ready) => {
      if (isStopped) return
      const way = ready.createMediaStreamDestination()
      stopTone = playTone(ready, way, name)
      element.srcObject = way.stream
      const isForRoom = name === 'ring'
      await sendTo(element, usable('speaker', isForRoom ? chosen.ringDeviceId : chosen.talkDeviceId))
      await element.play().catch(() => undefined)
    })
    return () => {
      isStopped = true
      stopTone()
      element.srcObject = null
    }
  }

  return {
    lookAround,
    audioContext,
    choose: async (next: ChosenDevices) => {
      const isOtherMicrophone = next.microphoneDeviceId !== chosen.microphoneDeviceId
      chosen = next
      await lookAround()
      if (isOtherMicrophone) parts.onMicrophoneChange()
    },
    /** Rejects with the browser's DOMException; see `microphoneFailure`. The caller stops the tracks. */
    openMicrophone: (sound: SoundSettings): Promise<MediaStream> => {
      const deviceId = usable('microphone', chosen.microphoneDeviceId)
      return navigator.mediaDevices.getUserMedia({
        audio: { ...sound, ...(deviceId !== 'default' && { deviceId: { exact: deviceId } }) },
      })
    },
    playVoice: async (lineId: string, stream: MediaStream) => {
      const voice = voices.get(lineId) ?? new Audio()
      voices.set(lineId, voice)
      voice.srcObject = stream
      await sendTo(voice, usable('speaker', chosen.talkDeviceId))
      await voice.play().catch(() => undefined)
    },
    stopVoice: (lineId: string) => {
      const voice = voices.get(lineId)
      if (voice) voice.srcObject = null
      voices.delete(lineId)
    },
    /** One tone at a time; null for silence. Asking for the tone that sounds changes nothing. */
    sound: (name: ToneName | null) => {
      if (name === (sounding?.name ?? null)) return
      sounding?.stop()
      sounding = name === null ? undefined : { name, stop: startTone(name) }
    },
    startTone,
    found: () => found,
    close: async () => {
      navigator.mediaDevices.removeEventListener('devicechange', onDeviceChange)
      sounding?.stop()
      for (const voice of voices.values()) voice.srcObject = null
      voices.clear()
      await context?.close()
    },
  }
}

export type Media = ReturnType<typeof openMedia>

/** Why the microphone did not open, in the words of the phone; the names are those of W3C Media Capture 10.3. */
export const microphoneFailure = (error: unknown): 'permission-denied' | 'no-microphone' | 'microphone-busy' => {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'permission-denied'
  return name === 'NotReadableError' || name === 'AbortError' ? 'microphone-busy' : 'no-microphone'
}

const deviceOf = ({ deviceId, kind, label }: MediaDeviceInfo): Device[] => {
  // Before the permission is given the ids are empty, and Chromium repeats a device under `communications`.
  if (deviceId === '' || deviceId === 'communications') return []
  if (kind === 'audioinput') return [{ deviceId, kind: 'microphone', label }]
  return kind === 'audiooutput' ? [{ deviceId, kind: 'speaker', label }] : []
}

const sendTo = async (element: HTMLAudioElement, deviceId: string) => {
  // A device that vanishes between the look and the switch leaves the sound where it is; devicechange will follow.
  await element.setSinkId(deviceId === 'default' ? '' : deviceId).catch(() => undefined)
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
