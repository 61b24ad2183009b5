import type { Draft } from '../../src-shared/bridge.ts'
import type { WritableDatabase } from './database.ts'

export interface Drafts {
  save(accountId: string, draft: { draftId: string; form: Record<string, unknown> }, savedAt: number): void
  list(accountId: string): Draft[]
  discard(accountId: string, draftId: string): void
  /** Out of a salvaged database; what was saved here since stays. */
  takeOver(accountId: string, draft: { draftId: string; form: Record<string, unknown> }, savedAt: number): void
}

export function openDrafts(db: WritableDatabase, toIso: (at: number) => string): Drafts {
  const save = db.prepare(
    `INSERT INTO drafts (account_id, draft_id, form, saved_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (account_id, draft_id) DO UPDATE SET form = excluded.form, saved_at = excluded.saved_at`,
  )
  const takeOver = db.prepare(
    `INSERT INTO drafts (account_id, draft_id, form, saved_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (account_id, draft_id) DO UPDATE SET form = excluded.form, saved_at = excluded.saved_at
     WHERE excluded.saved_at > saved_at`,
  )
  const list = db.prepare<[string], { draft_id: string; form: string; saved_at: number; code: string | null }>(
    `SELECT d.draft_id, d.form, d.saved_at, r.code FROM drafts d LEFT JOIN reserved_codes r ON r.draft_id = d.draft_id
     WHERE d.account_id = ? ORDER BY d.saved_at DESC`,
  )
  const discard = db.prepare('DELETE FROM drafts WHERE account_id = ? AND draft_id = ?')
  return {
    save: (accountId, draft, savedAt) => {
      save.run(accountId, draft.draftId, JSON.stringify(draft.form), savedAt)
    },
    list: (accountId) =>
      list.all(accountId).map((row) => ({
        draftId: row.draft_id,
        form: JSON.parse(row.form) as Record<string, unknown>,
        code: row.code,
        savedAt: toIso(row.saved_at),
      })),
    takeOver: (accountId, draft, savedAt) => {
      takeOver.run(accountId, draft.draftId, JSON.stringify(draft.form), savedAt)
    },
    discard: (accountId, draftId) => {
      discard.run(accountId, draftId)
    },
  }
}
