import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { syncFile } from './database.ts'

/**
 * S38: which numbers of which block were taken, in a file beside the database, on the disk before a number is shown. A database that was
 * salvaged or brought back from a copy may remember less than a citizen was told; this file does not go back with it.
 *
 * One line a taken number, `year first next draft check`; a line whose check does not hold is the torn end of a power cut, and
 * its number was shown to nobody.
 */
export interface CodeLedger {
  /** The first number of the block that was never taken; `first` itself where the ledger knows nothing of it. */
  next(year: number, first: number): number
  /** Whether the block was given up (S22). */
  isDropped(year: number, first: number): boolean
  /** Taken numbers with the draft they were taken for, from `next` of the database on: those that it does not know of. */
  takenFrom(year: number, first: number, next: number): { number: number; draftId: string }[]
  /** Notes that everything below `next` is taken, the last of it for a draft. On the disk when it returns. */
  note(year: number, first: number, next: number, draftId: string): void
  drop(year: number, first: number): void
  close(): void
}

interface Entry {
  next: number
  isDropped: boolean
  readonly drafts: Map<number, string>
}

/** Rewritten shorter at the next opening when it has grown to this. */
const longBytes = 256 * 1024
/** How many of the last taken numbers keep their draft when the file is rewritten. */
const draftsKept = 50
const dropped = 'dropped'
const nobody = '-'

/** @throws the file system's error where it cannot be read or made. */
export function openCodeLedger(path: string): CodeLedger {
  const entries = new Map<string, Entry>()
  const entryOf = (year: number, first: number): Entry => {
    const key = `${year} ${first}`
    const entry = entries.get(key) ?? { next: first, isDropped: false, drafts: new Map<number, string>() }
    entries.set(key, entry)
    return entry
  }

  const isFresh = !existsSync(path)
  for (const line of isFresh ? [] : readFileSync(path, 'utf8').split('\n')) {
    const fields = line.split(' ')
    if (fields.length !== 5 || checkOf(fields.slice(0, 4).join(' ')) !== fields[4]) continue
    const [year, first, next] = fields.map(Number) as [number, number, number]
    const entry = entryOf(year, first)
    if (fields[3] === dropped) entry.isDropped = true
    else if (fields[3] !== nobody) entry.drafts.set(next - 1, decodeURIComponent(fields[3]!))
    entry.next = Math.max(entry.next, next)
  }
  if (!isFresh && statSync(path).size > longBytes) rewrite(path, entries)

  const file = openSync(path, 'a')
  if (isFresh) syncFile(dirname(path))
  let size = statSync(path).size
  const append = (year: number, first: number, next: number, word: string) => {
    const bytes = Buffer.from(lineOf(year, first, next, word))
    try {
      // A line of its own even behind a torn one.
      const whole = size === 0 ? bytes : Buffer.concat([Buffer.from('\n'), bytes])
      if (writeSync(file, whole) < whole.length)
        throw Object.assign(new Error('the ledger was cut'), { code: 'ENOSPC' })
      fsyncSync(file)
      size += whole.length
    } catch (error) {
      // What was written of it is taken back where that can be done; else its check says that it is torn.
      ftruncateQuietly(file, size)
      throw error
    }
  }

  return {
    next: (year, first) => entries.get(`${year} ${first}`)?.next ?? first,
    isDropped: (year, first) => entries.get(`${year} ${first}`)?.isDropped ?? false,
    takenFrom(year, first, next) {
      const drafts = entries.get(`${year} ${first}`)?.drafts ?? new Map<number, string>()
      return [...drafts].filter(([number]) => number >= next).map(([number, draftId]) => ({ number, draftId }))
    },
    note(year, first, next, draftId) {
      append(year, first, next, draftId === '' ? nobody : encodeURIComponent(draftId))
      const entry = entryOf(year, first)
      entry.next = Math.max(entry.next, next)
      if (draftId !== '') entry.drafts.set(next - 1, draftId)
    },
    drop(year, first) {
      const entry = entryOf(year, first)
      append(year, first, entry.next, dropped)
      entry.isDropped = true
    },
    close: () => closeSync(file),
  }
}

function rewrite(path: string, entries: ReadonlyMap<string, Entry>): void {
  const lines: string[] = []
  for (const [key, entry] of entries) {
    const [year, first] = key.split(' ').map(Number) as [number, number]
    for (const [number, draftId] of [...entry.drafts].slice(-draftsKept)) {
      lines.push(lineOf(year, first, number + 1, encodeURIComponent(draftId)))
    }
    lines.push(lineOf(year, first, entry.next, entry.isDropped ? dropped : nobody))
  }
  const fresh = openSync(`${path}.moi`, 'w')
  try {
    const bytes = Buffer.from(lines.join('\n'))
    if (writeSync(fresh, bytes) < bytes.length) throw Object.assign(new Error('the ledger was cut'), { code: 'ENOSPC' })
    fsyncSync(fresh)
  } finally {
    closeSync(fresh)
  }
  renameSync(`${path}.moi`, path)
  syncFile(dirname(path))
}

const lineOf = (year: number, first: number, next: number, word: string): string => {
  const line = `${year} ${first} ${next} ${word}`
  return `${line} ${checkOf(line)}`
}

const checkOf = (line: string): string => createHash('sha256').update(line).digest('hex').slice(0, 8)

function ftruncateQuietly(file: number, size: number): void {
  try {
    ftruncateSync(file, size)
  } catch {
    // Opened to append: what follows still begins on a line of its own.
  }
}
