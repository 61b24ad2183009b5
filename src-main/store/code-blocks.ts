import type { LeasedBlock } from '../../src-shared/api/sync.ts'
import type { WritableDatabase } from './database.ts'

/** Numbers leased to this desk alone, so that a code told to a citizen during an outage is final and unique. */
export interface CodeBlocks {
  add(block: LeasedBlock): void
  /** The next number of a year, or null when the lease is used up. */
  take(year: number): number | null
  left(year: number): number
  reserved(draftId: string): string | null
  reserve(draftId: string, code: string): void
  /** The code went into a case, or back to nobody: a told code is never given again. */
  release(code: string): void
}

export function openCodeBlocks(db: WritableDatabase): CodeBlocks {
  const add = db.prepare('INSERT OR IGNORE INTO code_blocks (year, first, last, next) VALUES (?, ?, ?, ?)')
  const take = db.prepare<[number, number], { taken: number }>(
    `UPDATE code_blocks SET next = next + 1 WHERE rowid = (SELECT rowid FROM code_blocks WHERE year = ? AND next <= last ORDER BY first LIMIT 1)
     AND year = ? RETURNING next - 1 AS taken`,
  )
  const left = db.prepare<[number], { count: number | null }>(
    'SELECT sum(last - next + 1) AS count FROM code_blocks WHERE year = ?',
  )
  const reserved = db.prepare<[string], { code: string }>('SELECT code FROM reserved_codes WHERE draft_id = ?')
  const reserve = db.prepare('INSERT OR REPLACE INTO reserved_codes (draft_id, code) VALUES (?, ?)')
  const release = db.prepare('DELETE FROM reserved_codes WHERE code = ?')
  return {
    add: (block) => {
      add.run(block.year, block.from, block.to, block.from)
    },
    take: (year) => take.get(year, year)?.taken ?? null,
    left: (year) => left.get(year)?.count ?? 0,
    reserved: (draftId) => reserved.get(draftId)?.code ?? null,
    reserve: (draftId, code) => {
      reserve.run(draftId, code)
    },
    release: (code) => {
      release.run(code)
    },
  }
}
