import { type Kysely, sql } from 'kysely'

/**
 * What the server knows of each desk (S26), how far its blocks of numbers are used (S21), and the orders to destroy one (S39).
 * A desk of before that has not met yet has told nothing: its columns are null.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  "ALTER TABLE desks ADD COLUMN name TEXT NOT NULL DEFAULT ''",
  'ALTER TABLE desks ADD COLUMN version TEXT',
  'ALTER TABLE desks ADD COLUMN protocol INTEGER',
  'ALTER TABLE desks ADD COLUMN taken_seq INTEGER',
  'ALTER TABLE desks ADD COLUMN waiting INTEGER',
  'ALTER TABLE desks ADD COLUMN attention INTEGER',
  'ALTER TABLE desks ADD COLUMN waiting_since INTEGER',
  'ALTER TABLE desks ADD COLUMN clock_offset INTEGER',
  'ALTER TABLE desks ADD COLUMN told INTEGER',
  'ALTER TABLE desks ADD COLUMN met_at INTEGER',
  // Desks that only leased, or only signed in, were not written down so far.
  `INSERT INTO desks (desk_id, next_n, seen_at)
    SELECT desk_id, 1, max(created_at) FROM sessions
    WHERE desk_id IS NOT NULL AND desk_id NOT IN (SELECT desk_id FROM desks) GROUP BY desk_id`,
  'ALTER TABLE code_blocks ADD COLUMN next_number INTEGER',
  'ALTER TABLE code_blocks ADD COLUMN void_from INTEGER',
  'CREATE INDEX code_blocks_desk ON code_blocks (desk_id, year)',
  'CREATE INDEX sessions_desk ON sessions (desk_id, account_id, created_at)',
  `CREATE TABLE desk_wipes (
    order_id TEXT PRIMARY KEY, desk_id TEXT NOT NULL, reason TEXT NOT NULL, ordered_at INTEGER NOT NULL,
    ordered_by TEXT NOT NULL, done_at INTEGER, lost_commands INTEGER, lost_recordings INTEGER
  ) STRICT`,
  'CREATE INDEX desk_wipes_desk ON desk_wipes (desk_id, ordered_at)',
  // One order at a time, whichever server takes it.
  'CREATE UNIQUE INDEX desk_wipes_open ON desk_wipes (desk_id) WHERE done_at IS NULL',
]
