import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../../src-main/store/migrate.ts'
import { cacheIndexes, cacheTables, caseColumnNames, snapshotTables } from '../../../src-shared/sync/cache-schema.ts'

describe('S35: the tables a snapshot carries are those of the desk', () => {
  let desk: Database.Database
  let cache: Database.Database
  beforeEach(() => {
    desk = new Database(':memory:')
    migrate(desk)
    cache = new Database(':memory:')
    for (const sql of [...Object.values(cacheTables), ...cacheIndexes]) cache.exec(sql)
  })
  afterEach(() => {
    desk.close()
    cache.close()
  })

  test.each(Object.keys(cacheTables))('S37: columns of %s', (table) => {
    const columns = (db: Database.Database) => db.pragma(`table_xinfo(${table})`)
    expect(columns(cache)).toEqual(columns(desk))
    const kind = (db: Database.Database) => db.prepare('SELECT type, wr, strict FROM pragma_table_list(?)').get(table)
    expect(kind(cache)).toEqual(kind(desk))
  })

  test('S37: indexes, each on the same columns under the same condition', () => {
    const indexes = (db: Database.Database) => {
      const of = db.prepare<[string], { name: string; sql: string | null }>(
        `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? ORDER BY name`,
      )
      return Object.keys(cacheTables).flatMap((table) =>
        of.all(table).map(({ name, sql }) => ({ table, name, sql: sql?.replace(/\s+/g, ' ') })),
      )
    }
    expect(indexes(cache)).toEqual(indexes(desk))
  })

  test('S37: the search index cuts and folds words alike', () => {
    const made = (db: Database.Database) =>
      db.prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE name = 'cases_fts'`).pluck().get()
    expect(made(cache)).toBe(made(desk))
  })

  test('S36: a part names every column there is', () => {
    for (const [table, columns] of Object.entries({ ...snapshotTables.cases, ...snapshotTables.search })) {
      const there = desk.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)
      expect([table, columns]).toEqual([table, there])
    }
    expect(snapshotTables.cases.cases).toBe(caseColumnNames)
  })
})
