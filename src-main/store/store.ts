import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Articles, openArticles } from './articles.ts'
import { opensWith } from './aside-files.ts'
import { type Cases, openCases } from './cases.ts'
import { openCleanEnd } from './clean-end.ts'
import { type CodeBlocks, openCodeBlocks } from './code-blocks.ts'
import { type CodeLedger, openCodeLedger } from './code-ledger.ts'
import {
  besideIt,
  hasJournal,
  isCorruption,
  isNoDatabase,
  isPlain,
  openWritable,
  type StoreKey,
  type WritableDatabase,
  writeInBulk,
} from './database.ts'
import { type Differences, openDifferences } from './differences.ts'
import { type Drafts, openDrafts } from './drafts.ts'
import { encryptOnce } from './encrypt.ts'
import { type Meta, openMeta } from './meta.ts'
import { migrate } from './migrate.ts'
import { type Outbox, openOutbox } from './outbox.ts'
import { openRoom, type Room } from './room.ts'
import { type Salvaged, salvageInto } from './salvage.ts'
import { openSearchIndex, type SearchIndex } from './search-index.ts'
import { openSnapshotLoad, type SnapshotLoad } from './snapshot-load.ts'

/**
 * The desk's local database. Synchronous on purpose: a prediction and its outbox row are one transaction. Whatever writes fails with
 * `disk-full` where the disk takes nothing, keeps what was kept before, and works again when there is room.
 */
export interface Store {
  readonly meta: Meta
  readonly cases: Cases
  readonly index: SearchIndex
  readonly snapshot: SnapshotLoad
  readonly outbox: Outbox
  readonly drafts: Drafts
  readonly codes: CodeBlocks
  readonly articles: Articles
  readonly differences: Differences
  readonly room: Pick<Room, 'isFull' | 'look' | 'fits'>
  /** All or nothing, durable when it returns. */
  transaction<T>(work: () => T): T
  /** For what makes its own transactions. */
  keep<T>(work: () => T): T
  /** Said before very much is written, and taken back after it: see `writeInBulk`. Outside a transaction. */
  bulk(isBulk: boolean): void
  close(): void
}

/** What was done to a file that could not be trusted. */
export interface SetAside extends Salvaged {
  readonly file: string
  /** `key`: it does not open with the key there is, and may be salvaged once the right one is back; `torn`: it was, at once. */
  readonly reason: 'key' | 'torn'
}

export interface StoreSurroundings {
  now(): number
  toIso(at: number): string
  newId(): string
}

/**
 * Opens the desk's database, encrypted where a key is given; a plain file of an older desk is encrypted first. A torn or corrupt file is
 * set aside, never deleted; what was not yet sent and the drafts are read out of it, and the cases come again from the server.
 * @throws NewerStore when the file is of a newer desk; CallFailed `disk-full`; any other error as SQLite gives it.
 */
export function openStore(
  file: string,
  around: StoreSurroundings,
  key: StoreKey,
): { store: Store; setAside: SetAside | null } {
  const room = openRoom(file)
  return room.keep(() => {
    mkdirSync(dirname(file), { recursive: true })
    try {
      if (key !== null) encryptOnce(file, key)
      return { store: openChecked(file, around, key, room), setAside: null }
    } catch (error) {
      if (!isCorruption(error) && !isNoDatabase(error)) throw error
      const isOfOtherKey = isNoDatabase(error) || (hasJournal(file) && !opensWith(file, key))
      const reason = isOfOtherKey && key !== null && !isPlain(file) ? 'key' : 'torn'
      const aside = `${file}.hong-${around.now()}`
      for (const tail of ['', ...besideIt]) if (existsSync(file + tail)) renameSync(file + tail, aside + tail)
      const store = openChecked(file, around, key, room)
      const salvaged = reason === 'torn' ? salvageInto(aside, key, store) : { salvagedCommands: 0, salvagedDrafts: 0 }
      return { store, setAside: { file: aside, reason, ...salvaged } }
    }
  })
}

function openChecked(file: string, around: StoreSurroundings, key: StoreKey, room: Room): Store {
  const end = openCleanEnd(file)
  const isNew = !existsSync(file)
  const wasClean = end.wasClean()
  const db = openWritable(file, key)
  let ledger: CodeLedger | null = null
  try {
    if (!isNew && !wasClean) {
      const check = db.pragma('quick_check(1)', { simple: true })
      if (check !== 'ok') throw Object.assign(new Error(String(check)), { code: 'SQLITE_CORRUPT' })
    }
    end.open()
    migrate(db)
    ledger = openCodeLedger(join(dirname(file), 'codes.ledger'))
    const store = compose({ db, file, key, room, ledger, toIso: around.toIso, onClosed: end.close })
    if (store.meta.get('desk_id') === null) store.meta.set('desk_id', deskIdBeside(file, around.newId))
    return store
  } catch (error) {
    ledger?.close()
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

function compose(parts: {
  db: WritableDatabase
  file: string
  key: StoreKey
  room: Room
  ledger: CodeLedger
  toIso(at: number): string
  onClosed(): void
}): Store {
  const { db, room, ledger, file, key } = parts
  let isTorn = false
  let isBulk = false
  const keep = <T>(work: () => T): T => {
    try {
      return room.keep(work)
    } catch (error) {
      // Met while working: the next start reads the file through and salvages it.
      if (isCorruption(error)) isTorn = true
      throw error
    }
  }
  const meta = openMeta(db)
  const snapshot = openSnapshotLoad(db, { file, key, meta, cases: () => cases })
  const cases: Cases = openCases(db, snapshot.isLoading)
  return {
    meta: keepingIn(keep, meta),
    cases,
    snapshot,
    index: openSearchIndex(db, snapshot.isLoading),
    outbox: keepingIn(keep, openOutbox(db, meta)),
    drafts: keepingIn(keep, openDrafts(db, parts.toIso)),
    codes: keepingIn(keep, openCodeBlocks(db, ledger)),
    articles: openArticles(db),
    differences: keepingIn(keep, openDifferences(db, parts.toIso)),
    room,
    keep,
    bulk(next) {
      if (next !== isBulk && !db.inTransaction) keep(() => writeInBulk(db, next))
      isBulk = next
    },
    transaction: (work) => keep(() => db.transaction(work).immediate()),
    close() {
      if (!db.open) return
      db.close()
      ledger.close()
      if (!isTorn) parts.onClosed()
    },
  }
}

/** Each call by itself, for those that are made outside a transaction too. */
function keepingIn<N extends object>(keep: <T>(work: () => T) => T, noun: N): N {
  const kept = Object.entries(noun).map(([name, call]) => [
    name,
    (...given: unknown[]) => keep(() => (call as (...given: unknown[]) => unknown)(...given)),
  ])
  return Object.fromEntries(kept) as N
}
