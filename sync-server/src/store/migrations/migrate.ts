import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { up as register } from './0001-register.ts'

// Numbered, never edited once released; a new one is added below.
const migrations: Record<string, Migration> = { '0001-register': { up: register } }

/** @throws Error of the first migration that failed; the ones before it stay done. */
export async function migrate<S>(db: Kysely<S>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}
