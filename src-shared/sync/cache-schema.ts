import { foldVersion } from '../cases/apply.ts'
import { columnsVersion } from '../cases/columns.ts'
import { foldWordsVersion } from '../words/fold.ts'

/**
 * The tables of the desk's cache that hold the register, as they stand after its newest migration. The server folds the
 * register into the same tables beforehand and hands them out as a snapshot (S35–S37); a test holds this text and the
 * desk's migrations together. Raise `tableVersion` with every migration that changes one of these tables.
 */
export const tableVersion = 3

/** What a snapshot is made of; a desk takes only its own format and streams otherwise (S35). */
export const cacheFormat = `tables-${tableVersion} fold-${foldVersion} columns-${columnsVersion} words-${foldWordsVersion}`

/** Without indexes, which a load in bulk makes afterwards. */
export const cacheTables = {
  // `body` is the register's own line, byte for byte.
  events: `CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL,
  case_seq INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT`,

  // `confirmed` is the register's truth alone. `shown` has this desk's pending commands decided on top of it; NULL means
  // that nothing is pending and it is the same. `is_indexed`: its words are in cases_fts.
  cases: `CREATE TABLE cases (
  row INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL UNIQUE,
  confirmed TEXT,
  shown TEXT,
  code TEXT NOT NULL,
  stage TEXT NOT NULL,
  agency_id TEXT,
  call_id TEXT,
  phone TEXT NOT NULL,
  opened_by TEXT,
  opened_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  is_late INTEGER NOT NULL,
  is_final INTEGER NOT NULL,
  is_returned INTEGER NOT NULL,
  is_to_tell INTEGER NOT NULL,
  is_to_publish INTEGER NOT NULL,
  clock_state TEXT,
  due_at INTEGER,
  soon_at INTEGER,
  sync TEXT NOT NULL,
  is_indexed INTEGER NOT NULL DEFAULT 0
) STRICT`,

  case_marks: `CREATE TABLE case_marks (mark TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (mark, row)) STRICT, WITHOUT ROWID`,

  // Folded text (words/fold.ts): code, phone, name, address, content, answers.
  cases_fts: `CREATE VIRTUAL TABLE cases_fts USING fts5 (text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3')`,
} as const

export const cacheIndexes = [
  'CREATE INDEX events_case ON events (case_id, case_seq)',
  'CREATE UNIQUE INDEX cases_code ON cases (code)',
  'CREATE INDEX cases_call ON cases (call_id) WHERE call_id IS NOT NULL',
  'CREATE INDEX cases_opened ON cases (opened_at)',
  'CREATE INDEX cases_phone ON cases (phone, opened_at)',
  `CREATE INDEX cases_due ON cases (soon_at, due_at) WHERE clock_state = 'running' AND is_late = 0`,
  'CREATE INDEX cases_mine ON cases (opened_by, opened_at)',
  'CREATE INDEX cases_late ON cases (opened_at) WHERE is_late = 1 AND is_final = 0',
  'CREATE INDEX cases_open ON cases (opened_at) WHERE is_final = 0',
  `CREATE INDEX cases_competence ON cases (opened_at) WHERE stage = 'awaiting-competence'`,
  'CREATE INDEX cases_to_tell ON cases (updated_at) WHERE is_to_tell = 1',
  'CREATE INDEX cases_to_publish ON cases (updated_at) WHERE is_to_publish = 1',
  'CREATE INDEX cases_returned ON cases (updated_at) WHERE is_returned = 1',
  // S34: what the search index still has to follow; empty nearly always.
  'CREATE INDEX cases_to_index ON cases (row) WHERE is_indexed = 0',
  'CREATE INDEX case_marks_row ON case_marks (row)',
] as const

/** Columns by name and in order, so that a load never leans on the order of a migrated table. */
export const caseColumnNames = [
  'row',
  'case_id',
  'confirmed',
  'shown',
  'code',
  'stage',
  'agency_id',
  'call_id',
  'phone',
  'opened_by',
  'opened_at',
  'updated_at',
  'is_late',
  'is_final',
  'is_returned',
  'is_to_tell',
  'is_to_publish',
  'clock_state',
  'due_at',
  'soon_at',
  'sync',
  'is_indexed',
] as const

/**
 * The tables of a part, in the order in which they are loaded, each with its columns. A part is an SQLite image whose tables
 * bear the names of the cache's and hold nothing but these columns. The rows of the search index are those behind FTS5's own
 * table: an empty index has rows of its own, which are deleted before the first part of the kind is loaded.
 */
export const snapshotTables = {
  cases: { cases: caseColumnNames, events: ['seq', 'case_id', 'case_seq', 'body'], case_marks: ['mark', 'row'] },
  search: {
    cases_fts_data: ['id', 'block'],
    cases_fts_idx: ['segid', 'term', 'pgno'],
    cases_fts_docsize: ['id', 'sz', 'origin'],
    cases_fts_config: ['k', 'v'],
  },
} as const
