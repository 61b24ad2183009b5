import { type SnapshotManifest, type SnapshotPart, snapshotManifestSchema } from '../../src-shared/api/snapshot.ts'
import { cacheIndexes, cacheTables, snapshotTables } from '../../src-shared/sync/cache-schema.ts'
import { localRows } from './case-writing.ts'
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
  /** Inside the transaction of `clear`. */
  begin(manifest: SnapshotManifest): void
  /** Which of the asked cases a part brings, and which that are only asked for bear an id or a code of it. */
  meets(image: Uint8Array, asked: ReadonlySet<string>): { brings: string[]; inTheWay: string[] }
  /** One transaction of its own, which also notes the part; call outside any other. */
  apply(part: SnapshotPart, image: Uint8Array): void
  /** Inside a transaction, after the last part: what is only asked for gives up its row, to be put behind those of the snapshot. */
  end(): void
}

const registerKeys = ['register_id', 'cursor', 'head', 'snapshot', 'snapshot_done'] as const

export function openSnapshotLoad(
  db: WritableDatabase,
  own: { file: string; key: StoreKey; meta: Meta; cases(): Pick<Cases, 'remove'> },
): SnapshotLoad {
  const { meta } = own
  const onlyAskedFor = db.prepare<[number], { case_id: string; code: string }>(
    'SELECT case_id, code FROM cases WHERE row > ?',
  )
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
      meta.set('snapshot', JSON.stringify(manifest))
      meta.set('snapshot_done', '[]')
      isLoading = true
    },

    meets(image, asked) {
      const part = openImage(image)
      try {
        const rows = part.prepare<[], { case_id: string; code: string }>('SELECT case_id, code FROM cases').all()
        const [ids, codes] = [new Set(rows.map((row) => row.case_id)), new Set(rows.map((row) => row.code))]
        return {
          brings: [...asked].filter((caseId) => ids.has(caseId)),
          inTheWay: onlyAskedFor
            .all(localRows)
            .filter((row) => ids.has(row.case_id) || codes.has(row.code))
            .map((row) => row.case_id),
        }
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

    end() {
      for (const { case_id } of onlyAskedFor.all(localRows)) own.cases().remove(case_id)
      meta.set('snapshot', null)
      meta.set('snapshot_done', null)
      isLoading = false
    },
  }
}
