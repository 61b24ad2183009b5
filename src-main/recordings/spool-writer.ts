import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  type EndContent,
  endText,
  firstLink,
  type MarkContent,
  type MarkKind,
  markText,
  nextLink,
  type RecordingHeader,
} from '../../src-shared/recordings/manifest.ts'
import { syncFolder } from '../durable-files.ts'
import { fromDisk, type RecordingFailure } from './failure.ts'
import { sha256 } from './hashing.ts'
import { encodeRecord, newFileHead, type SpoolKeys, type SpoolKind, spoolKeys } from './spool-format.ts'

/** The disk is an argument so that a test can make it fail; by default the machine's own. */
export type Disk = { open: typeof open }
export const machineDisk: Disk = { open }

export type SpoolPlace = { sizeBytes: number; number: number; link: string }

/**
 * The one writer of a spool. A call resolves when its record is on the disk (fsynced); the caller calls one at a time.
 *
 *   writing ──write failed, file cut back──► writing (the record may be tried again)
 *      └─────fsync or cutting back failed──► broken (what the disk holds is unknown until it is read again)
 */
export class SpoolWriter {
  readonly #file: FileHandle
  readonly #keys: SpoolKeys
  #place: SpoolPlace
  #broken: RecordingFailure | null = null

  private constructor(file: FileHandle, keys: SpoolKeys, place: SpoolPlace) {
    this.#file = file
    this.#keys = keys
    this.#place = place
  }

  /** Makes a new spool that holds its header. Fails with `disk-full` or `io-error`. */
  static async create(
    disk: Disk,
    path: string,
    vaultKey: Buffer,
    recordingId: string,
    header: RecordingHeader,
  ): Promise<SpoolWriter> {
    const fileHead = newFileHead()
    const keys = spoolKeys(vaultKey, recordingId, fileHead)
    if (keys === null) throw new Error('a new spool has a proper head')
    const link = firstLink(sha256, recordingId, header)
    const content = Buffer.from(JSON.stringify(header))
    const bytes = Buffer.concat([fileHead, encodeRecord(keys, { kind: 'begin', number: 0, link, content })])
    let file: FileHandle | null = null
    try {
      file = await disk.open(path, 'wx+', 0o600)
      await writeWhole(file, bytes, 0)
      await file.sync()
      await syncFolder(dirname(path))
    } catch (error) {
      await file?.close().catch(() => {})
      throw fromDisk('cannot begin the recording', error)
    }
    return new SpoolWriter(file, keys, { sizeBytes: bytes.length, number: 0, link })
  }

  /** Opens a spool to go on at `place`; what lies behind it is cut off. */
  static async reopen(
    disk: Disk,
    path: string,
    vaultKey: Buffer,
    recordingId: string,
    place: SpoolPlace,
  ): Promise<SpoolWriter> {
    let file: FileHandle | null = null
    try {
      file = await disk.open(path, 'r+')
      const fileHead = Buffer.alloc(32)
      await file.read(fileHead, 0, fileHead.length, 0)
      const keys = spoolKeys(vaultKey, recordingId, fileHead)
      if (keys === null) throw new Error('not a spool')
      await file.truncate(place.sizeBytes)
      await file.sync()
      return new SpoolWriter(file, keys, { ...place })
    } catch (error) {
      await file?.close().catch(() => {})
      throw fromDisk('cannot go on with the recording', error)
    }
  }

  get place(): Readonly<SpoolPlace> {
    return this.#place
  }

  get isBroken(): boolean {
    return this.#broken !== null
  }

  slice(bytes: Uint8Array): Promise<void> {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return this.#append('slice', content, sha256(content))
  }

  mark(kind: MarkKind, mark: MarkContent): Promise<void> {
    return this.#append(kind, Buffer.from(JSON.stringify(mark)), sha256(markText(mark)))
  }

  end(end: EndContent): Promise<void> {
    return this.#append('end', Buffer.from(JSON.stringify(end)), sha256(endText(end)))
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  async #append(kind: Exclude<SpoolKind, 'begin'>, content: Buffer, contentSha256: string): Promise<void> {
    if (this.#broken !== null) throw this.#broken
    const number = this.#place.number + 1
    const link = nextLink(sha256, this.#place.link, { number, kind, contentSha256 })
    const bytes = encodeRecord(this.#keys, { kind, number, link, content })
    try {
      await writeWhole(this.#file, bytes, this.#place.sizeBytes)
    } catch (error) {
      const failure = fromDisk('cannot write the recording', error)
      await this.#file.truncate(this.#place.sizeBytes).catch(() => {
        this.#broken = failure
      })
      throw failure
    }
    try {
      await this.#file.datasync()
    } catch (error) {
      // After a failed fsync the kernel may have dropped the pages: a second one would lie.
      this.#broken = fromDisk('cannot secure the recording', error)
      throw this.#broken
    }
    this.#place = { sizeBytes: this.#place.sizeBytes + bytes.length, number, link }
  }
}

const writeWhole = async (file: FileHandle, bytes: Buffer, position: number): Promise<void> => {
  let written = 0
  while (written < bytes.length) {
    const step = await file.write(bytes, written, bytes.length - written, position + written)
    if (step.bytesWritten === 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' })
    written += step.bytesWritten
  }
}
