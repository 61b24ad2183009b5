import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { constants, zstdCompressSync } from 'node:zlib'
import type { SnapshotPart } from '../../../src-shared/api/snapshot.ts'

type Written = Pick<SnapshotPart, 'sha256' | 'sizeBytes'>

/** Where snapshots lie: one file that is built, and parts named by what is in them, so that snapshots share what has not changed. */
export interface PartFiles {
  readonly dir: string
  readonly buildingFile: string
  readonly partsDir: string
  path(part: Pick<Written, 'sha256'>): string
  /** Whether it lies there in its whole length. */
  has(part: Written): boolean
  /** @throws Error ENOSPC where what is left of the disk belongs to the register. */
  askRoom(): void
}

export function partFiles(dir: string, keepFreeBytes: number): PartFiles {
  const partsDir = join(dir, 'parts')
  const path: PartFiles['path'] = ({ sha256 }) => join(partsDir, `${sha256}.zst`)
  mkdirSync(partsDir, { recursive: true, mode: 0o700 })
  return {
    dir,
    partsDir,
    buildingFile: join(dir, 'building.sqlite'),
    path,
    has: (part) => existsSync(path(part)) && statSync(path(part)).size === part.sizeBytes,
    askRoom() {
      const { bavail, bsize } = statfsSync(dir)
      if (bavail * bsize >= keepFreeBytes) return
      throw Object.assign(new Error(`${bavail * bsize} bytes are free, ${keepFreeBytes} are kept`), { code: 'ENOSPC' })
    },
  }
}

/** @throws Error of the disk; nothing of the part remains then. */
export function writePart(files: PartFiles, image: Buffer): Written {
  files.askRoom()
  const bytes = zstdCompressSync(image, { params: { [constants.ZSTD_c_compressionLevel]: level } })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  writeWhole(files.path({ sha256 }), bytes)
  return { sha256, sizeBytes: bytes.length }
}

// A sixth smaller than at level 3 for a tenth of a second's work a thousand cases: a slow line waits for bytes, at every desk.
const level = 9

/** Whole or not at all, also through a power cut. @throws Error of the disk */
export function writeWhole(path: string, bytes: Uint8Array): void {
  const half = `${path}.half`
  try {
    const file = openSync(half, 'w', 0o600)
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(half, path)
  } catch (failure) {
    rmSync(half, { force: true })
    throw failure
  }
}
