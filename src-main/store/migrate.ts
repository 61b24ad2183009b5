import type { WritableDatabase } from './database.ts'
import { first } from './migrations/0001-first.ts'
import { watched } from './migrations/0002-watched.ts'
import { sync } from './migrations/0003-sync.ts'

const migrations = [first, watched, sync]

/**
 * Brings the file to the newest schema, each step in its own transaction.
 * @throws Error when the file was written by a newer desk: going on would lose what it knows and we do not.
 */
export function migrate(db: WritableDatabase): void {
  const at = stepOf(db)
  migrations.slice(at).forEach((sql, index) => {
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${at + index + 1}`)
    })()
  })
}

/** The steps that the file has taken. @throws NewerStore before anything is written. */
export function stepOf(db: WritableDatabase): number {
  const at = db.pragma('user_version', { simple: true }) as number
  if (at > migrations.length) throw new NewerStore(at, migrations.length)
  return at
}

export class NewerStore extends Error {
  constructor(found: number, known: number) {
    super(`the local database has schema ${found}, this desk knows up to ${known}`)
    this.name = 'NewerStore'
  }
}
