import { type Kysely, sql } from 'kysely'

/** The register, its projections, its people and its outbox. STRICT: a number never becomes text by accident. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT',
  "INSERT INTO counters (name, value) VALUES ('seq', 0), ('reference', 0)",
  `CREATE TABLE events (
    seq INTEGER PRIMARY KEY, case_id TEXT NOT NULL, case_seq INTEGER NOT NULL, name TEXT NOT NULL,
    at INTEGER NOT NULL, day TEXT NOT NULL, command_id TEXT NOT NULL, hash TEXT NOT NULL, line TEXT NOT NULL
  ) STRICT`,
  'CREATE UNIQUE INDEX events_case ON events (case_id, case_seq)',
  'CREATE TABLE day_chain (day TEXT PRIMARY KEY, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL, head TEXT NOT NULL) STRICT',
  `CREATE TABLE answers (
    command_id TEXT PRIMARY KEY, desk_id TEXT NOT NULL, n INTEGER NOT NULL, answer_json TEXT NOT NULL,
    answered_at INTEGER NOT NULL
  ) STRICT`,
  'CREATE UNIQUE INDEX answers_desk ON answers (desk_id, n)',
  'CREATE TABLE desks (desk_id TEXT PRIMARY KEY, next_n INTEGER NOT NULL, seen_at INTEGER NOT NULL) STRICT',
  `CREATE TABLE code_blocks (
    year INTEGER NOT NULL, from_number INTEGER NOT NULL, to_number INTEGER NOT NULL, desk_id TEXT NOT NULL,
    leased_at INTEGER NOT NULL, PRIMARY KEY (year, from_number), CHECK (to_number >= from_number)
  ) STRICT`,
  `CREATE TABLE cases (
    case_id TEXT PRIMARY KEY, code TEXT NOT NULL, stage TEXT NOT NULL, agency_id TEXT, field_id TEXT, area_id TEXT,
    channel TEXT NOT NULL, is_late INTEGER NOT NULL, due_at INTEGER, phone TEXT NOT NULL, opened_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL, last_seq INTEGER NOT NULL, version INTEGER NOT NULL, head_hash TEXT NOT NULL,
    state_json TEXT NOT NULL
  ) STRICT`,
  'CREATE UNIQUE INDEX cases_code ON cases (code)',
  'CREATE INDEX cases_due ON cases (due_at) WHERE due_at IS NOT NULL',
  'CREATE INDEX cases_agency ON cases (agency_id, updated_at) WHERE agency_id IS NOT NULL',
  'CREATE INDEX cases_phone ON cases (phone, opened_at)',
  'CREATE TABLE case_opinions (agency_id TEXT NOT NULL, case_id TEXT NOT NULL, PRIMARY KEY (agency_id, case_id)) STRICT',
  'CREATE INDEX case_opinions_case ON case_opinions (case_id)',
  'CREATE TABLE case_recordings (recording_id TEXT PRIMARY KEY, case_id TEXT NOT NULL) STRICT',
  `CREATE TABLE listenings (
    at INTEGER NOT NULL, account_id TEXT NOT NULL, recording_id TEXT NOT NULL, from_byte INTEGER NOT NULL,
    to_byte INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE accounts (
    account_id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL, agency_id TEXT,
    title TEXT NOT NULL, phone TEXT NOT NULL, password_hash TEXT, is_disabled INTEGER NOT NULL, created_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts, desk_id TEXT, case_id TEXT,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, ended_at INTEGER, ended_reason TEXT
  ) STRICT`,
  'CREATE INDEX sessions_account ON sessions (account_id, desk_id)',
  `CREATE TABLE slip_links (
    link_hash TEXT PRIMARY KEY, message_id TEXT NOT NULL, case_id TEXT NOT NULL, account_id TEXT NOT NULL,
    phone TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT`,
  'CREATE INDEX slip_links_message ON slip_links (message_id)',
  `CREATE TABLE one_time_codes (
    link_hash TEXT PRIMARY KEY, code_hash TEXT NOT NULL, expires_at INTEGER NOT NULL, tries_left INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE messages (
    message_id TEXT PRIMARY KEY, case_id TEXT, kind TEXT NOT NULL, channel TEXT NOT NULL, recipient TEXT NOT NULL,
    recipient_name TEXT NOT NULL, account_id TEXT, params_json TEXT NOT NULL, state TEXT NOT NULL, text TEXT,
    not_before_at INTEGER NOT NULL, next_try_at INTEGER NOT NULL, attempts INTEGER NOT NULL, created_at INTEGER NOT NULL,
    sent_at INTEGER, gateway TEXT, problem TEXT
  ) STRICT`,
  "CREATE INDEX messages_waiting ON messages (next_try_at) WHERE state = 'waiting'",
  'CREATE INDEX messages_newest ON messages (created_at)',
  'CREATE TABLE reference_parts (part TEXT PRIMARY KEY, body_json TEXT NOT NULL) STRICT',
  `CREATE TABLE publications (
    case_id TEXT PRIMARY KEY, code TEXT NOT NULL, field_id TEXT, agency_id TEXT, question TEXT NOT NULL,
    answer TEXT NOT NULL, published_at INTEGER NOT NULL, folded TEXT NOT NULL
  ) STRICT`,
  'CREATE INDEX publications_newest ON publications (published_at)',
]
