import { type SnapshotManifest, type SnapshotPart, snapshotManifestSchema } from '../../src-shared/api/snapshot.ts'
import { cacheIndexes, cacheTables, snapshotTables } from '../../src-shared/sync/cache-schema.ts'
import type { Cases } from './cases.ts'
import { attachDesk, openImage, type StoreKey, type WritableDatabase } from './database.ts'
import type { Meta } from './meta.ts'

/** The tables that hold what the register said, and the taking of a snapshot of them (S35–S37). */
export interface SnapshotLoad {
  /** What is being taken, and which parts are in; null when nothing is. */
  state(): { manifest: SnapshotManifest; done: readonly number[] } | null
  isLoading(): boolean
  /** Inside a transaction: everything confirmed goes, the tables stand empty with all their indexes (S20, S23). */
  clear(): void
  /** Inside the transaction of `clear`: the indexes go too, for they are made faster once the rows are there. */
  begin(manifest: SnapshotManifest): void
  /** The cases of an image that are among those asked about. */
  casesIn(image: Uint8Array, caseIds: ReadonlySet<string>): string[]
  /** One transaction of its own, which also notes the part; call outside any other. */
  apply(part: SnapshotPart, image: Uint8Array): void
  /** Makes the next index that is missing, in a transaction of its own; false when there is none. */
  makeIndex(): boolean
  /** Inside a transaction, after the last index. */
  end(): void
}

const registerKeys = ['register_id', 'cursor', 'head', 'snapshot', 'snapshot_done'] as const

export function openSnapshotLoad(
  db: WritableDatabase,
  own: { file: string; key: StoreKey; meta: Meta; cases(): Pick<Cases, 'remove'> },
): SnapshotLoad {
  const { meta } = own
  const onlyAskedFor = db.prepare<[], { case_id: string }>('SELECT case_id FROM cases WHERE confirmed IS NULL')
  const madeIndexes = db.prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'index'`)
  const missing = (): (typeof cacheIndexes)[number][] => {
    const made = new Set(madeIndexes.all().map((row) => row.name))
    return cacheIndexes.filter((sql) => !made.has(nameOf(sql)))
  }
  // Asked at each write of a case; only the calls here change it.
  let isLoading = meta.get('snapshot') !== null
  const state = (): { manifest: SnapshotManifest; done: number[] } | null => {
    const manifest = meta.get('snapshot')
    if (manifest === null) return null
    const done = JSON.parse(meta.get('snapshot_done') ?? '[]') as number[]
    return { manifest: snapshotManifestSchema.parse(JSON.parse(manifest)), done }
  }

  return {
    state,
    isLoading: () => isLoading,

    clear() {
      for (const [table, sql] of Object.entries(cacheTables)) db.exec(`DROP TABLE IF EXISTS ${table}; ${sql}`)
      for (const sql of cacheIndexes) db.exec(sql)
      db.exec('DELETE FROM differences')
      for (const key of registerKeys) meta.set(key, null)
      isLoading = false
    },

    begin(manifest) {
      for (const sql of cacheIndexes) db.exec(`DROP INDEX ${nameOf(sql)}`)
      meta.set('snapshot', JSON.stringify(manifest))
      meta.set('snapshot_done', '[]')
      isLoading = true
    },

    casesIn(image, caseIds) {
      const part = openImage(image)
      try {
        const ids = part.prepare<[], { case_id: string }>('SELECT case_id FROM cases').all()
        return ids.map((row) => row.case_id).filter((caseId) => caseIds.has(caseId))
      } finally {
        part.close()
      }
    },

    // By a connection of its own: the search index notices rows that another one wrote behind its back, and not those of its own.
    apply(part, image) {
      const { manifest, done } = state()!
      const ofSearch = manifest.parts.filter((each) => each.holds === 'search')
      // An empty index has rows of its own, which give way to those of the snapshot.
      const isFirstOfSearch = part.holds === 'search' && !ofSearch.some((each) => done.includes(each.index))
      const load = openImage(image)
      try {
        attachDesk(load, own.file, own.key)
        // SQLite guards the tables behind FTS5 against whoever is not FTS5.
        load.unsafeMode(true)
        load
          .transaction(() => {
            for (const [table, columns] of Object.entries(snapshotTables[part.holds])) {
              if (isFirstOfSearch) load.exec(`DELETE FROM desk.${table}`)
              const names = columns.join(', ')
              load.exec(`INSERT INTO desk.${table} (${names}) SELECT ${names} FROM main.${table}`)
            }
            load
              .prepare(`UPDATE desk.meta SET value = ? WHERE key = 'snapshot_done'`)
              .run(JSON.stringify([...done, part.index]))
          })
          .immediate()
      } finally {
        load.close()
      }
    },

    makeIndex() {
      const sql = missing()[0]
      if (sql === undefined) return false
      db.transaction(() => {
        // What is only asked for is put anew at the end; until then it must not stand in the way of a code.
        for (const { case_id } of onlyAskedFor.all()) own.cases().remove(case_id)
        db.exec(sql)
      }).immediate()
      return missing().length > 0
    },

    end() {
      for (const { case_id } of onlyAskedFor.all()) own.cases().remove(case_id)
      meta.set('snapshot', null)
      meta.set('snapshot_done', null)
      isLoading = false
    },
  }
}

/** `CREATE [UNIQUE] INDEX name ON …`. */
const nameOf = (sql: string): string => /INDEX (\w+) ON/.exec(sql)![1]!
