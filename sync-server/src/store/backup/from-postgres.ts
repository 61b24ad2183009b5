import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { stepsKnown, takeSteps } from '../migrations/migrate.ts'
import { tables } from '../move-to-postgres.ts'
import { connectionOver } from '../postgres/dialect.ts'
import { openSession, type Session } from '../postgres/session.ts'

const rowsAtOnce = 2_000

/**
 * The register on PostgreSQL as it stands at one instant, as an embedded file of the same steps: what was backed up here can be
 * restored there. Whoever reads in REPEATABLE READ holds up nobody who writes.
 * @throws NewerRegister, or the driver's Error
 * @returns false where the database holds no register
 */
export async function copyFromPostgres(url: string, part: string): Promise<boolean> {
  const session = await openSession(url)
  const target = new Database(part)
  try {
    await session.say('begin isolation level repeatable read read only')
    const steps = await stepsKnown(connectionOver(({ sql }, parameters) => session.ask(sql, parameters)).db)
    if (steps.length === 0) return false
    // Nobody takes a file that was cut short for a backup, so nothing need be on the disk before its end.
    target.pragma('journal_mode = OFF')
    target.pragma('synchronous = OFF')
    const empty = new Kysely<unknown>({ dialect: new SqliteDialect({ database: target }) })
    await takeSteps(empty, steps)
    target.exec('begin; delete from counters')
    for (const table of tables) await copyTable(table, session, target)
    target.exec('commit')
    return true
  } finally {
    target.close()
    await session.close()
  }
}

async function copyTable(table: string, session: Session, target: Database.Database): Promise<void> {
  const names = (target.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
  // A step that the register has not taken yet: the table is in neither.
  if (names.length === 0) return
  const insert = target.prepare(
    `insert into ${table} (${names.join(', ')}) values (${names.map((name) => `@${name}`).join(', ')})`,
  )
  // Each with a name of its own: what is prepared for one table does not fit another.
  const cursor = `backup_${table}`
  await session.say(`declare ${cursor} no scroll cursor for select ${names.join(', ')} from ${table}`)
  for (;;) {
    const rows = await session.ask(`fetch ${rowsAtOnce} from ${cursor}`, [])
    for (const row of rows) insert.run(row)
    if (rows.length < rowsAtOnce) break
  }
  await session.say(`close ${cursor}`)
}
