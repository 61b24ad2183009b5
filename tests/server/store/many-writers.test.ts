import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgresStore } from '../../../sync-server/src/store/postgres.ts'
import type { News, Store } from '../../../sync-server/src/store/store.ts'
import { append, follow } from './events.ts'
import { type Cluster, noPostgres, startCluster } from './postgres.ts'
import { writeMany } from './write-many.ts'

const writingProcess = resolve(import.meta.dirname, 'writing-process.ts')

describe.skipIf(noPostgres !== null)('several servers on one PostgreSQL', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster?.remove())

  test('32 writers in three processes: whoever follows the cursor misses nothing and sees no gap', async () => {
    const url = await cluster.database()
    const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgresStore(url)))
    const reader = await openPostgresStore(url)
    const inProcess = async (name: string) => {
      const { stdout } = await promisify(execFile)(process.execPath, [writingProcess, url, name, '3', '12', '15'])
      return JSON.parse(stdout) as Record<string, number>
    }
    let isOver = false
    const followed = follow(reader, () => isOver)
    const answers = await Promise.all([inProcess('p1'), inProcess('p2'), writeMany(stores, 'here', 8, 15)])
    isOver = true
    const lines = await followed
    const answered = Object.assign({}, ...answers) as Record<string, number>
    expect(Object.keys(answered)).toHaveLength(32 * 12)
    expect(lines).toHaveLength(32 * 12)
    for (const [text, seq] of Object.entries(answered)) expect(lines[seq - 1]).toBe(text)
    await Promise.all([reader, ...stores].map((store) => store.close()))
  })

  test('eight that start at once on an empty database take the migrations once', async () => {
    const url = await cluster.database()
    const stores = await Promise.all(Array.from({ length: 8 }, () => openPostgresStore(url)))
    const seqs = await Promise.all(stores.map((store, i) => append(store, `${i}`)))
    expect(seqs.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    await Promise.all(stores.map((store) => store.close()))
    const client = await cluster.client(url)
    expect((await client.query('select * from writers')).rows).toEqual([])
    await client.end()
  })

  test('a commit wakes the other processes and says what it concerned, not the one that made it', async () => {
    const url = await cluster.database()
    const [here, there] = [await openPostgresStore(url), await openPostgresStore(url)]
    const [heardHere, heardThere] = [hearing(here), hearing(there)]
    // A new connection begins with everything, for it may have missed anything.
    await Promise.all([heardHere.next(), heardThere.next()])
    const undone = here.write(async (tx) => {
      await tx.register.takeSeq(3)
      throw new Error('no')
    })
    await expect(undone).rejects.toThrow('no')
    await append(here, 'one')
    expect(await heardThere.next()).toEqual(new Set(['events']))
    await there.write(async (tx) => {
      await tx.people.endSessionsOf('p1', 1, 'signed-out')
      await tx.reference.raiseRevision()
    })
    expect(await heardHere.next()).toEqual(new Set(['sessions', 'reference']))
    // Whoever listens loses the connection: the next one tells everything.
    const client = await cluster.client(url)
    await client.query("select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen bt1022'")
    expect(await heardThere.next()).toEqual(new Set(['events', 'reference', 'messages', 'sessions', 'wipes']))
    await client.end()
    await Promise.all([here.close(), there.close()])
  })
})

function hearing(store: Store) {
  const heard: ReadonlySet<News>[] = []
  let wake = () => {}
  store.onElsewhere((news) => {
    heard.push(news)
    wake()
  })
  return {
    async next(): Promise<ReadonlySet<News>> {
      while (heard.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return heard.shift()!
    },
  }
}
