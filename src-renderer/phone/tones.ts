/** A tone is on/off spans of one chord; a ring must be heard across a room, a waiting beep must not cover a voice. */
type Tone = { hertz: number[]; gain: number; spansMs: [on: number, off: number][] }

export type ToneName = 'ring' | 'waiting' | 'ringback' | 'check'

const tones: Record<ToneName, Tone> = {
  ring: {
    hertz: [440, 554],
    gain: 0.3,
    spansMs: [
      [400, 200],
      [400, 2000],
    ],
  },
  waiting: { hertz: [425], gain: 0.08, spansMs: [[200, 5000]] },
  // 425 Hz, one second in five: what a caller in Vietnam is used to hear while it rings.
  ringback: { hertz: [425], gain: 0.1, spansMs: [[1000, 4000]] },
  check: { hertz: [440, 660], gain: 0.2, spansMs: [[350, 150]] },
}

/** Plays into `destination` until the returned function is called. Scheduled on the audio clock, a cycle at a time. */
export const playTone = (context: AudioContext, destination: AudioNode, name: ToneName): (() => void) => {
  const tone = tones[name]
  const volume = context.createGain()
  volume.gain.value = 0
  volume.connect(destination)
  const voices = tone.hertz.map((hertz) => {
    const voice = context.createOscillator()
    voice.frequency.value = hertz
    voice.connect(volume)
    voice.start()
    return voice
  })
  const cycleMs = tone.spansMs.reduce((sum, [on, off]) => sum + on + off, 0)

  const scheduleCycle = () => {
    let at = context.currentTime
    for (const [on, off] of tone.spansMs) {
      // A ramp of 10 ms, because a hard edge clicks.
      volume.gain.setTargetAtTime(tone.gain, at, 0.01)
      volume.gain.setTargetAtTime(0, at + on / 1000, 0.01)
      at += (on + off) / 1000
    }
  }
  scheduleCycle()
  const timer = setInterval(scheduleCycle, cycleMs)

  return () => {
    clearInterval(timer)
    for (const voice of voices) voice.stop()
    volume.disconnect()
  }
}
