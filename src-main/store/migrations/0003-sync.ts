/**
 * The tables as a snapshot carries them (src-shared/sync/cache-schema.ts); what was sent lately is kept, so that one living desk can
 * give it again to a register that has lost it (S20); a command that was answered lets its number go.
 */
export const sync = `
ALTER TABLE cases RENAME TO cases_before;
CREATE TABLE cases (
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
) STRICT;
INSERT INTO cases SELECT row, case_id, confirmed, CASE WHEN shown = confirmed THEN NULL ELSE shown END, code, stage, agency_id, call_id,
  phone, opened_by, opened_at, updated_at, is_late, is_final, is_returned, is_to_tell, is_to_publish, clock_state, due_at, soon_at, sync, 1
  FROM cases_before;
DROP TABLE cases_before;
CREATE UNIQUE INDEX cases_code ON cases (code);
CREATE INDEX cases_call ON cases (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX cases_opened ON cases (opened_at);
CREATE INDEX cases_phone ON cases (phone, opened_at);
CREATE INDEX cases_due ON cases (soon_at, due_at) WHERE clock_state = 'running' AND is_late = 0;
CREATE INDEX cases_mine ON cases (opened_by, opened_at);
CREATE INDEX cases_late ON cases (opened_at) WHERE is_late = 1 AND is_final = 0;
CREATE INDEX cases_open ON cases (opened_at) WHERE is_final = 0;
CREATE INDEX cases_competence ON cases (opened_at) WHERE stage = 'awaiting-competence';
CREATE INDEX cases_to_tell ON cases (updated_at) WHERE is_to_tell = 1;
CREATE INDEX cases_to_publish ON cases (updated_at) WHERE is_to_publish = 1;
CREATE INDEX cases_returned ON cases (updated_at) WHERE is_returned = 1;
CREATE INDEX cases_to_index ON cases (row) WHERE is_indexed = 0;

INSERT INTO meta SELECT 'head', json_extract(body, '$.hash') FROM events
  WHERE seq = (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'cursor');

ALTER TABLE outbox RENAME TO outbox_before;
DROP INDEX outbox_case;
-- In order of id; n only while the server has not answered.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  n INTEGER UNIQUE,
  command_id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL,
  code TEXT,
  body TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'attention')),
  last_seq INTEGER,
  refusal TEXT
) STRICT;
INSERT INTO outbox (n, command_id, case_id, code, body, made_at, state, last_seq, refusal)
  SELECT CASE state WHEN 'waiting' THEN n END, command_id, case_id, code, body, made_at, state, last_seq, refusal
  FROM outbox_before ORDER BY n;
DROP TABLE outbox_before;
CREATE INDEX outbox_case ON outbox (case_id, id);
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_coming ON outbox (last_seq) WHERE state = 'accepted';

-- Accepted, and its events have come; in the order in which they were sent.
CREATE TABLE sent (
  id INTEGER PRIMARY KEY,
  command_id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL,
  code TEXT,
  body TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  settled_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sent_settled ON sent (settled_at);
`
