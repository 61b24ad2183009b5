import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import { storeContract } from './contract.ts'

storeContract('SQLite', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-store-'))
  return {
    open: () => openSqliteStore(join(dir, 'register.sqlite')),
    remove: async () => rmSync(dir, { recursive: true, force: true }),
  }
})

test('the register is written through to the disk, and its tables are strict', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-store-'))
  const file = join(dir, 'register.sqlite')
  const store = await openSqliteStore(file)
  const db = new Database(file)
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(() => db.exec("UPDATE counters SET value = 'nhiều'")).toThrow('cannot store TEXT')
  db.close()
  await store.close()
  rmSync(dir, { recursive: true, force: true })
})

test('a closed store leaves one file: whoever copies the register then has all of it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-store-'))
  const file = join(dir, 'register.sqlite')
  const store = await openSqliteStore(file)
  await store.write((tx) => tx.register.takeSeq(7))
  expect(await store.read.register.lastSeq()).toBe(7)
  await store.close()
  expect(readdirSync(dir)).toEqual(['register.sqlite'])
  rmSync(dir, { recursive: true, force: true })
})
