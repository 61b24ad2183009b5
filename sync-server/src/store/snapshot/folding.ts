import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { CaseState } from '../../../../src-shared/cases/case.ts'
import type { CaseColumns } from '../../../../src-shared/cases/columns.ts'
import type { ClockColumns, FoldedCase, Standing } from './building-file.ts'
import { casesOfPiece, placesOfCase } from './cutting.ts'

export interface FoldedPage {
  readonly events: readonly {
    readonly seq: number
    readonly caseId: string
    readonly caseSeq: number
    readonly line: string
  }[]
  /** Every case of the page as it stands after it, in the order of their first events. */
  readonly cases: ReadonlyMap<string, CaseState>
  readonly seq: number
  readonly head: string
}

export interface Folding {
  standing(): Standing
  folded(caseId: string): CaseState | null
  take(page: FoldedPage): void
  /** Cases folded since their columns were made. */
  uncounted(limit: number): FoldedCase[]
  count(cases: readonly (FoldedCase & { readonly columns: CaseColumns })[]): void
  /** Cases that are not over, by row, after the row; only those whose clock stands still where `isStopped`. */
  open(afterRow: number, limit: number, isStopped: boolean): FoldedCase[]
  recount(cases: readonly (ClockColumns & { readonly row: number })[]): void
  setRevision(revision: number): void
  /** Goes on merging the search index into one piece, a little at a time; true when it is one. */
  mergeWords(): boolean
}

const mergedPages = 1_000
interface FoldedRow {
  row: number
  confirmed: string
}

export function foldingOf(db: Database.Database): Folding {
  const standing = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM standing')
  const stand = db.prepare('UPDATE standing SET value = ? WHERE key = ?')
  const byId = db.prepare<[string], FoldedRow>('SELECT row, confirmed FROM cases WHERE case_id = ?')
  const put = db.prepare<[string, string], { row: number }>(
    `INSERT INTO cases (case_id, confirmed, is_counted) VALUES (?, ?, 0)
     ON CONFLICT (case_id) DO UPDATE SET confirmed = excluded.confirmed, is_counted = 0 RETURNING row`,
  )
  const addEvent = db.prepare('INSERT INTO events (place, seq, body) VALUES (?, ?, ?)')
  const uncounted = db.prepare<[number], FoldedRow>(
    'SELECT row, confirmed FROM cases WHERE is_counted = 0 ORDER BY row LIMIT ?',
  )
  const count = db.prepare(
    `UPDATE cases SET code = ?, stage = ?, agency_id = ?, call_id = ?, phone = ?, opened_by = ?, opened_at = ?, updated_at = ?,
       is_late = ?, is_final = ?, is_returned = ?, is_to_tell = ?, is_to_publish = ?, clock_state = ?, due_at = ?, soon_at = ?,
       is_counted = 1 WHERE row = ?`,
  )
  const wordsHash = db.prepare<[number], Buffer | null>('SELECT words_hash FROM cases WHERE row = ?').pluck()
  const setWordsHash = db.prepare('UPDATE cases SET words_hash = ? WHERE row = ?')
  const forgetWords = db.prepare('DELETE FROM cases_fts WHERE rowid = ?')
  const addWords = db.prepare('INSERT INTO cases_fts (rowid, text) VALUES (?, ?)')
  const forgetMarks = db.prepare('DELETE FROM case_marks WHERE row = ?')
  const addMark = db.prepare('INSERT INTO case_marks (mark, row) VALUES (?, ?)')
  const open = db.prepare<[number, number, number], FoldedRow>(
    `SELECT row, confirmed FROM cases WHERE is_final = 0 AND row > ? AND (? = 0 OR clock_state = 'stopped') ORDER BY row LIMIT ?`,
  )
  const recount = db.prepare(
    `UPDATE cases SET clock_state = $clockState, due_at = $dueAt, soon_at = $soonAt
     WHERE row = $row AND (clock_state IS NOT $clockState OR due_at IS NOT $dueAt OR soon_at IS NOT $soonAt)`,
  )
  const spoil = db.prepare('DELETE FROM pieces WHERE holds = ? AND piece = ?')
  const spoilSearch = db.prepare(`DELETE FROM pieces WHERE holds = 'search'`)
  const merge = db.prepare(`INSERT INTO cases_fts (cases_fts, rank) VALUES ('merge', ?)`)
  const segments = db.prepare<[], number>('SELECT count(DISTINCT segid) FROM cases_fts_idx').pluck()
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck()

  let isMerging = false

  const read = ({ row, confirmed }: FoldedRow): FoldedCase => ({ row, confirmed: JSON.parse(confirmed) as CaseState })
  /** What was cut of these rows no longer holds what is here. */
  const spoilRows = (rows: Iterable<number>): void => {
    for (const piece of new Set(Array.from(rows, (row) => Math.floor((row - 1) / casesOfPiece))))
      spoil.run('cases', piece)
  }

  /** True where the words are others than those in the index. */
  const putWords = (row: number, text: string): boolean => {
    const hash = createHash('sha256').update(text).digest()
    const before = wordsHash.get(row) ?? null
    if (before?.equals(hash)) return false
    if (before !== null) forgetWords.run(row)
    addWords.run(row, text)
    setWordsHash.run(hash, row)
    return true
  }

  return {
    standing() {
      const of = new Map(standing.all().map(({ key, value }) => [key, value]))
      return {
        format: of.get('format')!,
        registerId: of.get('registerId')!,
        seq: Number(of.get('seq')),
        head: of.get('head')!,
        revision: Number(of.get('revision')),
      }
    },
    folded(caseId) {
      const row = byId.get(caseId)
      return row === undefined ? null : (JSON.parse(row.confirmed) as CaseState)
    },
    take: db.transaction((page: FoldedPage) => {
      const rows = new Map<string, number>()
      for (const [caseId, state] of page.cases) rows.set(caseId, put.get(caseId, JSON.stringify(state))!.row)
      for (const { seq, caseId, caseSeq, line } of page.events) {
        if (caseSeq >= placesOfCase) throw new Error(`the case ${caseId} has ${caseSeq} events`)
        addEvent.run(rows.get(caseId)! * placesOfCase + caseSeq, seq, line)
      }
      spoilRows(rows.values())
      stand.run(String(page.seq), 'seq')
      stand.run(page.head, 'head')
    }),
    uncounted: (limit) => uncounted.all(limit).map(read),
    count: db.transaction((cases: Parameters<Folding['count']>[0]) => {
      let areWordsNew = false
      for (const { row, confirmed, columns: c } of cases) {
        count.run(
          confirmed.code,
          confirmed.stage,
          c.agencyId,
          c.callId,
          c.phone,
          c.openedBy,
          c.openedAt,
          c.updatedAt,
          Number(confirmed.isLate),
          Number(c.isFinal),
          Number(c.isReturned),
          Number(c.isToTell),
          Number(c.isToPublish),
          c.clockState,
          c.dueAt,
          c.soonAt,
          row,
        )
        forgetMarks.run(row)
        for (const mark of c.marks) addMark.run(mark, row)
        if (putWords(row, c.text)) areWordsNew = true
      }
      if (areWordsNew) spoilSearch.run()
    }),
    open: (afterRow, limit, isStopped) => open.all(afterRow, Number(isStopped), limit).map(read),
    recount: db.transaction((cases: Parameters<Folding['recount']>[0]) => {
      spoilRows(cases.filter((each) => recount.run(each).changes > 0).map(({ row }) => row))
    }),
    setRevision: (revision) => void stand.run(String(revision), 'revision'),
    mergeWords() {
      if (!isMerging && segments.get()! <= 1) return true
      const before = changes.get()!
      // FTS5: a negative number lays all pieces side by side, after which positive ones go on with the same merge.
      merge.run(isMerging ? mergedPages : -mergedPages)
      // FTS5: a difference of less than two means that there was nothing to do.
      isMerging = changes.get()! - before >= 2
      if (isMerging) spoilSearch.run()
      return !isMerging
    },
  }
}
