import { closeSync, existsSync, fsyncSync, openSync, readSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'

/** A handle that may write; only the store's own files hold one. */
export type WritableDatabase = Database.Database

/** 32 bytes from the system's key store; null where there is none, and the file stays plain. */
export type StoreKey = Buffer | null

/**
 * Opens the file for writing: WAL, and FULL because a code told to a citizen must survive a power cut. The key is given as it is and
 * not stretched (that would take a tenth of a second at each opening): it is random already.
 */
export function openWritable(file: string, key: StoreKey): WritableDatabase {
  const db = new Database(file)
  try {
    unlock(db, key)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('busy_timeout = 5000')
    // Sorting and loading keep their heaps to themselves: a temporary file would lie in the open.
    db.pragma('temp_store = MEMORY')
    db.pragma('cache_size = -32000')
    db.pragma('wal_autocheckpoint = 4000')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** What lies beside a database: the log, its index, and the journal of a loading that was killed. */
export const besideIt = ['-wal', '-shm', '-journal'] as const

/**
 * While very many pages are written each goes into the file at once, with a journal of the few that stood there before, and not first
 * into the log and then into the file: half the writing. Such a journal costs more syncs, which do not count there. A reader
 * of the file is in the way of the change; then all goes on as it was.
 */
export function writeInBulk(db: WritableDatabase, isBulk: boolean): void {
  if (db.inTransaction) return
  const patience = db.pragma('busy_timeout', { simple: true })
  db.pragma('busy_timeout = 0')
  try {
    db.pragma(`journal_mode = ${isBulk ? 'TRUNCATE' : 'WAL'}`)
  } catch (error) {
    if (!codeOf(error).startsWith('SQLITE_BUSY') && !codeOf(error).startsWith('SQLITE_LOCKED')) throw error
  } finally {
    db.pragma(`busy_timeout = ${patience}`)
  }
}

/** Whether a transaction was killed in a loading; whoever opens the file first undoes it. */
export const hasJournal = (file: string): boolean =>
  existsSync(`${file}-journal`) && statSync(`${file}-journal`).size > 0

/** Opens a file that may be torn, to read what can still be read. */
export function openForSalvage(file: string, key: StoreKey): WritableDatabase {
  const db = new Database(file, { readonly: !hasJournal(file), fileMustExist: true })
  unlock(db, isPlain(file) ? null : key)
  return db
}

/** Attaches the desk's own file to another connection under the name `desk`, as durable as the store's own writes. */
export function attachDesk(db: WritableDatabase, file: string, key: StoreKey): void {
  if (key !== null) db.pragma(`cipher = 'aegis'`)
  db.prepare(`ATTACH ? AS desk${key === null ? '' : ` KEY "${rawKey(key)}"`}`).run(file)
  db.pragma('desk.synchronous = FULL')
  db.pragma('desk.cache_size = -32000')
  db.pragma('busy_timeout = 5000')
  db.pragma('temp_store = MEMORY')
}

/** An image in memory as a database of its own. */
export const openImage = (image: Uint8Array): WritableDatabase =>
  new Database(Buffer.from(image.buffer, image.byteOffset, image.byteLength))

/** AEGIS-256 is authenticated: a page that was changed is corrupt, and never read as something else. */
export function unlock(db: WritableDatabase, key: StoreKey): void {
  if (key === null) return
  db.pragma(`cipher = 'aegis'`)
  db.pragma(`key = "${rawKey(key)}"`)
}

/** SQLite's spelling of a key that is not to be stretched. */
export function rawKey(key: Buffer): string {
  if (key.length !== 32) throw new RangeError(`a store key has 32 bytes, not ${key.length}`)
  return `x'${key.toString('hex')}'`
}

/** Whether a file begins as an SQLite file that is not encrypted. */
export function isPlain(file: string): boolean {
  if (!existsSync(file)) return false
  const head = Buffer.alloc(16)
  const from = openSync(file, 'r')
  try {
    readSync(from, head, 0, 16, 0)
  } finally {
    closeSync(from)
  }
  return head.toString('latin1') === 'SQLite format 3\0'
}

export function syncFile(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** It begins as no database: another key, or none at all. */
export const isNoDatabase = (error: unknown): boolean => codeOf(error) === 'SQLITE_NOTADB'

/**
 * SQLite's own words for a file it cannot trust. An error of the disk is none of them: a store that cannot be read today for a full
 * or a failing disk is not to be taken for a torn one.
 */
export const isCorruption = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_CORRUPT')

/** The disk took nothing: it is full, or failed. Both are told alike, for both what was not acknowledged was not kept. */
export function isDiskTrouble(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR') || diskCodes.has(code)
}
const diskCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS', 'SQLITE_CANTOPEN', 'SQLITE_READONLY_DBMOVED'])
