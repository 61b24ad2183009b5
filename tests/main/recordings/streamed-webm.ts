import { spawnSync } from 'node:child_process'

export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0
if (!hasFfmpeg) console.log('skipped: ffmpeg is not installed, so there is no real webm to work on')

/** A webm as a recorder streams it: opus in two channels, no duration, written to a pipe that cannot seek. */
export const streamedWebm = (seconds: number, bitrate = '64k'): Buffer => {
  const sine = `sine=frequency=440:duration=${seconds}`
  const live = ['-c:a', 'libopus', '-b:a', bitrate, '-f', 'webm', '-live', '1', 'pipe:1']
  const made = spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', sine, '-ac', '2', ...live], {
    maxBuffer: 256 * 1024 * 1024,
  })
  if (made.status !== 0) throw new Error(made.stderr.toString())
  return made.stdout
}
