/** The desk's cache: confirmed events as the server sent them, the cases folded from them, and what waits to be sent. */
export const first = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL,
  case_seq INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX events_case ON events (case_id, case_seq);

-- \`confirmed\` is the register's truth alone; \`shown\` has this desk's pending commands decided on top of it.
CREATE TABLE cases (
  row INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL UNIQUE,
  confirmed TEXT,
  shown TEXT NOT NULL,
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
  sync TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX cases_code ON cases (code);
CREATE INDEX cases_call ON cases (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX cases_opened ON cases (opened_at);
CREATE INDEX cases_phone ON cases (phone, opened_at);
CREATE INDEX cases_due ON cases (soon_at, due_at) WHERE clock_state = 'running' AND is_late = 0;
CREATE INDEX cases_mine ON cases (opened_by, opened_at);
CREATE INDEX cases_late ON cases (opened_at) WHERE is_late = 1 AND is_final = 0;
CREATE INDEX cases_open ON cases (opened_at) WHERE is_final = 0;
CREATE INDEX cases_stage ON cases (stage, opened_at);

-- Folded text (words/fold.ts): code, phone, name, address, content, answers.
CREATE VIRTUAL TABLE cases_fts USING fts5 (text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3');

CREATE TABLE outbox (
  n INTEGER PRIMARY KEY,
  command_id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL,
  code TEXT,
  body TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'attention')),
  last_seq INTEGER,
  refusal TEXT
) STRICT;
CREATE INDEX outbox_case ON outbox (case_id, n);

CREATE TABLE differences (
  id INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL,
  code TEXT NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;

-- A draft belongs to its author until he discards it.
CREATE TABLE drafts (
  account_id TEXT NOT NULL,
  draft_id TEXT NOT NULL,
  form TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, draft_id)
) STRICT;

CREATE TABLE code_blocks (
  year INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  next INTEGER NOT NULL,
  PRIMARY KEY (year, first)
) STRICT;
CREATE TABLE reserved_codes (draft_id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE articles (
  row INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (article_id, version)
) STRICT;
CREATE VIRTUAL TABLE articles_fts USING fts5 (title, words, answer, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3');
`
