import type { CaseState } from '../../src-shared/cases/case.ts'
import { wordsOf } from '../../src-shared/cases/columns.ts'
import type { WritableDatabase } from './database.ts'

/** The search index follows the stream and never holds it back (S34). */
export interface SearchIndex {
  /** Cases that a search does not find yet. */
  left(): number
  /** Indexes some more, oldest first, inside a transaction; answers how many it did: fewer than `limit` means that it has come to the end. */
  some(limit: number): number
}

export function openSearchIndex(db: WritableDatabase, isLoading: () => boolean): SearchIndex {
  const count = db.prepare<[], { count: number }>('SELECT count(*) AS count FROM cases WHERE is_indexed = 0')
  const next = db.prepare<[number], { row: number; state: string }>(
    'SELECT row, coalesce(shown, confirmed) AS state FROM cases WHERE is_indexed = 0 ORDER BY row LIMIT ?',
  )
  const forgetText = db.prepare('DELETE FROM cases_fts WHERE rowid = ?')
  const addText = db.prepare('INSERT INTO cases_fts (rowid, text) VALUES (?, ?)')
  const setIndexed = db.prepare('UPDATE cases SET is_indexed = 1 WHERE row = ?')
  return {
    left: () => (isLoading() ? 0 : count.get()!.count),
    some(limit) {
      if (isLoading()) return 0
      const rows = next.all(limit)
      for (const { row, state } of rows) {
        forgetText.run(row)
        addText.run(row, wordsOf(JSON.parse(state) as CaseState))
        setIndexed.run(row)
      }
      return rows.length
    },
  }
}
