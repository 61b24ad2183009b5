import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import { openRegisterId, putRegisterId, readRegisterId } from '../../../sync-server/src/sync/register-id.ts'

test('S19: a register has one id, also where two servers find none at the same moment, until it becomes another register', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-register-id-'))
  const store = await openSqliteStore(join(dir, 'register.sqlite'))
  expect(await readRegisterId(store.read.reference)).toBeNull()
  const first = await openRegisterId(store, uuidv7)
  // As it looked to a server that asked before the first had made it.
  const { reference } = store.read
  const early = { ...store, read: { ...store.read, reference: { ...reference, part: async () => null } } }
  expect(await openRegisterId(early, uuidv7)).toBe(first)
  expect(await openRegisterId(store, uuidv7)).toBe(first)
  const another = uuidv7()
  await store.write((tx) => putRegisterId(tx.reference, another))
  expect(await openRegisterId(store, uuidv7)).toBe(another)
  await store.close()
  rmSync(dir, { recursive: true, force: true })
})
