import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import type { SnapshotManifest, SnapshotPart } from '../../src-shared/api/snapshot.ts'
import type { Met } from '../../src-shared/api/sync.ts'
import { cacheFormat } from '../../src-shared/sync/cache-schema.ts'
import type { RegisterCopy } from '../cases/register-copy.ts'
import { CallFailed } from '../handlers.ts'
import { ServerSaidNo, Unreachable } from './failures.ts'
import type { SyncApi } from './sync-api.ts'

/** Where a snapshot goes: the desk's own tables, a part in one transaction (S36). */
export type SnapshotPlace = Pick<
  RegisterCopy,
  'snapshot' | 'beginSnapshot' | 'applyPart' | 'finishSnapshot' | 'forgetConfirmed'
>

export interface SnapshotParts {
  readonly api: Pick<SyncApi, 'snapshot' | 'snapshotPart'>
  readonly place: SnapshotPlace
  isOver(): boolean
  onProgress(progress: { done: number; total: number } | null): void
  onTaken(manifest: SnapshotManifest): void
  /** Why the desk streams instead (S35). */
  onUnfit(why: string): void
}

const decompress = promisify(zstdDecompress)
/** A part is some tens of megabytes at most; a small file that would unfold into all the memory is not one of ours. */
const largestImageBytes = 1024 ** 3

/**
 * Takes the first sync by snapshot (S35–S37). Parts are fetched one ahead of the one that is being applied, from the byte at which
 * a cut left off; a part that does not bear the SHA-256 of its manifest, or another format, or another register, makes the
 * desk stream instead. Resolves whether the register is here.
 */
export function openSnapshotTaking(parts: SnapshotParts): (met: Met) => Promise<boolean> {
  const { api, place } = parts
  /** What a cut has left of a part; kept over failures of the line, not over a restart (S36). */
  const begun = new Map<string, Buffer[]>()
  const unfit = new Set<string>()

  const fetchPart = async ({ id }: SnapshotManifest, part: SnapshotPart): Promise<Uint8Array> => {
    const name = `${id}/${part.index}`
    const chunks = begun.get(name) ?? []
    begun.set(name, chunks)
    let have = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    while (have < part.sizeBytes) {
      const from = have
      await api.snapshotPart(id, part.index, from, (bytes) => {
        chunks.push(Buffer.from(bytes))
        have += bytes.length
        if (have > part.sizeBytes) throw new Error(`part ${part.index} is longer than its manifest says`)
      })
      if (have === from) throw new Unreachable('a part of the snapshot was cut')
    }
    begun.delete(name)
    const whole = Buffer.concat(chunks)
    if (createHash('sha256').update(whole).digest('hex') !== part.sha256) {
      throw new Error(`part ${part.index} is not the one of its manifest`)
    }
    try {
      // In a thread of its own pool: the desk answers its windows meanwhile.
      return await decompress(whole, { maxOutputLength: largestImageBytes })
    } catch {
      throw new Error(`part ${part.index} cannot be unpacked`)
    }
  }

  const take = async (manifest: SnapshotManifest): Promise<void> => {
    place.beginSnapshot(manifest)
    const done = new Set(place.snapshot()?.done ?? [])
    const missing = manifest.parts.filter(({ index }) => !done.has(index))
    const total = manifest.parts.length
    parts.onProgress({ done: total - missing.length, total })
    let next = missing[0] === undefined ? null : fetchPart(manifest, missing[0])
    for (const [at, part] of missing.entries()) {
      const image = await next!
      const following = missing[at + 1]
      next = following === undefined ? null : fetchPart(manifest, following)
      // A failure of the next one is looked at in its turn.
      next?.catch(() => {})
      if (parts.isOver()) return
      place.applyPart(manifest, part, image)
      parts.onProgress({ done: total - missing.length + at + 1, total })
      await new Promise((resolve) => setImmediate(resolve))
    }
    await place.finishSnapshot(manifest)
    parts.onTaken(manifest)
  }

  /** Goes on with the one that was begun while its parts are still there; otherwise the newest. */
  const choose = async (met: Met): Promise<SnapshotManifest | null> => {
    const held = place.snapshot()?.manifest ?? null
    if (held !== null && whyUnfit(held, met) === null && !unfit.has(held.id)) return held
    const offered = await api.snapshot()
    if (offered === null || unfit.has(offered.id)) return null
    const why = whyUnfit(offered, met)
    if (why !== null) parts.onUnfit(why)
    return why === null ? offered : null
  }

  return async (met) => {
    try {
      for (;;) {
        const manifest = await choose(met)
        if (manifest === null) break
        try {
          await take(manifest)
          return !parts.isOver()
        } catch (error) {
          if (isPassing(error)) throw error
          unfit.add(manifest.id)
          parts.onUnfit(wordsOf(error))
        }
      }
    } finally {
      parts.onProgress(null)
    }
    // What a snapshot has left half done must not be taken for the register's beginning.
    if (place.snapshot() !== null) place.forgetConfirmed()
    return false
  }
}

/**
 * The line, the session and the disk may be better the next time. Anything else is not waited for, also where it is a fault of a
 * program: the stream brings the same register.
 */
const isPassing = (error: unknown): boolean =>
  error instanceof Unreachable ||
  (error instanceof ServerSaidNo && !isGone(error)) ||
  (error instanceof CallFailed && error.code === 'disk-full')

const isGone = (error: ServerSaidNo): boolean => error.status === 404 || error.status === 410

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const whyUnfit = ({ format, registerId, seq }: SnapshotManifest, met: Met): string | null => {
  if (format !== cacheFormat) return `its format is ${format}`
  if (registerId !== met.registerId) return 'it is of another register'
  return seq > met.lastSeq ? 'it is newer than the register' : null
}
