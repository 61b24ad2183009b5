import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { recordingFileIdSchema } from '../../src-shared/recordings/manifest.ts'
import type { Countersignature } from '../../src-shared/recordings/verify.ts'
import { type Card, type Gap, loadCard, saveCard, type UploadState } from './card.ts'
import { fromDisk, RecordingFailure } from './failure.ts'
import { cardFromSpool, salvageSpool } from './salvage.ts'
import type { SpoolContent } from './spool-reader.ts'
import type { Disk, SpoolWriter } from './spool-writer.ts'

/**
 * A recording's state:
 *
 *   recording ──finish──► finished ──countersigned──► uploaded
 *       └──the desk died──► salvaged ──countersigned──► uploaded
 *                              └──the call goes on (next slice)──► recording
 *   any ──its bytes no longer hold──► damaged (kept as it is, never deleted)
 */
export type RecordingState = 'recording' | 'finished' | 'salvaged' | 'uploaded' | 'damaged'

export type RecordingEntry = {
  recordingId: string
  callId: string
  caseId: string | null
  startedAt: string
  endedAt: string | null
  /** Null while it is being made. */
  durationMs: number | null
  /** Of the audio. */
  sizeBytes: number
  state: RecordingState
  /** Why it is damaged: `tampered`, `torn`, `cut-short`, `head-differs`, `missing`. */
  damage: string | null
  gaps: readonly Gap[]
  chainHead: string | null
  countersignature: Countersignature | null
  upload: UploadState
}

/** One recording on the shelf. `canGoOn`: it was salvaged in this run, so its call may still be alive. */
export type Held = {
  card: Card
  writer: SpoolWriter | null
  sliceHashes: string[]
  canGoOn: boolean
  turn: Promise<unknown>
}

export const entryOf = (card: Card): RecordingEntry => {
  const { format: _format, spoolBytes: _spoolBytes, state, ...rest } = card
  const isUploaded = card.countersignature !== null && state !== 'damaged' && state !== 'recording'
  return { ...rest, state: isUploaded ? 'uploaded' : state }
}

// A desk restarted in a call takes up what it has just salvaged: the next slice comes within seconds.
const salvagedRestMs = 60_000

/** True when the recording's chain has its last head: it is finished, or salvaged so long ago that it cannot go on. */
export const isSettled = (recording: Pick<RecordingEntry, 'state' | 'endedAt'>, nowMs: number): boolean => {
  if (recording.state === 'finished' || recording.state === 'uploaded') return true
  return recording.state === 'salvaged' && nowMs >= Date.parse(recording.endedAt ?? '') + salvagedRestMs
}

const unread: SpoolContent = { header: null, records: [], slices: [], head: null, goodBytes: 0, tail: 'torn' }

/** The folder of spools and cards: what stands there, and one piece of work at a time on each. */
export class Shelf {
  readonly dir: string
  readonly key: Buffer
  readonly disk: Disk
  readonly now: () => string
  readonly held = new Map<string, Held>()

  constructor(options: { dir: string; key: Buffer; disk: Disk; now: () => string }) {
    this.dir = options.dir
    this.key = options.key
    this.disk = options.disk
    this.now = options.now
  }

  path(recordingId: string, ending: 'spool' | 'card' | 'spool.torn'): string {
    return join(this.dir, `${recordingId}.${ending}`)
  }

  hold(card: Card, writer: SpoolWriter | null): Held {
    const held: Held = { card, writer, sliceHashes: [], canGoOn: false, turn: Promise.resolve() }
    this.held.set(card.recordingId, held)
    return held
  }

  async save(held: Held, change: Partial<Card>): Promise<void> {
    const card = { ...held.card, ...change }
    await saveCard(this.key, this.path(card.recordingId, 'card'), card).catch((error: unknown) => {
      throw fromDisk('cannot write the card of the recording', error)
    })
    held.card = card
  }

  /** Runs `work` when all earlier work on this recording is done. Fails with `unknown-recording`. */
  inTurn<T>(recordingId: string, work: (held: Held) => Promise<T>): Promise<T> {
    const held = this.held.get(recordingId)
    if (held === undefined) return Promise.reject(new RecordingFailure('unknown-recording', recordingId))
    const result = held.turn.then(() => work(held))
    held.turn = result.catch(() => {})
    return result
  }

  /** Finds what lies there and is not held yet. */
  async takeStock(): Promise<void> {
    await mkdir(this.dir, { recursive: true, mode: 0o700 })
    const names = await readdir(this.dir)
    const known = names.filter((name) => /\.(spool|card)$/.test(name)).map((name) => name.replace(/\.\w+$/, ''))
    for (const recordingId of new Set(known)) {
      if (!recordingFileIdSchema.safeParse(recordingId).success || this.held.has(recordingId)) continue
      const card = await loadCard(this.key, this.path(recordingId, 'card'))
      const size = await stat(this.path(recordingId, 'spool')).then(
        ({ size }) => size,
        () => null,
      )
      if (size === null) {
        if (card !== null) await this.save(this.hold(card, null), { state: 'damaged', damage: 'missing' })
      } else if (
        card !== null &&
        (card.state === 'damaged' || (card.state !== 'recording' && card.spoolBytes === size))
      ) {
        this.hold(card, null)
      } else {
        await this.#salvageAtStart(recordingId, card)
      }
    }
  }

  async #salvageAtStart(recordingId: string, card: Card | null): Promise<void> {
    try {
      await this.salvage(recordingId, card)
    } catch (error) {
      // A full disk must not keep the desk from opening: it stays unfinished, and `finish` or the next start tries again.
      if (!(error instanceof RecordingFailure)) throw error
      if (this.held.has(recordingId)) return
      this.hold({ ...(card ?? cardFromSpool(recordingId, unread, null)), state: 'recording', damage: null }, null)
    }
  }

  /** Ends an abandoned spool and holds what it is now; null when nothing of it had ever been acknowledged. */
  async salvage(recordingId: string, known: Card | null): Promise<Held | null> {
    const path = this.path(recordingId, 'spool')
    const { key: vaultKey, disk } = this
    const content = await readFile(path)
      .then((bytes) => salvageSpool({ recordingId, path, bytes, vaultKey, at: this.now(), disk }))
      .catch((error: unknown) => {
        throw fromDisk('cannot salvage the recording', error)
      })
    if (content === null && known === null) return null
    const lost: Partial<Card> = { state: 'damaged', damage: 'torn' }
    const card = content === null ? { ...(known as Card), ...lost } : cardFromSpool(recordingId, content, known)
    const held = this.held.get(recordingId) ?? this.hold(card, null)
    held.sliceHashes = content?.records.flatMap((each) => (each.kind === 'slice' ? [each.sha256] : [])) ?? []
    held.canGoOn = card.state === 'salvaged' && card.countersignature === null && card.upload.attempts === 0
    // Where nothing opens and no card vouches for the key, the key may be the wrong one: the card on the disk stays.
    if (known !== null || content?.header) await this.save(held, card)
    return held
  }

  /** Removes the local copy of a countersigned recording; anything else is a bug of the caller. */
  remove(recordingId: string): Promise<void> {
    return this.inTurn(recordingId, async (held) => {
      if (entryOf(held.card).state !== 'uploaded') throw new Error('only a countersigned recording may be removed')
      await rm(this.path(recordingId, 'spool'))
      await rm(this.path(recordingId, 'card'), { force: true })
      await rm(this.path(recordingId, 'spool.torn'), { force: true })
      this.held.delete(recordingId)
    })
  }
}
