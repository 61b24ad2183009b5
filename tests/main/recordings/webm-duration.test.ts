import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { children, readElement, readUint } from '../../../src-shared/recordings/ebml.ts'
import { ids, readWebm } from '../../../src-shared/recordings/webm-blocks.ts'
import { makeSeekable, playableMs } from '../../../src-shared/recordings/webm-duration.ts'
import { freshDir, noise } from './desk.ts'
import { hasFfmpeg, streamedWebm } from './streamed-webm.ts'

const seconds = 47
const streamed = hasFfmpeg ? streamedWebm(seconds) : Buffer.alloc(0)

const probe = (path: string): { duration: string } =>
  JSON.parse(spawnSync('ffprobe', ['-v', 'error', '-of', 'json', '-show_format', path]).stdout.toString()).format
const decoded = (path: string, ...seek: string[]): Buffer =>
  spawnSync('ffmpeg', ['-v', 'error', ...seek, '-i', path, '-f', 's16le', 'pipe:1'], { maxBuffer: 1 << 28 }).stdout

const written = async (bytes: Uint8Array): Promise<string> => {
  const path = join(await freshDir(), 'call.webm')
  await writeFile(path, bytes)
  return path
}

/** As Chromium writes it: one endless cluster, its size and the segment's unknown. */
const endless = (bytes: Uint8Array): Uint8Array => {
  const copy = new Uint8Array(bytes)
  const head = readElement(copy, 0, copy.length)!
  const segment = readElement(copy, head.endOffset, copy.length)!
  for (const part of children(copy, segment.dataOffset, copy.length)) {
    if (part.id !== ids.cluster) continue
    copy.fill(0xff, part.offset + 5, part.dataOffset)
    copy[part.offset + 4] = (0x1ff >> (part.dataOffset - part.offset - 4)) & 0xff
  }
  return copy
}

describe.skipIf(!hasFfmpeg)('a streamed webm made to seek', () => {
  test('ffprobe sees no duration before and the right one after; the decoded sound is the same', async () => {
    const before = await written(streamed)
    const after = await written(makeSeekable(streamed)!)
    expect(probe(before).duration).toBeUndefined()
    expect(Number(probe(after).duration)).toBeCloseTo(seconds, 1)
    expect(playableMs(streamed)! / 1000).toBeCloseTo(seconds, 1)
    expect(decoded(after).equals(decoded(before))).toBe(true)
    expect(spawnSync('ffmpeg', ['-v', 'warning', '-i', after, '-f', 'null', '-']).stderr.toString()).toBe('')
  })

  test('every cue points at a cluster that begins at its time, and they stand at most 2 s apart', () => {
    const bytes = makeSeekable(streamed)!
    const segment = readElement(bytes, readElement(bytes, 0, bytes.length)!.endOffset, bytes.length)!
    expect(segment.isUnknownSize).toBe(false)
    expect(segment.endOffset).toBe(bytes.length)
    const cues = [...children(bytes, segment.dataOffset, bytes.length)].find((part) => part.id === ids.cues)!
    const value = (within: { dataOffset: number; endOffset: number }, id: number) => {
      const found = [...children(bytes, within.dataOffset, within.endOffset)].find((each) => each.id === id)!
      return { ...found, value: readUint(bytes, found.dataOffset, found.endOffset - found.dataOffset) }
    }
    const times = [...children(bytes, cues.dataOffset, cues.endOffset)].map((point) => {
      const time = value(point, ids.cueTime).value
      const at = segment.dataOffset + value(value(point, ids.cueTrackPositions), ids.cueClusterPosition).value
      const cluster = readElement(bytes, at, bytes.length)!
      expect(cluster).toMatchObject({ id: ids.cluster, isUnknownSize: false })
      expect(value(cluster, ids.timestamp).value).toBe(time)
      return time
    })
    expect(times.length).toBeGreaterThanOrEqual(seconds / 2)
    const steps = times.slice(1).map((time, at) => time - times[at]!)
    expect(Math.max(...steps)).toBeLessThanOrEqual(2_020)
  })

  test('a jump lands where it was asked to: the sound from 31.5 s on is as long as what is left', async () => {
    const after = await written(makeSeekable(streamed)!)
    const left = decoded(after, '-ss', '31.5').length / (48_000 * 2 * 2)
    expect(left).toBeCloseTo(seconds - 31.5, 1)
  })

  test('clusters of unknown size, as a browser writes them, give the same file', () => {
    expect(Buffer.from(makeSeekable(endless(streamed))!).equals(makeSeekable(streamed)!)).toBe(true)
  })

  test('doing it twice changes nothing', () => {
    const once = makeSeekable(streamed)!
    expect(Buffer.from(makeSeekable(once)!).equals(once)).toBe(true)
  })

  test('cut anywhere, it plays up to the last whole packet', async () => {
    const whole = playableMs(streamed)!
    for (const share of [0.03, 0.2, 0.5, 0.77, 0.999]) {
      const cut = streamed.subarray(0, Math.floor(streamed.length * share))
      const after = makeSeekable(cut)!
      expect(playableMs(cut)!).toBeLessThan(whole)
      expect(Number(probe(await written(after)).duration)).toBeCloseTo(playableMs(cut)! / 1000, 2)
      expect(readWebm(after)?.blocks.length).toBe(readWebm(cut)?.blocks.length)
    }
  })
})

describe('what is not a webm', () => {
  test('is said to be none, and no byte of it makes the reader fail', () => {
    expect(makeSeekable(new Uint8Array())).toBeNull()
    expect(playableMs(noise(10_000))).toBeNull()
    for (let length = 0; length < Math.min(600, streamed.length); length++) makeSeekable(streamed.subarray(0, length))
    for (let at = 0; at < Math.min(1_500, streamed.length); at++) {
      const bent = new Uint8Array(streamed.subarray(0, 3_000))
      bent[at]! ^= 0xff
      makeSeekable(bent)
    }
  })
})
