import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { CaseState } from '../../../../src-shared/cases/case.ts'
import type { CaseColumns } from '../../../../src-shared/cases/columns.ts'
import { cacheTables } from '../../../../src-shared/sync/cache-schema.ts'
import { type Cutting, cuttingOf } from './cutting.ts'
import { type Folding, foldingOf } from './folding.ts'

/** Where the file stands: whose register it follows, up to which event, and by which reference its deadlines are counted. */
export interface Standing {
  readonly format: string
  readonly registerId: string
  readonly seq: number
  /** Hash of the event at `seq`. */
  readonly head: string
  /** 0 while nothing is counted. */
  readonly revision: number
}

export interface FoldedCase {
  readonly row: number
  readonly confirmed: CaseState
}
export type ClockColumns = Pick<CaseColumns, 'clockState' | 'dueAt' | 'soonAt'>

/**
 * A register folded into the desk's tables, in a file of its own that follows the register and outlives the process: every
 * step is one transaction that also says how far it came. A case's columns, marks and words are made apart from its fold, once
 * before a snapshot is cut and not after each of its events.
 */
export interface BuildingFile extends Folding, Cutting {
  close(): void
}

// Raised with every change of the tables below: a file of another layout is made anew.
const layout = 1

const tables = `
CREATE TABLE standing (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE events (place INTEGER PRIMARY KEY, seq INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
-- The columns of the cache's table, empty until they are counted. words_hash: of the words that the index holds.
CREATE TABLE cases (
  row INTEGER PRIMARY KEY, case_id TEXT NOT NULL UNIQUE, confirmed TEXT NOT NULL, code TEXT, stage TEXT, agency_id TEXT,
  call_id TEXT, phone TEXT, opened_by TEXT, opened_at INTEGER, updated_at INTEGER, is_late INTEGER, is_final INTEGER,
  is_returned INTEGER, is_to_tell INTEGER, is_to_publish INTEGER, clock_state TEXT, due_at INTEGER, soon_at INTEGER,
  is_counted INTEGER NOT NULL, words_hash BLOB
) STRICT;
CREATE INDEX cases_uncounted ON cases (row) WHERE is_counted = 0;
CREATE INDEX cases_open ON cases (row) WHERE is_final = 0;
${cacheTables.case_marks};
CREATE INDEX case_marks_row ON case_marks (row);
${cacheTables.cases_fts};
-- Parts that were cut and still hold what is here: by kind and place, the file that holds it.
CREATE TABLE pieces (
  holds TEXT NOT NULL, piece INTEGER NOT NULL, rows INTEGER NOT NULL, size_bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
  PRIMARY KEY (holds, piece)
) STRICT;
PRAGMA user_version = ${layout};
`

/**
 * Opens the file, or makes it anew: where there is none, where it is torn, and where `isTrue` denies what it says it follows.
 * What it held can always be read again.
 * @throws Error of SQLite when the disk does not let it be made.
 */
export async function openBuildingFile(
  file: string,
  begun: Pick<Standing, 'format' | 'registerId'>,
  isTrue: (standing: Standing) => Promise<boolean>,
): Promise<BuildingFile> {
  mkdirSync(dirname(file), { recursive: true })
  try {
    const building = over(connect(file, begun))
    if (await isTrue(building.standing())) return building
    building.close()
  } catch (failure) {
    if (!isTorn(failure)) throw failure
  }
  removeBuildingFile(file)
  return over(connect(file, begun))
}

export function removeBuildingFile(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true })
}

const codeOf = (failure: unknown): string => (failure instanceof Error && 'code' in failure ? String(failure.code) : '')

export const isTorn = (failure: unknown): boolean => /^SQLITE_(NOTADB|CORRUPT)/.test(codeOf(failure))

export const isDiskFull = (failure: unknown): boolean => /^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)$/.test(codeOf(failure))

const over = (db: Database.Database): BuildingFile => ({
  ...foldingOf(db),
  ...cuttingOf(db),
  close: () => void db.close(),
})

function connect(file: string, begun: Pick<Standing, 'format' | 'registerId'>): Database.Database {
  const db = new Database(file)
  try {
    // A process whose server was killed may still be at its last step.
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = WAL')
    // What a power cut takes of it is folded again; what is left is whole.
    db.pragma('synchronous = NORMAL')
    db.pragma('cache_size = -32768')
    refuseDamage(db)
    if (db.pragma('user_version', { simple: true }) === layout) return db
    db.transaction(() => {
      db.exec(tables)
      const put = db.prepare('INSERT INTO standing (key, value) VALUES (?, ?)')
      for (const [key, value] of Object.entries({ ...begun, seq: 0, head: '', revision: 0 }))
        put.run(key, String(value))
    })()
    return db
  } catch (failure) {
    db.close()
    throw failure
  }
}

/** What is wrong here would be confirmed truth on a desk. A file of another layout is as good as torn. */
function refuseDamage(db: Database.Database): void {
  const found = db.pragma('quick_check(1)', { simple: true })
  const isEmpty = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0
  const isOther = !isEmpty && db.pragma('user_version', { simple: true }) !== layout
  if (found !== 'ok' || isOther) throw Object.assign(new Error(String(found)), { code: 'SQLITE_CORRUPT' })
}
