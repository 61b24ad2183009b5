import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeskId } from '../../../src-shared/ids.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import type { Store } from '../../../sync-server/src/store/store.ts'
import { tellTogether } from '../../../sync-server/src/sync/tellings.ts'

let dir: string
let store: Store
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bt1022-tellings-'))
  store = await openSqliteStore(join(dir, 'register.sqlite'))
})
afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true, force: true })
})

const telling = (deskId: string, waiting: number) => ({
  told: {
    ...{ deskId: deskId as DeskId, version: '0.2.0', protocol: 2, cursor: 0, waiting, attention: 0 },
    ...{ waitingSinceAt: null, clockOffsetMs: 0, told: 0 },
  },
  blocks: [],
  at: 1_000,
})
const waitingAt = async (deskId: string) => (await store.read.desks.desk(deskId))?.waiting ?? null

test('S26: five hundred that come back at once are written down in two transactions, each before it is answered', async () => {
  let transactions = 0
  const counted: Store = {
    ...store,
    write(work) {
      transactions += 1
      return store.write(work)
    },
  }
  const tell = tellTogether(counted)
  const first = tell(telling('desk-0', 0))
  await Promise.resolve()
  const told = Array.from({ length: 499 }, async (_, i) => {
    await tell(telling(`desk-${i + 1}`, i + 1))
    expect(await waitingAt(`desk-${i + 1}`)).toBe(i + 1)
  })
  await Promise.all([first, ...told])
  expect(transactions).toBe(2)
  expect((await store.read.desks.desks()).length).toBe(500)
})

test('S26: what a desk tells twice at once is what it said last', async () => {
  const tell = tellTogether(store)
  await Promise.all([1, 2, 3].map((waiting) => tell(telling('desk-a', waiting))))
  expect(await waitingAt('desk-a')).toBe(3)
})

test('S26: where the disk refuses, those who told hear of it, and the next are written', async () => {
  let isFull = true
  const tell = tellTogether({
    ...store,
    write: (work) => (isFull ? Promise.reject(new Error('disk full')) : store.write(work)),
  })
  const together = [tell(telling('desk-a', 1)), tell(telling('desk-b', 1))]
  for (const each of await Promise.allSettled(together)) expect(each.status).toBe('rejected')
  isFull = false
  await tell(telling('desk-a', 2))
  expect([await waitingAt('desk-a'), await waitingAt('desk-b')]).toEqual([2, null])
})
