import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Articles, openArticles } from './articles.ts'
import { type Cases, openCases } from './cases.ts'
import { type CodeBlocks, openCodeBlocks } from './code-blocks.ts'
import { isCorruption, openForSalvage, openWritable, type WritableDatabase } from './database.ts'
import { type Differences, openDifferences } from './differences.ts'
import { type Drafts, openDrafts } from './drafts.ts'
import { type Meta, openMeta } from './meta.ts'
import { migrate } from './migrate.ts'
import { type Outbox, openOutbox } from './outbox.ts'

/** The desk's local database. Synchronous on purpose: a prediction and its outbox row are one transaction. */
export interface Store {
  readonly meta: Meta
  readonly cases: Cases
  readonly outbox: Outbox
  readonly drafts: Drafts
  readonly codes: CodeBlocks
  readonly articles: Articles
  readonly differences: Differences
  /** All or nothing, durable when it returns. */
  transaction<T>(work: () => T): T
  close(): void
}

/** What was done to a file that could not be trusted. */
export interface SetAside {
  readonly file: string
  readonly salvagedCommands: number
  readonly salvagedDrafts: number
}

/**
 * Opens the desk's database. A torn or corrupt file is set aside, never deleted; what was not yet sent and the drafts are
 * read out of it, and the cases come again from the server.
 * @throws NewerStore when the file is of a newer desk; any other error as SQLite gives it.
 */
export function openStore(
  file: string,
  around: { now(): number; toIso(at: number): string; newId(): string },
): { store: Store; setAside: SetAside | null } {
  mkdirSync(dirname(file), { recursive: true })
  try {
    return { store: openChecked(file, around), setAside: null }
  } catch (error) {
    if (!isCorruption(error)) throw error
    const aside = `${file}.hong-${around.now()}`
    for (const tail of ['', '-wal', '-shm']) if (existsSync(file + tail)) renameSync(file + tail, aside + tail)
    const store = openChecked(file, around)
    return { store, setAside: { file: aside, ...salvage(aside, store) } }
  }
}

function openChecked(file: string, around: { toIso(at: number): string; newId(): string }): Store {
  const db = openWritable(file)
  try {
    const check = db.pragma('quick_check(1)', { simple: true })
    if (check !== 'ok') throw Object.assign(new Error(String(check)), { code: 'SQLITE_CORRUPT' })
    migrate(db)
    const store = compose(db, around.toIso)
    if (store.meta.get('desk_id') === null) store.meta.set('desk_id', deskIdBeside(file, around.newId))
    return store
  } catch (error) {
    db.close()
    throw error
  }
}

/** The desk's id stands in a file beside the database too: codes are leased to it, so it must outlive a torn file. */
function deskIdBeside(file: string, newId: () => string): string {
  const path = join(dirname(file), 'desk.id')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const fresh = newId()
  writeFileSync(path, `${fresh}\n`)
  return fresh
}

function compose(db: WritableDatabase, toIso: (at: number) => string): Store {
  const meta = openMeta(db)
  return {
    meta,
    cases: openCases(db),
    outbox: openOutbox(db, meta),
    drafts: openDrafts(db, toIso),
    codes: openCodeBlocks(db),
    articles: openArticles(db),
    differences: openDifferences(db, toIso),
    transaction: (work) => db.transaction(work).immediate(),
    close: () => db.close(),
  }
}

/** Reads row by row, because one torn page must not cost the rows on the others. */
function salvage(aside: string, store: Store): { salvagedCommands: number; salvagedDrafts: number } {
  let db: WritableDatabase
  try {
    db = openForSalvage(aside)
  } catch {
    return { salvagedCommands: 0, salvagedDrafts: 0 }
  }
  const commands = readRows(db, `SELECT body, code, made_at FROM outbox WHERE state = 'waiting' ORDER BY n`)
  const drafts = readRows(db, 'SELECT account_id, draft_id, form, saved_at FROM drafts')
  const reserved = readRows(db, 'SELECT draft_id, code FROM reserved_codes')
  const blocks = readRows(db, 'SELECT year, first, last, next FROM code_blocks')
  db.close()
  store.transaction(() => {
    // They keep their own ids, by which a repeat is known; the numbers start over, and the server says where to go on.
    for (const row of commands) {
      const body = JSON.parse(String(row.body)) as Record<string, unknown>
      const deskId = store.meta.get('desk_id')!
      store.outbox.add(
        (n) => ({ ...body, n, deskId }) as never,
        (row.code as string | null) ?? null,
        Number(row.made_at),
      )
    }
    for (const row of drafts) {
      const form = JSON.parse(String(row.form)) as Record<string, unknown>
      store.drafts.save(String(row.account_id), { draftId: String(row.draft_id), form }, Number(row.saved_at))
    }
    for (const row of reserved) store.codes.reserve(String(row.draft_id), String(row.code))
    for (const row of blocks) {
      const next = Number(row.next)
      if (next <= Number(row.last)) store.codes.add({ year: Number(row.year), from: next, to: Number(row.last) })
    }
  })
  return { salvagedCommands: commands.length, salvagedDrafts: drafts.length }
}

function readRows(db: WritableDatabase, sql: string): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = []
  try {
    for (const row of db.prepare<[], Record<string, unknown>>(sql).iterate()) rows.push(row)
  } catch {
    // The page after the last good row is torn: what came before it is kept.
  }
  return rows
}
