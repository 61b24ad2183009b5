import { useEffect, useRef, useState } from 'react'
import WaveSurfer from 'wavesurfer.js'
import type { BridgeOutput } from '../../src-shared/bridge.ts'
import { KeyButton } from '../keyboard/KeyButton.tsx'
import { useSay } from '../session/words.ts'
import classes from './case-panel.module.css'
import { durationWords } from './duration.ts'

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

/** Two voices, two waves: the agent above, the citizen below. The slider is the wave's keyboard. */
export function WavePlayer({ sound }: { sound: BridgeOutput<'recordings.read'> }) {
  const say = useSay()
  const box = useRef<HTMLDivElement>(null)
  const wave = useRef<WaveSurfer | null>(null)
  const [atSeconds, setAt] = useState(0)
  const [isPlaying, setPlaying] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  // A recording of another desk comes without its length: the file itself says it.
  const [lasts, setLasts] = useState(sound.durationMs / 1000)

  useEffect(() => {
    const style = getComputedStyle(document.documentElement)
    const accent = style.getPropertyValue('--desk-accent').trim()
    const dim = style.getPropertyValue('--mantine-color-dimmed').trim()
    const player = WaveSurfer.create({
      container: box.current!,
      height: 32,
      cursorColor: accent,
      normalize: true,
      splitChannels: [
        { waveColor: accent, progressColor: accent },
        { waveColor: dim, progressColor: dim },
      ],
    })
    wave.current = player
    player.on('ready', setLasts)
    player.on('timeupdate', setAt)
    player.on('play', () => setPlaying(true))
    player.on('pause', () => setPlaying(false))
    player.on('error', () => setFailed(true))
    player
      .loadBlob(new Blob([bytesOf(sound.base64)], { type: sound.mimeType }))
      .then(() => player.play())
      .catch(() => setFailed(true))
    return () => player.destroy()
  }, [sound])

  return (
    <>
      <div className={classes.wave}>
        <div className={classes.channels}>
          <span>{say('recording.agent')}</span>
          <span>{say('recording.citizen')}</span>
        </div>
        <div ref={box} aria-hidden="true" />
      </div>
      <div className={classes.playerHead}>
        <KeyButton
          shortcut="recording.play"
          label={say(isPlaying ? 'recording.pause' : 'recording.resume')}
          why={hasFailed ? say('recording.unplayable') : null}
          onPress={() => void wave.current?.playPause()}
        />
        <span>
          {durationWords(atSeconds * 1000)} / {durationWords(lasts * 1000)}
        </span>
      </div>
      <input
        className={classes.seek}
        type="range"
        min={0}
        max={lasts}
        step={1}
        value={Math.min(atSeconds, lasts)}
        aria-label={say('recording.place')}
        aria-valuetext={durationWords(atSeconds * 1000)}
        onChange={(event) => wave.current?.setTime(Number(event.currentTarget.value))}
      />
    </>
  )
}
