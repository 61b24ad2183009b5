import Database from 'better-sqlite3'

/** A handle that may write; only the store's own files hold one. */
export type WritableDatabase = Database.Database

/** Opens the file for writing: WAL, and FULL because a code told to a citizen must survive a power cut. */
export function openWritable(file: string): WritableDatabase {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('busy_timeout = 5000')
  return db
}

/** Opens a file that may be torn, to read what can still be read. */
export function openForSalvage(file: string): WritableDatabase {
  return new Database(file, { readonly: true, fileMustExist: true })
}

/** SQLite's own words for a file it cannot trust. */
export const isCorruption = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_IOERR'))

export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL'
