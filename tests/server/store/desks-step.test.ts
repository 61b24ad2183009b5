import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { up as register } from '../../../sync-server/src/store/migrations/0001-register.ts'
import { up as calendarChanges } from '../../../sync-server/src/store/migrations/0002-calendar-changes.ts'
import { up as dueInOrder } from '../../../sync-server/src/store/migrations/0003-due-in-order.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'

test('S26: a register of before knows its desks at once, also those that only signed in, and none loses its number', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-step-'))
  const file = join(dir, 'register.sqlite')
  const database = new Database(file)
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) })
  const steps = {
    '0001-register': { up: register },
    '0002-calendar-changes': { up: calendarChanges },
    '0003-due-in-order': { up: dueInOrder },
  }
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => steps } }).migrateToLatest()
  expect(error).toBeUndefined()
  const account = "'p1', 'an', 'An', 'agent', null, '', '', null, 0, 0"
  database.exec(`
    INSERT INTO accounts VALUES (${account});
    INSERT INTO desks VALUES ('desk-1', 41, 1000);
    INSERT INTO code_blocks VALUES (2026, 1, 50, 'desk-1', 900);
    INSERT INTO sessions VALUES
      ('t1', 'p1', 'desk-1', null, 2000, 9000, null, null),
      ('t2', 'p1', 'desk-2', null, 3000, 9000, null, null),
      ('t3', 'p1', 'desk-2', null, 4000, 9000, null, null),
      ('t4', 'p1', null, null, 5000, 9000, null, null);
  `)
  await db.destroy()

  const store = await openSqliteStore(file)
  const desks = await store.read.desks.desks()
  expect(desks.map(({ deskId, seenAt, version }) => [deskId, seenAt, version])).toEqual([
    ['desk-1', 1000, null],
    ['desk-2', 4000, null],
  ])
  expect([await store.read.register.nextN('desk-1'), await store.read.register.nextN('desk-2')]).toEqual([41, 1])
  expect(await store.read.desks.blockUses('desk-1')).toMatchObject([
    { from: 1, to: 50, inCases: 0, next: 1, voidFrom: null },
  ])
  expect(await store.read.people.lastAtDesks()).toHaveLength(2)
  await store.close()
  rmSync(dir, { recursive: true, force: true })
})
