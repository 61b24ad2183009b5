import { type Kysely, sql } from 'kysely'

/** Who entered what into a calendar, and when the register knew it (D14). `recounted` is null until the open clocks were. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE calendar_changes (
    change_id TEXT PRIMARY KEY, calendar_id TEXT NOT NULL, account_id TEXT NOT NULL, known_at INTEGER NOT NULL,
    revision INTEGER NOT NULL, seq INTEGER NOT NULL, entries_json TEXT NOT NULL, recounted INTEGER
  ) STRICT`,
  'CREATE UNIQUE INDEX calendar_changes_known ON calendar_changes (known_at)',
  'CREATE INDEX calendar_changes_unfinished ON calendar_changes (known_at) WHERE recounted IS NULL',
]
