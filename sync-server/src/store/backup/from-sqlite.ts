import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { stepsMissing } from '../migrations/migrate.ts'

/**
 * The embedded register as it stands at one instant, while a server writes on: `VACUUM INTO` reads within one transaction, and
 * in WAL whoever reads holds up nobody who writes. SQLite's stepwise backup is not taken: each commit of another process makes
 * it begin again, so beside a busy morning it would not end.
 * @throws NewerRegister, or SQLite's Error
 */
export async function copyFromSqlite(file: string, part: string): Promise<void> {
  const source = new Database(file, { readonly: true, fileMustExist: true, timeout: 10_000 })
  try {
    await stepsMissing(new Kysely<unknown>({ dialect: new SqliteDialect({ database: source }) }))
    source.prepare('vacuum into ?').run(part)
  } finally {
    source.close()
  }
}
