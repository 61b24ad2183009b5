import { randomUUID } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import { inPostgresWords } from './migrations/in-postgres-words.ts'
import { migrate } from './migrations/migrate.ts'
import { openHearing } from './postgres/hearing.ts'
import { openReaders } from './postgres/readers.ts'
import { openWriter } from './postgres/writer.ts'
import { over } from './queries/over.ts'
import type { Connection } from './statement.ts'
import type { News, Store } from './store.ts'

const channel = 'bt1022'

/**
 * The register in PostgreSQL, for several servers at once. One connection writes, some read, one listens; it must be the
 * database itself and no pooler that hands out a connection for one transaction only.
 * @param url postgres://user:password@host:port/database, with the driver's parameters (`sslmode`, …)
 * @param patienceMs how long somebody waits for a database that is away; its restart takes seconds
 * @throws NewerRegister; otherwise the driver's Error when the database cannot be reached or refuses
 */
export async function openPostgresStore(url: string, { patienceMs = 20_000 } = {}): Promise<Store> {
  const id = randomUUID()
  const writer = await openWriter({ url, id, channel, patienceMs })
  try {
    await prepare(writer.connection)
  } catch (failure) {
    await writer.close()
    throw failure
  }
  const readers = openReaders(url, patienceMs)
  const listeners = new Set<(news: ReadonlySet<News>) => void>()
  let hearing: ReturnType<typeof openHearing> | null = null

  return {
    read: over(readers.connection),
    write: writer.write,
    onElsewhere(listener) {
      listeners.add(listener)
      hearing ??= openHearing(url, id, channel, (news) => {
        for (const each of listeners) each(news)
      })
      return () => listeners.delete(listener)
    },
    async close() {
      await hearing?.close()
      await writer.close()
      await readers.close()
    },
  }
}

/** Several servers that start at once take the steps once: the others wait, and find them taken. */
export async function prepare(connection: Connection): Promise<void> {
  await connection.db.executeQuery(lock)
  try {
    await migrate(connection.db.withPlugin(inPostgresWords))
    for (const statement of writers) await connection.db.executeQuery(CompiledQuery.raw(statement))
  } finally {
    await connection.db.executeQuery(unlock).catch(() => undefined)
  }
}

const key = 1_022_000_001
const lock = CompiledQuery.raw(`select pg_advisory_lock(${key})`)
const unlock = CompiledQuery.raw(`select pg_advisory_unlock(${key})`)

// What each process did last, written by its every transaction. It concerns this database alone, so it is no part of the
// register; a process that was killed leaves its row, which is worth nothing after the minute in which it might be asked for.
const writers = [
  `create table if not exists writers (
    writer text primary key, number bigint not null, at timestamptz not null default now()
  ) with (fillfactor = 50)`,
  "delete from writers where at < now() - interval '90 days'",
]
