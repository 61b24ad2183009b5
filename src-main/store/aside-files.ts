import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { openForSalvage, type StoreKey } from './database.ts'

/** Database files that were set aside, newest first (`openStore`). */
export function asideFiles(file: string): string[] {
  const aside = /\.hong-(\d+)$/
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(basename(file)) && aside.test(name))
    .sort((a, b) => Number(aside.exec(b)![1]) - Number(aside.exec(a)![1]))
    .map((name) => join(dirname(file), name))
}

/** Whether the file is a database of this key. */
export function opensWith(file: string, key: StoreKey): boolean {
  try {
    const db = openForSalvage(file, key)
    try {
      db.prepare('SELECT count(*) FROM sqlite_schema').get()
      return true
    } finally {
      db.close()
    }
  } catch {
    return false
  }
}
