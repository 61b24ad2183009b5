import type { CaseId } from '../../src-shared/ids.ts'
import type { WritableDatabase } from './database.ts'

export interface Differences {
  add(difference: { caseId: string; code: string; at: number; text: string }): void
  /** Newest first, at most 100. */
  list(): { caseId: CaseId; code: string; at: string; text: string }[]
}

export function openDifferences(db: WritableDatabase, toIso: (at: number) => string): Differences {
  const add = db.prepare('INSERT INTO differences (case_id, code, at, text) VALUES (?, ?, ?, ?)')
  const list = db.prepare<[], { case_id: CaseId; code: string; at: number; text: string }>(
    'SELECT case_id, code, at, text FROM differences ORDER BY id DESC LIMIT 100',
  )
  return {
    add: ({ caseId, code, at, text }) => {
      add.run(caseId, code, at, text)
    },
    list: () => list.all().map((row) => ({ caseId: row.case_id, code: row.code, at: toIso(row.at), text: row.text })),
  }
}
