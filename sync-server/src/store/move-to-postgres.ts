import Database from 'better-sqlite3'
import { CompiledQuery, Kysely, SqliteDialect } from 'kysely'
import { stepsMissing } from './migrations/migrate.ts'
import { connectionOver } from './postgres/dialect.ts'
import { openPipe } from './postgres/pipe.ts'
import { openSession } from './postgres/session.ts'
import { prepare } from './postgres.ts'
import { over } from './queries/over.ts'
import type { Schema } from './schema.ts'
import { type Connection, plainConnection } from './statement.ts'
import type { Reading } from './store.ts'

export type MoveRefused =
  /** A server of an older version left it: start this version's server on it once. */
  | { readonly refused: 'source-older'; readonly steps: readonly string[] }
  /** Something else has the file open, and might write into it what would then be missing. */
  | { readonly refused: 'source-in-use' }
  | { readonly refused: 'target-not-empty'; readonly table: string }
  /** Verified before and after; `side` says where it does not hold. Nothing was kept. */
  | { readonly refused: 'not-verified'; readonly side: 'source' | 'target'; readonly verdict: object }

export interface Moved<V> {
  readonly verdict: V
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>
}

// A row comes before the rows that point to it. A table that is added to the register and forgotten here does not compile.
export const tables = Object.keys({
  counters: true,
  events: true,
  day_chain: true,
  answers: true,
  desks: true,
  desk_wipes: true,
  code_blocks: true,
  cases: true,
  case_opinions: true,
  case_recordings: true,
  listenings: true,
  accounts: true,
  sessions: true,
  slip_links: true,
  one_time_codes: true,
  messages: true,
  reference_parts: true,
  publications: true,
  calendar_changes: true,
} satisfies Record<keyof Schema, true>) as (keyof Schema)[]
type Table = keyof Schema

const rowsAtOnce = 200

/**
 * Copies an embedded register into an empty PostgreSQL database, in one transaction that is verified before it is kept. The
 * file is only read, and no server can open it meanwhile.
 * @param verify recomputes a register's chains; asked of both
 */
export async function moveToPostgres<V extends { readonly ok: boolean }>(
  file: string,
  url: string,
  verify: (reading: Reading) => Promise<V>,
): Promise<Moved<V> | MoveRefused> {
  const source = openAlone(file)
  if (source === null) return { refused: 'source-in-use' }
  try {
    const embedded = plainConnection(new Kysely<Schema>({ dialect: new SqliteDialect({ database: source }) }))
    const steps = await stepsMissing(embedded.db)
    if (steps.length > 0) return { refused: 'source-older', steps }
    const verdict = await verify(over(embedded))
    if (!verdict.ok) return { refused: 'not-verified', side: 'source', verdict }
    return await copyInto(url, source, verdict, verify)
  } finally {
    source.close()
  }
}

async function copyInto<V extends { readonly ok: boolean }>(
  url: string,
  source: Database.Database,
  verdict: V,
  verify: (reading: Reading) => Promise<V>,
): Promise<Moved<V> | MoveRefused> {
  const pipe = openPipe(await openSession(url))
  try {
    const waiting = connectionOver(pipe.ask)
    const stranger = await strangerIn(waiting)
    if (stranger !== null) return { refused: 'target-not-empty', table: stranger }
    await prepare(waiting)
    await pipe.say("begin; select value from counters where name = 'seq' for update")
    const target = connectionOver(pipe.run)
    for (const table of tables) {
      if (!(await isFresh(target, table))) return { refused: 'target-not-empty', table }
    }
    await target.db.deleteFrom('counters').execute()
    const rows: Record<string, number> = {}
    for (const table of tables) rows[table] = await copyTable(table, source, target)
    const after = await verify(over(target))
    if (JSON.stringify(after) !== JSON.stringify(verdict)) {
      return { refused: 'not-verified', side: 'target', verdict: after }
    }
    await pipe.say('commit; analyze')
    return { verdict, rows }
  } finally {
    // What was not committed ends with the connection.
    await pipe.close()
  }
}

/** Null where another has it open: in WAL, whoever has it open holds a lock that this mode wants for itself alone. */
function openAlone(file: string): Database.Database | null {
  const source = new Database(file, { fileMustExist: true, timeout: 0 })
  try {
    source.pragma('locking_mode = EXCLUSIVE')
    source.prepare('select count(*) from sqlite_master').get()
    return source
  } catch (failure) {
    source.close()
    if (failure instanceof Error && 'code' in failure && String(failure.code).startsWith('SQLITE_BUSY')) return null
    throw failure
  }
}

async function strangerIn({ db }: Connection): Promise<string | null> {
  const ours = new Set<string>([...tables, 'writers', 'kysely_migration', 'kysely_migration_lock'])
  const found = await db.introspection.getTables({ withInternalKyselyTables: true })
  return found.find(({ name }) => !ours.has(name))?.name ?? null
}

/** As the migrations leave it. */
async function isFresh(target: Connection, table: Table): Promise<boolean> {
  const used = table === 'counters' ? 'where value <> 0' : ''
  return (await countOf(target, `select count(*) as n from ${table} ${used}`)) === 0
}

async function countOf(target: Connection, text: string): Promise<number> {
  const [row] = (await target.run(CompiledQuery.raw(text), [])) as { n: number }[]
  return row!.n
}

async function copyTable(table: Table, source: Database.Database, target: Connection): Promise<number> {
  const columns = source.pragma(`table_info(${table})`) as { name: string }[]
  const names = columns.map(({ name }) => name)
  let batch: Record<string, unknown>[] = []
  let copied = 0
  const put = async () => {
    if (batch.length === 0) return
    await target.db
      .insertInto(table)
      .columns(names as never)
      .values(batch as never)
      .execute()
    copied += batch.length
    batch = []
  }
  for (const row of source.prepare(`select * from ${table}`).iterate()) {
    batch.push(row as Record<string, unknown>)
    if (batch.length === rowsAtOnce) await put()
  }
  await put()
  const arrived = await countOf(target, `select count(*) as n from ${table}`)
  if (arrived !== copied) throw new Error(`${table}: ${copied} rows were sent and ${arrived} are there`)
  return copied
}
