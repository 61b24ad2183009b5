import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { first } from '../../src-main/store/migrations/0001-first.ts'
import { watched } from '../../src-main/store/migrations/0002-watched.ts'

const steps = [first, watched]

/**
 * Makes a desk's closed database what the program of two steps ago would have left: its tables, with what both know. The next start
 * brings it up to date as an update would.
 */
export function makeOlder(folder: string, level: 1 | 2): void {
  const file = join(folder, 'ban-truc.sqlite')
  const older = join(folder, 'older.sqlite')
  if (!existsSync(file) || levelOf(file) <= steps.length) return
  const db = new Database(older)
  try {
    for (const sql of steps.slice(0, level)) db.exec(sql)
    db.pragma(`user_version = ${level}`)
    db.prepare('ATTACH ? AS newer').run(file)
    const tables = [
      'meta',
      'events',
      'drafts',
      'code_blocks',
      'reserved_codes',
      'differences',
      'articles',
      'case_marks',
    ]
    for (const table of tables) copy(db, table)
    copy(db, 'cases', { shown: 'coalesce(shown, confirmed)' })
    // What was answered kept its number.
    copy(db, 'outbox', { n: 'coalesce(n, id - 1000000)' })
    db.exec(
      `DELETE FROM meta WHERE key IN ('head', 'register_id', 'holds', 'claimed_for', 'leased_at', 'fold_version', 'recovery_key')`,
    )
    db.exec('DETACH newer')
  } finally {
    db.close()
  }
  for (const tail of ['', '-wal', '-shm', '.dong']) rmSync(file + tail, { force: true })
  renameSync(older, file)
  if (existsSync(`${older}-wal`)) rmSync(`${older}-wal`)
}

function levelOf(file: string): number {
  const db = new Database(file)
  try {
    return db.pragma('user_version', { simple: true }) as number
  } finally {
    db.close()
  }
}

/** What both versions of a table have. */
function copy(db: Database.Database, table: string, instead: Readonly<Record<string, string>> = {}): void {
  const columns = (schema: string) =>
    (db.prepare('SELECT name FROM pragma_table_info(?, ?)').all(table, schema) as { name: string }[]).map(
      ({ name }) => name,
    )
  const newer = columns('newer')
  const both = columns('main').filter((name) => newer.includes(name))
  if (both.length === 0) return
  const values = both.map((name) => instead[name] ?? name)
  db.exec(`INSERT INTO main.${table} (${both.join(', ')}) SELECT ${values.join(', ')} FROM newer.${table}`)
}
