import { readFile } from 'node:fs/promises'
import { joinBytes } from '../../src-shared/recordings/ebml.ts'
import {
  type MarkContent,
  type RecordingHeader,
  type RecordingManifest,
  recordingFileIdSchema,
  recordingHeaderSchema,
} from '../../src-shared/recordings/manifest.ts'
import type { Countersignature } from '../../src-shared/recordings/verify.ts'
import { makeSeekable } from '../../src-shared/recordings/webm-duration.ts'
import type { UploadState } from './card.ts'
import { fromDisk, RecordingFailure } from './failure.ts'
import { sha256 } from './hashing.ts'
import { cardFromSpool } from './salvage.ts'
import { entryOf, type Held, isSettled, type RecordingEntry, Shelf } from './shelf.ts'
import { maxSliceBytes } from './spool-format.ts'
import { isEnded, manifestOf, readSpool, type SpoolContent } from './spool-reader.ts'
import { type Disk, machineDisk, SpoolWriter } from './spool-writer.ts'

export type VaultOptions = {
  dir: string
  /** 32 bytes, from the system's own key store. */
  key: Buffer
  /** Epoch milliseconds. */
  clock: { now(): number }
  newId(): string
  disk?: Disk
}

export type ReadRecording = {
  header: RecordingHeader | null
  slices: readonly Uint8Array[]
  /** Null when the recording is damaged or still being made. */
  manifest: RecordingManifest | null
  damage: string | null
}

/** Opens the vault at `dir`, salvaging what an earlier run left unfinished. */
export const openVault = async (options: VaultOptions): Promise<Vault> => {
  if (options.key.length !== 32) throw new Error('the vault key has 32 bytes')
  const { dir, key, clock, disk = machineDisk } = options
  const shelf = new Shelf({ dir, key, disk, now: () => new Date(clock.now()).toISOString() })
  await shelf.takeStock()
  return new Vault(shelf, options.newId)
}

export class Vault {
  readonly #shelf: Shelf
  readonly #newId: () => string

  constructor(shelf: Shelf, newId: () => string) {
    this.#shelf = shelf
    this.#newId = newId
  }

  /** Begins a recording; resolves when its header is on the disk. Fails with `disk-full` or `io-error`. */
  async begin(about: RecordingHeader): Promise<{ recordingId: string }> {
    const shelf = this.#shelf
    const header = recordingHeaderSchema.parse(about)
    const recordingId = recordingFileIdSchema.parse(this.#newId())
    const path = shelf.path(recordingId, 'spool')
    const writer = await SpoolWriter.create(shelf.disk, path, shelf.key, recordingId, header)
    const { link: head, sizeBytes: goodBytes } = writer.place
    const content: SpoolContent = { header, records: [], slices: [], head, goodBytes, tail: 'clean' }
    const held = shelf.hold({ ...cardFromSpool(recordingId, content, null), state: 'recording', damage: null }, writer)
    try {
      await shelf.save(held, {})
    } catch (error) {
      shelf.held.delete(recordingId)
      await writer.close()
      throw error
    }
    return { recordingId }
  }

  /**
   * Keeps slice `index` (from 0, in order, no gap); resolves when it is on the disk. A slice that is already kept is
   * acknowledged again, so a caller may repeat what it got no answer to. Fails with `disk-full` and `io-error` (what was
   * kept stays kept, and the slice may be tried again), `out-of-order`, `not-recording`, `slice-too-large`.
   */
  append(recordingId: string, index: number, slice: Uint8Array): Promise<void> {
    return this.#shelf.inTurn(recordingId, async (held) => {
      if (slice.length > maxSliceBytes) throw new RecordingFailure('slice-too-large', `${slice.length} bytes`)
      const hash = sha256(slice)
      if (held.sliceHashes[index] === hash) return
      if (index !== held.sliceHashes.length && (held.writer || held.canGoOn)) {
        throw new RecordingFailure('out-of-order', `slice ${index} given, ${held.sliceHashes.length} expected`)
      }
      const writer = await this.#writerOf(held)
      await writer.slice(slice)
      held.sliceHashes.push(hash)
      held.card = { ...held.card, sizeBytes: held.card.sizeBytes + slice.length, spoolBytes: writer.place.sizeBytes }
    })
  }

  /** Leaves a marked gap in the chain: `pause`, then `resume`. Fails as `append` does. */
  mark(recordingId: string, mark: { kind: 'pause' | 'resume' } & MarkContent): Promise<void> {
    return this.#shelf.inTurn(recordingId, async (held) => {
      const { kind, at, reason } = mark
      const writer = await this.#writerOf(held)
      await writer.mark(kind, { at, reason })
      const gaps = held.card.gaps.map((gap) => (kind === 'resume' && gap.toAt === null ? { ...gap, toAt: at } : gap))
      if (kind === 'pause') gaps.push({ fromAt: at, toAt: null, reason })
      held.card = { ...held.card, gaps, spoolBytes: writer.place.sizeBytes }
    })
  }

  /**
   * Ends the chain. Repeating it gives the same answer; a recording that was salvaged meanwhile stays salvaged. Fails
   * with `disk-full` or `io-error`: it may then be tried again, and the next start salvages it otherwise.
   */
  finish(recordingId: string, end: { durationMs: number }): Promise<RecordingEntry> {
    return this.#shelf.inTurn(recordingId, async (held) => {
      if (held.card.state !== 'recording') return entryOf(held.card)
      const { writer } = held
      if (writer === null || writer.isBroken) {
        await writer?.close().catch(() => {})
        held.writer = null
        await this.#shelf.salvage(recordingId, held.card)
        return entryOf(held.card)
      }
      const durationMs = Math.max(0, Math.round(end.durationMs))
      const at = this.#shelf.now()
      await writer.end({ at, durationMs, ending: 'finished' })
      const { link: chainHead, sizeBytes: spoolBytes } = writer.place
      held.writer = null
      await writer.close()
      await this.#shelf.save(held, { state: 'finished', endedAt: at, durationMs, chainHead, spoolBytes })
      return entryOf(held.card)
    })
  }

  /** Takes up recordings that were put into the folder since it was opened: those of a key that came back (S33). */
  takeStock(): Promise<void> {
    return this.#shelf.takeStock()
  }

  /** All recordings, oldest first. */
  list(): RecordingEntry[] {
    const entries = [...this.#shelf.held.values()].map((held) => entryOf(held.card))
    return entries.sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
  }

  find(recordingId: string): RecordingEntry | null {
    const held = this.#shelf.held.get(recordingId)
    return held ? entryOf(held.card) : null
  }

  attach(recordingId: string, caseId: string): Promise<void> {
    return this.#shelf.inTurn(recordingId, (held) => this.#shelf.save(held, { caseId }))
  }

  /**
   * Reads a recording and verifies every byte of it. Of a damaged one the slices up to the damage are given, and its
   * state becomes `damaged`. Fails with `io-error`.
   */
  read(recordingId: string): Promise<ReadRecording> {
    const shelf = this.#shelf
    return shelf.inTurn(recordingId, async (held) => {
      const bytes = await readFile(shelf.path(recordingId, 'spool')).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw fromDisk('cannot read the recording', error)
      })
      const isClosed = held.writer === null
      const file = isClosed ? bytes : (bytes?.subarray(0, held.writer?.place.sizeBytes) ?? null)
      const content = file && readSpool(shelf.key, recordingId, file)
      const damage = held.card.state === 'damaged' ? held.card.damage : damageOf(held, content)
      if (damage !== null && held.card.state !== 'damaged') await shelf.save(held, { state: 'damaged', damage })
      if (content === null) return { header: null, slices: [], manifest: null, damage }
      const manifest = damage === null && isClosed && isEnded(content) ? manifestOf(recordingId, content) : null
      return { header: content.header, slices: content.slices, manifest, damage }
    })
  }

  /** The recording as a webm that shows its length and seeks; of a damaged one, what is whole. */
  async readPlayable(recordingId: string): Promise<Buffer> {
    const audio = joinBytes((await this.read(recordingId)).slices)
    return Buffer.from(makeSeekable(audio) ?? audio)
  }

  /** Keeps where an upload stands. Once one has been tried, a salvaged recording is over. */
  noteUpload(recordingId: string, upload: Partial<UploadState>): Promise<void> {
    return this.#shelf.inTurn(recordingId, (held) => {
      held.canGoOn = false
      return this.#shelf.save(held, { upload: { ...held.card.upload, ...upload } })
    })
  }

  /** Keeps the server's countersignature; the caller has verified it. */
  countersigned(recordingId: string, countersignature: Countersignature): Promise<void> {
    return this.#shelf.inTurn(recordingId, (held) => {
      if (countersignature.head !== held.card.chainHead) throw new Error('a countersignature of another chain')
      const upload = { ...held.card.upload, nextAt: null, lastError: null }
      return this.#shelf.save(held, { countersignature, upload })
    })
  }

  /** Removes the local copy of a countersigned recording; anything else is a bug of the caller. */
  remove(recordingId: string): Promise<void> {
    return this.#shelf.remove(recordingId)
  }

  /** Lets go of the files. What is still recording stays as a crash would leave it. */
  async close(): Promise<void> {
    for (const held of this.#shelf.held.values()) {
      await held.turn
      await held.writer?.close().catch(() => {})
      held.writer = null
    }
    this.#shelf.held.clear()
  }

  /** The writer of a recording in the making. A desk that was restarted in a call takes up what it has just salvaged. */
  async #writerOf(held: Held): Promise<SpoolWriter> {
    if (held.writer !== null) return held.writer
    const shelf = this.#shelf
    const { recordingId, chainHead, spoolBytes } = held.card
    const isOver = !held.canGoOn || isSettled(entryOf(held.card), Date.parse(shelf.now()))
    if (isOver || chainHead === null) throw new RecordingFailure('not-recording', recordingId)
    const path = shelf.path(recordingId, 'spool')
    const content = readSpool(shelf.key, recordingId, await readFile(path))
    if (content.tail !== 'clean' || content.head !== chainHead) throw new RecordingFailure('not-recording', recordingId)
    // The card first: a crash between the two is then salvaged again, not taken for tampering.
    await shelf.save(held, { state: 'recording', chainHead: null, endedAt: null, durationMs: null })
    const place = { sizeBytes: spoolBytes, number: content.records.length, link: chainHead }
    held.canGoOn = false
    held.writer = await SpoolWriter.reopen(shelf.disk, path, shelf.key, recordingId, place)
    await held.writer.mark('reopen', { at: shelf.now(), reason: 'the desk was restarted' })
    return held.writer
  }
}

const damageOf = (held: Held, content: SpoolContent | null): string | null => {
  if (content === null) return 'missing'
  if (content.tail !== 'clean') return content.tail
  if (held.card.state === 'recording') return null
  if (!isEnded(content)) return 'cut-short'
  return content.head === held.card.chainHead ? null : 'head-differs'
}
