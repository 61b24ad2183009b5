import { randomFillSync } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { besideIt, isPlain, rawKey, syncFile } from './database.ts'
import { stepOf } from './migrate.ts'

const fresh = (file: string) => `${file}.khoa`
const plain = (file: string) => `${file}.ban-ro`

/**
 * Encrypts, once, a file that was kept in the open by an older desk. An encrypted copy is made beside it and takes its name in one
 * step; a desk that is killed in the middle has the one or the other, whole, and goes on here at its next start. What lay in
 * the open is written over before it is let go: as much as a program can do, on a disk that may keep copies of its own.
 * @throws NewerStore, and nothing is touched; the error of SQLite or the file system where there is no room for both; the plain file is then as it was.
 */
export function encryptOnce(file: string, key: Buffer): void {
  if (isPlain(file)) {
    rmSync(plain(file), { force: true })
    foldIn(file)
    const copy = fresh(file)
    rmSync(copy, { force: true })
    try {
      copyFileSync(file, copy)
      rekey(copy, key)
    } catch (error) {
      if (existsSync(copy)) destroy(copy)
      throw error
    }
    linkSync(file, plain(file))
    renameSync(copy, file)
    syncFile(dirname(file))
  }
  if (existsSync(plain(file))) destroy(plain(file))
}

/** Brings what the write-ahead log holds into the file and does away with the log. */
function foldIn(file: string): void {
  const db = new Database(file)
  try {
    stepOf(db)
    db.pragma('journal_mode = DELETE')
    for (const tail of besideIt) rmSync(file + tail, { force: true })
  } finally {
    db.close()
  }
}

function rekey(copy: string, key: Buffer): void {
  const db = new Database(copy)
  try {
    // The copy is worth nothing until it is whole: no journal, which would lie in the open too.
    db.pragma('journal_mode = MEMORY')
    db.pragma('temp_store = MEMORY')
    db.pragma(`cipher = 'aegis'`)
    db.pragma(`rekey = "${rawKey(key)}"`)
  } finally {
    db.close()
  }
  syncFile(copy)
}

function destroy(path: string): void {
  const chunk = Buffer.alloc(1 << 20)
  const file = openSync(path, 'r+')
  try {
    for (let left = statSync(path).size; left > 0; left -= chunk.length) {
      randomFillSync(chunk)
      writeSync(file, chunk, 0, Math.min(left, chunk.length))
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  rmSync(path)
}
