import { createHash, randomBytes } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ServerSaidNo, Unreachable } from '../../../src-main/sync/failures.ts'
import { openSnapshotTaking, type SnapshotPlace } from '../../../src-main/sync/snapshot.ts'
import type { SnapshotManifest } from '../../../src-shared/api/snapshot.ts'
import type { Met } from '../../../src-shared/api/sync.ts'
import { cacheFormat } from '../../../src-shared/sync/cache-schema.ts'

const registerId = '018f0000-0000-7000-8000-000000000001'
const met = { registerId, lastSeq: 900 } as Met
const images = [0, 1, 2].map(() => randomBytes(20_000))
const files = images.map((image) => zstdCompressSync(image))
const manifestOf = (id: string): SnapshotManifest => ({
  id,
  format: cacheFormat,
  compression: 'zstd',
  registerId,
  seq: 800,
  head: 'h',
  revision: 1,
  cases: 3,
  parts: files.map((file, index) => ({
    index,
    holds: 'cases',
    rows: 1,
    sizeBytes: file.length,
    sha256: createHash('sha256').update(file).digest('hex'),
  })),
})
const manifest = manifestOf('018f0000-0000-7000-8000-000000000002')

/** Where the parts go; it keeps the images. */
function placeFor() {
  const is: { manifest: SnapshotManifest | null; done: number[]; images: Buffer[]; finished: boolean; forgot: number } =
    {
      manifest: null,
      done: [],
      images: [],
      finished: false,
      forgot: 0,
    }
  const place: SnapshotPlace = {
    snapshot: () => (is.manifest === null ? null : { manifest: is.manifest, done: is.done }),
    beginSnapshot(given) {
      if (is.manifest?.id !== given.id) Object.assign(is, { manifest: given, done: [], images: [] })
    },
    applyPart(_, part, image) {
      is.done.push(part.index)
      is.images.push(Buffer.from(image))
    },
    async finishSnapshot() {
      Object.assign(is, { manifest: null, finished: true })
    },
    forgetConfirmed() {
      Object.assign(is, { manifest: null, done: [], images: [], forgot: is.forgot + 1 })
    },
  }
  return { is, place }
}

type Piece = (part: number, from: number) => { bytes: Uint8Array; isWhole: boolean }
function taking(place: SnapshotPlace, piece: Piece, offered: SnapshotManifest | null = manifest) {
  const asked: string[] = []
  const unfit: string[] = []
  const take = openSnapshotTaking({
    api: {
      snapshot: async () => offered,
      async snapshotPart(_, part, from, onBytes) {
        asked.push(`${part}+${from}`)
        const { bytes, isWhole } = piece(part, from)
        if (bytes.length > 0) onBytes(bytes)
        return isWhole
      },
    },
    place,
    isOver: () => false,
    onProgress() {},
    onTaken() {},
    onUnfit: (why) => unfit.push(why),
  })
  return { take, asked, unfit }
}
const whole: Piece = (part, from) => ({ bytes: files[part]!.subarray(from), isWhole: true })

describe('the taking of a snapshot', () => {
  it('S36: goes on from the byte at which each cut left off, and repeats nothing', async () => {
    const { is, place } = placeFor()
    let sent = 0
    const { take, asked } = taking(place, (part, from) => {
      const bytes = files[part]!.subarray(from, from + 777)
      sent += bytes.length
      return { bytes, isWhole: from + 777 >= files[part]!.length }
    })
    expect(await take(met)).toBe(true)
    expect(is.images).toEqual(images)
    expect(sent).toBe(files.reduce((sum, file) => sum + file.length, 0))
    expect(asked.length).toBeGreaterThan(70)
  })

  it('S36: a part of which nothing comes is a failure of the line; the next try goes on with what is here', async () => {
    const { is, place } = placeFor()
    let isDown = false
    const { take, asked } = taking(place, (part, from) => {
      if (isDown) throw new Unreachable('no line')
      if (part === 1 && from === 0) {
        isDown = true
        return { bytes: files[1]!.subarray(0, 100), isWhole: false }
      }
      return whole(part, from)
    })
    await expect(take(met)).rejects.toThrow('no line')
    expect(is.done).toEqual([0])
    isDown = false
    expect(await take(met)).toBe(true)
    expect(asked.slice(-2)).toEqual(['1+100', '2+0'])
    expect(is.images).toEqual(images)
  })

  it.each([
    ['another format', { ...manifest, format: 'other' }],
    ['another register', { ...manifest, registerId: '018f0000-0000-7000-8000-00000000000f' }],
    ['a register that is older than it', { ...manifest, seq: 901 }],
  ])('S35: streams at once where it is of %s', async (_, offered) => {
    const { is, place } = placeFor()
    const { take, asked, unfit } = taking(place, whole, offered)
    expect(await take(met)).toBe(false)
    expect([asked, unfit.length, is.finished]).toEqual([[], 1, false])
  })

  it('S36: streams where a byte is wrong, forgets what it had loaded, and does not try the same one again', async () => {
    const { is, place } = placeFor()
    const { take, asked } = taking(place, (part, from) => {
      const bytes = Buffer.from(files[part]!.subarray(from))
      if (part === 1) bytes[40]! ^= 1
      return { bytes, isWhole: true }
    })
    expect(await take(met)).toBe(false)
    expect([is.manifest, is.done, is.forgot]).toEqual([null, [], 1])
    const before = asked.length
    expect(await take(met)).toBe(false)
    expect(asked.length).toBe(before)
  })

  it('S36: takes the newest where the one it had begun is no longer there', async () => {
    const { is, place } = placeFor()
    place.beginSnapshot(manifestOf('018f0000-0000-7000-8000-00000000000a'))
    let isFirst = true
    const { take } = taking(place, (part, from) => {
      if (!isFirst) return whole(part, from)
      isFirst = false
      throw new ServerSaidNo(404, { code: 'snapshot-gone', message: '' })
    })
    expect(await take(met)).toBe(true)
    expect(is.images).toEqual(images)
  })
})
