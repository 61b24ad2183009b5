import Database from 'better-sqlite3'
import { CompiledQuery, Kysely, SqliteDialect } from 'kysely'
import { migrate } from './migrations/migrate.ts'
import { asBytes, linesQuery } from './queries/lines-query.ts'
import { over } from './queries/over.ts'
import type { Schema } from './schema.ts'
import type { Connection } from './statement.ts'
import type { Store } from './store.ts'

/**
 * The embedded store: one file, WAL, `synchronous=FULL`, because what the register answers is evidence. Two connections:
 * readers see only what is committed and never wait for a writer.
 * @param file must be a real file, since the two connections meet in it.
 * @throws Error of SQLite when the file cannot be opened or is not a database.
 */
export async function openSqliteStore(file: string): Promise<Store> {
  const writer = connect(file, false)
  await migrate(writer.db)
  const reader = connect(file, true)
  const queries = over(writer)
  const read = over(reader)
  const inTurn = oneAtATime()

  return {
    read: { ...read, register: { ...read.register, linesBetween: linesQuery(reader, asBytes) } },
    write: (work) =>
      inTurn(async () => {
        await begin(writer)
        try {
          const result = await work(queries)
          await writer.run(commit, [])
          return result
        } catch (failure) {
          await writer.run(rollback, [])
          throw failure
        }
      }),
    // One file belongs to one server.
    onElsewhere: () => () => undefined,
    async close() {
      await inTurn(async () => {
        await reader.close()
        await writer.close()
      })
    },
  }
}

const immediate = CompiledQuery.raw('begin immediate')
const commit = CompiledQuery.raw('commit')
const rollback = CompiledQuery.raw('rollback')

function connect(file: string, readonly: boolean): Connection & { close(): Promise<void> } {
  // No busy timeout: SQLite would wait inside a synchronous call and stop the whole process; `begin` waits instead.
  const database = new Database(file, { readonly, timeout: 0 })
  if (!readonly) refuseDamage(database)
  if (!readonly) database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  // 32 MB: with the 2 MB it begins with, a transaction of a hundred cases would put pages out and take them in again.
  if (!readonly) database.pragma('cache_size = -32768')
  const once = preparingOnce(database)
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: once }) })
  return {
    db,
    // Kysely closes only what it has used itself; and the last to close writes the log back into the file.
    async close() {
      await db.destroy()
      database.close()
    },
    // SQLite answers at once and this connection has one user at a time: Kysely's waiting room is not needed.
    async run({ sql }, parameters) {
      const prepared = once.prepare(sql)
      if (prepared.reader) return prepared.all(...parameters)
      prepared.run(...parameters)
      return []
    },
  }
}

/** Evidence is not written into a torn file: what is wrong must be seen at the start, not in the middle of a call. */
function refuseDamage(database: Database.Database): void {
  const found = database.pragma('quick_check(1)', { simple: true })
  if (found === 'ok') return
  database.close()
  throw Object.assign(new Error(String(found)), { code: 'SQLITE_CORRUPT' })
}

/** Half the time of a short statement is its preparing, and the register uses the same hundred over and over. */
function preparingOnce(database: Database.Database) {
  const prepared = new Map<string, Database.Statement>()
  return {
    prepare(sql: string): Database.Statement {
      const known = prepared.get(sql)
      if (known) return known
      // A list of varying length makes ever new texts.
      if (prepared.size >= maxPrepared) prepared.clear()
      const statement = database.prepare(sql)
      prepared.set(sql, statement)
      return statement
    },
    close: () => void database.close(),
  }
}

const busyWaitMs = 10_000
const maxPrepared = 500

/** IMMEDIATE: a transaction that reads first and writes later could otherwise be refused half-way by another process. */
async function begin({ run }: Connection): Promise<void> {
  const startedAt = performance.now()
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    try {
      await run(immediate, [])
      return
    } catch (failure) {
      const isBusy = failure instanceof Error && 'code' in failure && String(failure.code).startsWith('SQLITE_BUSY')
      if (!isBusy || performance.now() - startedAt > busyWaitMs) throw failure
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work, work)
    // SQLite answers at once, so a queue of transactions would never let the network have its turn in between.
    last = mine.then(breathe, breathe)
    return mine
  }
}
