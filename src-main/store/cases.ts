import type { CaseView } from '../../src-shared/bridge.ts'
import type { CaseState } from '../../src-shared/cases/case.ts'
import type { CaseColumns } from '../../src-shared/cases/columns.ts'
import { lineOf, parseRegisteredEvent, type RegisteredEvent } from '../../src-shared/cases/events.ts'
import type { WatchMark } from '../../src-shared/cases/watched.ts'
import type { CaseId } from '../../src-shared/ids.ts'
import { openCaseWriting, type PutCase } from './case-writing.ts'
import type { WritableDatabase } from './database.ts'

export interface StoredCase {
  readonly shown: CaseState
  readonly confirmed: CaseState | null
  readonly sync: CaseColumns['sync']
}

export interface Cases {
  get(caseId: string): StoredCase | null
  getByCode(code: string): StoredCase | null
  /** The newest case opened from a call. */
  getByCall(callId: string): StoredCase | null
  /** False where another case bears its code already: one that is only asked for is then not shown. */
  put(put: PutCase): boolean
  remove(caseId: string): void
  addEvent(event: RegisteredEvent): void
  events(caseId: string): RegisteredEvent[]
  list(view: CaseView, page: ListPage): { cases: StoredCase[]; total: number }
  count(view: CaseView, who: ListWho): number
  byPhone(phone: string, limit: number): { cases: StoredCase[]; total: number }
  /** A watched list, oldest case first; of one agency's slips where it is named. */
  watched(mark: WatchMark, agencyId: string | null, limit: number): { cases: StoredCase[]; total: number }
  /** Newest first; `match` is an FTS5 expression over folded words. */
  search(match: string, limit: number): StoredCase[]
  /** Some ids after a row, in order of rows, with the row to go on from. */
  idsAfter(row: number, limit: number): { row: number; caseId: CaseId }[]
  /** Cases of which something is still expected. */
  openIds(): CaseId[]
}

export interface ListWho {
  readonly accountId: string
  readonly now: number
}
export interface ListPage extends ListWho {
  readonly offset: number
  readonly limit: number
  readonly match: string | null
}

/** Each saved view as the condition and order its index was made for. */
const views: Record<CaseView, { where: string; order: string; needs: 'account' | 'now' | null }> = {
  all: { where: '1 = 1', order: 'opened_at DESC', needs: null },
  mine: { where: 'opened_by = ?', order: 'opened_at DESC', needs: 'account' },
  open: { where: 'is_final = 0', order: 'opened_at DESC', needs: null },
  late: { where: 'is_late = 1 AND is_final = 0', order: 'due_at, opened_at', needs: null },
  'due-soon': { where: `clock_state = 'running' AND is_late = 0 AND soon_at <= ?`, order: 'due_at', needs: 'now' },
  'to-tell': { where: 'is_to_tell = 1', order: 'updated_at', needs: null },
  'to-publish': { where: 'is_to_publish = 1', order: 'updated_at', needs: null },
  competence: { where: `stage = 'awaiting-competence'`, order: 'opened_at', needs: null },
  returned: { where: 'is_returned = 1', order: 'updated_at', needs: null },
}

interface Row {
  row: number
  shown: string | null
  confirmed: string | null
  sync: CaseColumns['sync']
}

/**
 * @param isLoading while a snapshot is taken: its search index is not whole, and nothing may be written into it.
 */
export function openCases(db: WritableDatabase, isLoading: () => boolean): Cases {
  const columns = 'row, shown, confirmed, sync'
  const byId = db.prepare<[string], Row>(`SELECT ${columns} FROM cases WHERE case_id = ?`)
  const byCode = db.prepare<[string], Row>(`SELECT ${columns} FROM cases WHERE code = ?`)
  const byCall = db.prepare<[string], Row>(
    `SELECT ${columns} FROM cases WHERE call_id = ? ORDER BY opened_at DESC LIMIT 1`,
  )
  const marked =
    'row IN (SELECT row FROM case_marks WHERE mark = $mark) AND ($agencyId IS NULL OR agency_id = $agencyId)'
  const watched = db.prepare<[object], Row>(
    `SELECT ${columns} FROM cases WHERE ${marked} ORDER BY opened_at LIMIT $limit`,
  )
  const countWatched = db.prepare<[object], { count: number }>(`SELECT count(*) AS count FROM cases WHERE ${marked}`)
  const addEvent = db.prepare('INSERT OR IGNORE INTO events (seq, case_id, case_seq, body) VALUES (?, ?, ?, ?)')
  const events = db.prepare<[string], { body: string }>('SELECT body FROM events WHERE case_id = ? ORDER BY case_seq')
  const byPhone = db.prepare<[string, number], Row>(
    `SELECT ${columns} FROM cases WHERE phone = ? ORDER BY opened_at DESC LIMIT ?`,
  )
  const countPhone = db.prepare<[string], { count: number }>('SELECT count(*) AS count FROM cases WHERE phone = ?')
  const search = db.prepare<[string, number], Row>(
    `SELECT ${columns} FROM cases WHERE row IN (SELECT rowid FROM cases_fts WHERE cases_fts MATCH ? ORDER BY rowid DESC LIMIT ?)
     ORDER BY opened_at DESC`,
  )
  const idsAfter = db.prepare<[number, number], { row: number; caseId: CaseId }>(
    'SELECT row, case_id AS caseId FROM cases WHERE row > ? ORDER BY row LIMIT ?',
  )
  const openOnes = db.prepare<[], { case_id: CaseId }>('SELECT case_id FROM cases WHERE is_final = 0')
  const stored = (row: Row): StoredCase => {
    const confirmed = row.confirmed === null ? null : (JSON.parse(row.confirmed) as CaseState)
    return { shown: row.shown === null ? confirmed! : (JSON.parse(row.shown) as CaseState), confirmed, sync: row.sync }
  }
  const need = (view: CaseView, who: ListWho): (string | number)[] => {
    const { needs } = views[view]
    return needs === null ? [] : [needs === 'account' ? who.accountId : who.now]
  }

  return {
    get(caseId) {
      const row = byId.get(caseId)
      return row ? stored(row) : null
    },
    getByCode(code) {
      const row = byCode.get(code)
      return row ? stored(row) : null
    },
    getByCall(callId) {
      const row = byCall.get(callId)
      return row ? stored(row) : null
    },
    ...openCaseWriting(db, isLoading),
    addEvent: (event) => {
      addEvent.run(event.seq, event.caseId, event.caseSeq, lineOf(event))
    },
    events: (caseId) => events.all(caseId).map((row) => parseRegisteredEvent(JSON.parse(row.body))),
    list(view, page) {
      if (page.match !== null && isLoading()) return { cases: [], total: 0 }
      const { where, order } = views[view]
      const found = page.match === null ? '' : ' AND row IN (SELECT rowid FROM cases_fts WHERE cases_fts MATCH ?)'
      const values = [...need(view, page), ...(page.match === null ? [] : [page.match])]
      const total = db
        .prepare<unknown[], { count: number }>(`SELECT count(*) AS count FROM cases WHERE ${where}${found}`)
        .get(...values)!.count
      const rows = db
        .prepare<unknown[], Row>(
          `SELECT ${columns} FROM cases WHERE ${where}${found} ORDER BY ${order} LIMIT ? OFFSET ?`,
        )
        .all(...values, page.limit, page.offset)
      return { cases: rows.map(stored), total }
    },
    count: (view, who) =>
      db
        .prepare<unknown[], { count: number }>(`SELECT count(*) AS count FROM cases WHERE ${views[view].where}`)
        .get(...need(view, who))!.count,
    byPhone: (phone, limit) => ({ cases: byPhone.all(phone, limit).map(stored), total: countPhone.get(phone)!.count }),
    watched: (mark, agencyId, limit) => ({
      cases: watched.all({ mark, agencyId, limit }).map(stored),
      total: countWatched.get({ mark, agencyId })!.count,
    }),
    search: (match, limit) => (isLoading() ? [] : search.all(match, limit).map(stored)),
    idsAfter: (row, limit) => idsAfter.all(row, limit),
    openIds: () => openOnes.all().map((row) => row.case_id),
  }
}
