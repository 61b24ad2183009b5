import type { CaseState } from '../../src-shared/cases/case.ts'
import { type CaseColumns, wordsOf } from '../../src-shared/cases/columns.ts'
import { caseColumnNames } from '../../src-shared/sync/cache-schema.ts'
import type { StoredCase } from './cases.ts'
import type { WritableDatabase } from './database.ts'

export interface PutCase {
  readonly confirmed: CaseState | null
  /** With what is pending decided on top; the same object as `confirmed` where nothing is. */
  readonly shown: CaseState
  readonly columns: CaseColumns
  /** What stood here before; null for a case that is new here, undefined where nobody has looked. */
  readonly before: StoredCase | null | undefined
  /** Whether a search finds it at once, or when the indexing has come to it (S34). */
  readonly isIndexedAtOnce: boolean
}

export interface CaseWriting {
  /** False where another case bears its code already: one that is only asked for is then not shown. */
  put(put: PutCase): boolean
  remove(caseId: string): void
}

/** While a snapshot is taken its rows have numbers of their own; what is only asked for stands far above them (S36). */
export const localRows = 2 ** 40

interface Written {
  readonly row: number
  readonly wasIndexed: boolean
}

/** A case, its marks and its words, written together. */
export function openCaseWriting(db: WritableDatabase, isLoading: () => boolean): CaseWriting {
  const names = caseColumnNames.join(', ')
  const values = caseColumnNames.map(() => '?').join(', ')
  const changing = caseColumnNames.filter((name) => !['row', 'case_id', 'is_indexed'].includes(name))
  // Nearly all that a first sync writes is new, and an insert that knows it costs less.
  const insert = db.prepare(`INSERT INTO cases (${names}) VALUES (${values})`)
  const upsert = db.prepare<unknown[], { row: number; is_indexed: number }>(
    `INSERT INTO cases (${names}) VALUES (${values})
     ON CONFLICT (case_id) DO UPDATE SET ${changing.map((name) => `${name} = excluded.${name}`).join(', ')}
     RETURNING row, is_indexed`,
  )
  const forgetText = db.prepare('DELETE FROM cases_fts WHERE rowid = ?')
  const addText = db.prepare('INSERT INTO cases_fts (rowid, text) VALUES (?, ?)')
  const setIndexed = db.prepare('UPDATE cases SET is_indexed = ? WHERE row = ?')
  const forgetMarks = db.prepare('DELETE FROM case_marks WHERE row = ?')
  const addMark = db.prepare('INSERT INTO case_marks (mark, row) VALUES (?, ?)')
  const highest = db.prepare<[], { row: number | null }>('SELECT max(row) AS row FROM cases')
  const onlyAskedFor = db.prepare<[string, string], { case_id: string }>(
    'SELECT case_id FROM cases WHERE code = ? AND case_id <> ? AND confirmed IS NULL',
  )
  const remove = db.prepare<[string], { row: number; is_indexed: number }>(
    'DELETE FROM cases WHERE case_id = ? RETURNING row, is_indexed',
  )

  const write = (given: PutCase, isIndexed: boolean): Written => {
    const row = isLoading() ? Math.max(highest.get()!.row ?? 0, localRows) + 1 : null
    const cells = cellsOf(given, row, isIndexed)
    if (given.before === null) return { row: Number(insert.run(cells).lastInsertRowid), wasIndexed: false }
    const written = upsert.get(cells)!
    return { row: written.row, wasIndexed: written.is_indexed === 1 }
  }

  const put = (given: PutCase): boolean => {
    const { shown, columns, before } = given
    const isIndexedAtOnce = given.isIndexedAtOnce && !isLoading()
    let written: Written
    try {
      written = write(given, isIndexedAtOnce)
    } catch (error) {
      if (!isTaken(error)) throw error
      if (given.confirmed === null) return false
      for (const { case_id } of onlyAskedFor.all(shown.code, shown.id)) removeCase(case_id)
      written = write(given, isIndexedAtOnce)
    }
    const { row, wasIndexed } = written
    // The words of most events are the case's own words still: the index then has nothing to do.
    const isTextSame = before != null && wordsOf(before.shown) === columns.text
    if (!isLoading() && !isTextSame) {
      if (wasIndexed) forgetText.run(row)
      if (isIndexedAtOnce) {
        addText.run(row, columns.text)
        if (before !== null && !wasIndexed) setIndexed.run(1, row)
      } else if (wasIndexed) setIndexed.run(0, row)
    }
    if (before !== null) forgetMarks.run(row)
    for (const mark of columns.marks) addMark.run(mark, row)
    return true
  }

  const removeCase = (caseId: string) => {
    const gone = remove.get(caseId)
    if (!gone) return
    if (gone.is_indexed === 1 && !isLoading()) forgetText.run(gone.row)
    forgetMarks.run(gone.row)
  }

  return { put, remove: removeCase }
}

/** In the order of `caseColumnNames`. */
function cellsOf(
  { confirmed, shown, columns: c }: PutCase,
  row: number | null,
  isIndexed: boolean,
): (string | number | null)[] {
  return [
    row,
    shown.id,
    confirmed === null ? null : JSON.stringify(confirmed),
    shown === confirmed ? null : JSON.stringify(shown),
    shown.code,
    shown.stage,
    c.agencyId,
    c.callId,
    c.phone,
    c.openedBy,
    c.openedAt,
    c.updatedAt,
    Number(shown.isLate),
    Number(c.isFinal),
    Number(c.isReturned),
    Number(c.isToTell),
    Number(c.isToPublish),
    c.clockState,
    c.dueAt,
    c.soonAt,
    c.sync,
    Number(isIndexed),
  ]
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE'
