import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { up as register } from './0001-register.ts'
import { up as calendarChanges } from './0002-calendar-changes.ts'
import { up as dueInOrder } from './0003-due-in-order.ts'
import { up as desks } from './0004-desks.ts'

// Numbered, never edited once released; a new one is added below.
const migrations: Record<string, Migration> = {
  '0001-register': { up: register },
  '0002-calendar-changes': { up: calendarChanges },
  '0003-due-in-order': { up: dueInOrder },
  '0004-desks': { up: desks },
}

/** Going on would write into what a newer server knows and this one does not. */
export class NewerRegister extends Error {
  readonly step: string
  constructor(step: string) {
    super(`the register has taken the step ${step}, which this server does not know`)
    this.name = 'NewerRegister'
    this.step = step
  }
}

/** @throws NewerRegister before anything is written; otherwise the Error of the first migration that failed; the ones before it stay done. */
export async function migrate<S>(db: Kysely<S>): Promise<void> {
  await stepsMissing(db)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

/** The steps of this server that a register has not taken. @throws NewerRegister */
export async function stepsMissing<S>(db: Kysely<S>): Promise<string[]> {
  const taken = await stepsTaken(db)
  for (const step of taken) if (!Object.hasOwn(migrations, step)) throw new NewerRegister(step)
  return Object.keys(migrations).filter((step) => !taken.includes(step))
}

/** An empty database gets the tables of a register that has taken these steps and no later ones. */
export async function takeSteps<S>(db: Kysely<S>, steps: readonly string[]): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateTo(steps.at(-1)!)
  if (error !== undefined) throw error
}

/** In their order. @throws NewerRegister */
export async function stepsKnown<S>(db: Kysely<S>): Promise<string[]> {
  await stepsMissing(db)
  return stepsTaken(db)
}

async function stepsTaken<S>(db: Kysely<S>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const taken = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return taken.rows.map(({ name }) => name)
}
