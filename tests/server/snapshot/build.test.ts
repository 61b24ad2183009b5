import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SnapshotManifest } from '../../../src-shared/api/snapshot.ts'
import { cacheFormat } from '../../../src-shared/sync/cache-schema.ts'
import { openDesk, password, people, type Running, sendInput, startServer } from '../running.ts'
import { type Cluster, noPostgres, startCluster } from '../store/postgres.ts'
import { openCrowd } from './crowd.ts'
import { differencesOf, eager, linesOf, loaded, newestOf, rowsOf, streamed } from './loading.ts'

// Thousands of cases through real processes, on a machine that may be busy.
const patience = 120_000

let server: Running
afterEach(() => server.remove())

const partsDir = () => join(server.dataDir, 'snapshot/parts')
const buildingFile = () => join(server.dataDir, 'snapshot/building.sqlite')
const fromDisk = (manifest: SnapshotManifest) =>
  loaded(manifest, async (index) => readFileSync(join(partsDir(), `${manifest.parts[index]!.sha256}.zst`)))
const rowsOfNewest = async () => rowsOf(await fromDisk(await newestOf(server)))
const rowsOfStream = async () => rowsOf(streamed(await linesOf(server), server.deps))

let cluster: Cluster | null = null
beforeAll(async () => {
  if (noPostgres === null) cluster = await startCluster()
})
afterAll(() => cluster?.remove())

describe.each([
  { store: 'SQLite', crowd: 2_100, url: async () => null },
  { store: 'PostgreSQL', crowd: 100, url: async () => cluster!.database() },
])('on $store', ({ store, crowd, url }) => {
  const start = async (env: Record<string, string> = {}) => {
    const databaseUrl = await url()
    server = await startServer({
      env: { ...eager, ...env, ...(databaseUrl === null ? {} : { BT1022_DATABASE_URL: databaseUrl }) },
    })
  }

  test.skipIf(store === 'PostgreSQL' && noPostgres !== null)(
    'S37: a snapshot loaded into empty tables is row by row what the stream makes of them',
    async () => {
      await start({ BT1022_DEMO: 'true', BT1022_DEMO_PASSWORD: password })
      await openCrowd(server, crowd)
      const manifest = await newestOf(server)
      expect(manifest).toMatchObject({ format: cacheFormat, registerId: server.deps.registerId })
      expect(manifest.seq).toBe(await server.deps.store.read.register.lastSeq())
      expect(manifest.head).toBe((JSON.parse((await linesOf(server)).at(-1)!) as { hash: string }).hash)
      expect(manifest.parts.map(({ holds }) => holds)).toEqual(
        crowd > 2_000 ? ['cases', 'cases', 'search'] : ['cases', 'search'],
      )
      const of = rowsOf(await fromDisk(manifest))
      expect(differencesOf(of, await rowsOfStream())).toEqual([])
      expect(manifest.cases).toBe(of.cases.length)
      expect(of.marks.length).toBeGreaterThan(crowd / 3)
    },
    patience,
  )

  test.skipIf(store === 'PostgreSQL' && noPostgres !== null)(
    'S37: a file that followed the register makes the same snapshot as one that begins with nothing',
    async () => {
      await start()
      const desk = await openDesk(server, people.agent, 'desk-1')
      const ids = await openCrowd(server, 100)
      await newestOf(server)
      for (let round = 0; round < 3; round += 1) {
        server.clock.advance(3_600_000)
        await openCrowd(server, 60, `Mưa lần ${round}`)
        for (const caseId of ids.slice(round * 5, round * 5 + 8)) {
          await desk.give('case.amend', caseId, { content: `Đã ghi lại lần ${round}.`, reason: 'Người dân gọi lại.' })
          await desk.give('slip.send', caseId, sendInput(server))
        }
        server.deps.snapshots.sweep()
        await newestOf(server)
      }
      const followed = await newestOf(server)
      expect(followed.seq).toBe(await server.deps.store.read.register.lastSeq())
      const rows = rowsOf(await fromDisk(followed))
      rmSync(join(server.dataDir, 'snapshot'), { recursive: true })
      server = await server.restart()
      expect(differencesOf(await rowsOfNewest(), rows)).toEqual([])
      expect(differencesOf(rows, await rowsOfStream())).toEqual([])
    },
    patience,
  )
})

describe('the file that is built', { timeout: patience }, () => {
  const inFile = (sql: string): void => {
    const db = new Database(buildingFile())
    db.exec(sql)
    db.close()
  }
  /** Falsifies a case in the file: whoever goes on with it hands the lie out, whoever begins anew does not. */
  const lie = () => inFile(`UPDATE events SET body = 'a lie' WHERE place = (SELECT min(place) FROM events)`)
  const isLie = async () => (await rowsOfNewest()).events.some((row) => (row as { body: string }).body === 'a lie')
  const goOn = async (between: () => void | Promise<void>) => {
    const { dataDir, clock } = server
    await server.close()
    await between()
    // What was cut of it before is away: every part is cut from the file.
    rmSync(partsDir(), { recursive: true })
    server = await startServer({ dataDir, clock, env: eager })
  }

  test('S37: it is gone on with where it stands', async () => {
    server = await startServer({ env: eager })
    await openCrowd(server, 20)
    await newestOf(server)
    await goOn(lie)
    // Otherwise the tests below would show nothing.
    expect(await isLie()).toBe(true)
  })

  test.each<{ what: string; change: () => void | Promise<void> }>([
    { what: 'of another format', change: () => inFile(`UPDATE standing SET value = 'older' WHERE key = 'format'`) },
    { what: 'of another register', change: () => inFile(`UPDATE standing SET value = 'x' WHERE key = 'registerId'`) },
    { what: 'of another history', change: () => inFile(`UPDATE standing SET value = 'x' WHERE key = 'head'`) },
    { what: 'ahead of the register', change: () => inFile(`UPDATE standing SET value = '999' WHERE key = 'seq'`) },
    { what: 'laid out otherwise', change: () => inFile('PRAGMA user_version = 99') },
    { what: 'cut short', change: () => truncateSync(buildingFile(), 40_000) },
    { what: 'no database', change: () => writeFileSync(buildingFile(), 'x'.repeat(20_000)) },
  ])('S35: one that is $what is thrown away and made anew', async ({ change }) => {
    server = await startServer({ env: eager })
    await openCrowd(server, 20)
    await newestOf(server)
    await goOn(async () => {
      lie()
      await change()
    })
    expect(await isLie()).toBe(false)
    expect(differencesOf(await rowsOfNewest(), await rowsOfStream())).toEqual([])
  })

  test(
    'S36: what has not changed is not cut again, and two snapshots share it',
    async () => {
      server = await startServer({ env: eager })
      const desk = await openDesk(server, people.agent, 'desk-1')
      const ids = await openCrowd(server, 2_010)
      const first = await newestOf(server)
      await openCrowd(server, 10, 'Cây đổ')
      const second = await newestOf(server)
      expect(second.id).not.toBe(first.id)
      expect(second.parts[0]).toEqual(first.parts[0])
      expect(second.parts[1]!.sha256).not.toBe(first.parts[1]!.sha256)
      // A late event of an old case changes its part.
      expect(await desk.give('slip.send', ids[1]!, sendInput(server))).toMatchObject({ kind: 'accepted' })
      const third = await newestOf(server)
      expect(third.parts[0]!.sha256).not.toBe(second.parts[0]!.sha256)
      expect(differencesOf(rowsOf(await fromDisk(third)), await rowsOfStream())).toEqual([])
    },
    patience,
  )
})
