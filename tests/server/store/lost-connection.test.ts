import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openPostgresStore } from '../../../sync-server/src/store/postgres.ts'
import type { Store } from '../../../sync-server/src/store/store.ts'
import { append, appendIn, follow } from './events.ts'
import { openLossyLine } from './lossy-line.ts'
import { type Cluster, noPostgres, startCluster } from './postgres.ts'
import { writeMany } from './write-many.ts'

const isOver = () => true

describe.skipIf(noPostgres !== null)('PostgreSQL that fails', () => {
  let cluster: Cluster
  let url: string
  beforeAll(async () => {
    // What is killed must be there afterwards: with fsync, as in a province.
    cluster = await startCluster({ isDurable: true })
  })
  beforeEach(async () => {
    url = await cluster.database()
  })
  afterAll(() => cluster?.remove())

  const terminate = async (which: string) => {
    const client = await cluster.client(url)
    const ours = "datname = current_database() and pid <> pg_backend_pid() and application_name = 'ban-truc-1022'"
    const { rows } = await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${ours} ${which}`)
    await client.end()
    return rows.length
  }

  test('PostgreSQL cut off in the middle of the work and started again: what was answered is there, and the work goes on', {
    timeout: 120_000,
  }, async () => {
    const patient = () => openPostgresStore(url, { patienceMs: 60_000 })
    const stores = await Promise.all(Array.from({ length: 3 }, patient))
    const writing = writeMany(stores, 'w', 8, 40)
    writing.catch(() => undefined)
    for (const reached of [60, 150]) {
      while ((await stores[0]!.read.register.lastSeq()) < reached);
      await cluster.stop('immediate')
      await cluster.start()
    }
    await expectAll(stores[0]!, await writing, 8 * 32)
    await Promise.all(stores.map((store) => store.close()))
  })

  test('a backend killed in mid-transaction: nothing of it stays, and it is done again from its beginning', async () => {
    const store = await openPostgresStore(url)
    await append(store, 'one')
    let runs = 0
    const seq = await store.write(async (tx) => {
      runs += 1
      const taken = await appendIn(tx, `run ${runs}`)
      if (runs === 1) expect(await terminate("and state = 'idle in transaction'")).toBe(1)
      return taken
    })
    expect([runs, seq]).toEqual([2, 2])
    expect(await follow(store, isOver)).toEqual(['one', 'run 2'])
    await store.close()
  })

  test('what a transaction itself throws is not tried again, nor what its own statement did wrong', async () => {
    const store = await openPostgresStore(url)
    let runs = 0
    const twice = store.write(async (tx) => {
      runs += 1
      await tx.register.addCodeBlock({ deskId: 'd' as never, year: 2026, from: 1, to: 9 }, 0)
      await tx.register.addCodeBlock({ deskId: 'd' as never, year: 2026, from: 1, to: 9 }, 0)
      // The mistake stands before this question, and is named by it and not by what came of it.
      await tx.register.lastSeq()
    })
    await expect(twice).rejects.toMatchObject({ code: '23505' })
    const swallowed = store.write(async (tx) => {
      runs += 1
      await tx.register.addCodeBlock({ deskId: 'd' as never, year: 2026, from: 9, to: 1 }, 0)
      await tx.register.lastSeq().catch(() => 0)
    })
    await expect(swallowed).rejects.toMatchObject({ code: '23514' })
    expect(runs).toBe(2)
    expect(await append(store, 'one')).toBe(1)
    await store.close()
  })

  test('a commit that never arrived is done again; one whose answer was lost is not', async () => {
    const line = await openLossyLine(url)
    const store = await openPostgresStore(line.url)
    for (const when of ['before', 'after'] as const) {
      let runs = 0
      line.cutAtNextCommit(when)
      await store.write((tx) => {
        runs += 1
        return appendIn(tx, `${when} ${runs}`)
      })
    }
    expect(await append(store, 'and on')).toBe(3)
    expect(await follow(store, isOver)).toEqual(['before 2', 'after 1', 'and on'])
    await store.close()
    await line.remove()
  })

  test('backends killed at random under eight writers: each answer once, none twice, and readers notice nothing', async () => {
    const stores = await Promise.all(Array.from({ length: 3 }, () => openPostgresStore(url)))
    let hasEnded = false
    const followed = follow(stores[0]!, () => hasEnded)
    const writing = writeMany(stores, 'w', 8, 20)
    let killed = 0
    while (killed < 40) killed += await terminate('order by random() limit 1')
    await expectAll(stores[0]!, await writing, 8 * 16)
    hasEnded = true
    expect(await followed).toHaveLength(8 * 16)
    await Promise.all(stores.map((store) => store.close()))
  })

  test('a database that stays away is a failure, not an endless wait', async () => {
    const store = await openPostgresStore(url, { patienceMs: 500 })
    await cluster.stop('fast')
    await expect(Promise.all([append(store, 'x'), append(store, 'y')])).rejects.toThrow()
    await expect(store.read.register.lastSeq()).rejects.toThrow()
    await cluster.start()
    expect(await append(store, 'again')).toBe(1)
    await store.close()
  })
})

async function expectAll(store: Store, answered: Record<string, number>, count: number): Promise<void> {
  const lines = await follow(store, isOver)
  expect(lines).toHaveLength(count)
  expect(Object.keys(answered)).toHaveLength(count)
  for (const [text, seq] of Object.entries(answered)) expect(lines[seq - 1]).toBe(text)
}
