import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { ownResources } from '../calendars/entering.ts'
import { openDesk, openInput, people, type Running, startServer } from '../running.ts'
import { openCrowd } from './crowd.ts'
import { differencesOf, eager, linesOf, loaded, manifestOf, newestOf, partOf, rowsOf, streamed } from './loading.ts'

const fiveMinutes = 300_000
let server: Running
afterEach(() => server.remove())

const takesCommands = async (): Promise<void> => {
  const desk = await openDesk(server, people.agent, 'desk-1')
  const caseId = server.deps.newId()
  expect(await desk.give('case.open', caseId, openInput(desk.nextCode()))).toMatchObject({ kind: 'accepted' })
}

describe('a disk without room', { timeout: 120_000 }, () => {
  test('S35: what is kept free is the register’s: no snapshot is made, nothing is left of it, and the server goes on', async () => {
    const env = { ...eager, BT1022_SNAPSHOT_KEEP_FREE_MEGABYTES: '1000000000' }
    server = await startServer({ env })
    await openCrowd(server, 50)
    await server.deps.snapshots.begin()
    await server.deps.snapshots.settled()
    expect(await server.deps.snapshots.newest()).toBeNull()
    expect(readdirSync(join(server.dataDir, 'snapshot'))).toEqual(['parts'])
    expect(readdirSync(join(server.dataDir, 'snapshot/parts'))).toEqual([])
    await takesCommands()
  })

  test('S35: full in the middle: its file is given back, the server goes on, and later there is one', async ({
    skip,
  }) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'bt1022-server-'))
    const dir = join(dataDir, 'snapshot')
    mkdirSync(dir)
    // A file system of two megabytes, where the machine lets us make one: the register lies on another.
    const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', dir])
    server = await startServer({ dataDir, env: { ...eager, BT1022_SNAPSHOT_KEEP_FREE_MEGABYTES: '0' } })
    if (made.status !== 0) return skip('no small file system can be mounted here')
    try {
      await server.deps.snapshots.settled()
      await openCrowd(server, 700)
      await server.deps.snapshots.begin()
      await server.deps.snapshots.settled()
      expect(await server.deps.snapshots.newest()).toBeNull()
      expect(readdirSync(dir)).toEqual(['parts'])
      await takesCommands()
      spawnSync('mount', ['-o', 'remount,size=50m', dir])
      // It does not run against the wall at every question.
      expect(await server.deps.snapshots.newest()).toBeNull()
      expect(readdirSync(dir)).toEqual(['parts'])
      server.clock.advance(fiveMinutes)
      expect((await newestOf(server)).seq).toBe(await server.deps.store.read.register.lastSeq())
      expect(statSync(join(dir, 'building.sqlite')).size).toBeGreaterThan(2 * 1024 * 1024)
    } finally {
      await server.close()
      spawnSync('umount', ['-l', dir])
      rmSync(dir, { recursive: true, force: true })
    }
  })
})

test('S37: deadlines of open cases are counted anew when the reference has changed since the last one', async () => {
  const resources = ownResources()
  const env = { ...eager, BT1022_RESOURCES_DIR: resources.dir }
  server = await startServer({ env })
  await openCrowd(server, 30)
  const soonOf = async () => {
    const manifest = await newestOf(server)
    const { token } = await openDesk(server, people.agent, 'desk-1')
    expect((await manifestOf(server, token)).id).toBe(manifest.id)
    const rows = rowsOf(await loaded(manifest, (index) => partOf(server, token, manifest.id, index)))
    expect(differencesOf(rows, rowsOf(streamed(await linesOf(server), server.deps)))).toEqual([])
    return { revision: manifest.revision, soon: rows.cases.slice(0, 30).map((row) => row.soon_at) }
  }
  const before = await soonOf()
  await server.close()
  resources.edit<object>('policies/dong-thap.json', (policy) => ({
    ...policy,
    remindersBeforeDueMinutes: { focalOfficer: [30], head: [30] },
  }))
  server = await startServer({ env, dataDir: server.dataDir, clock: server.clock })
  await openCrowd(server, 1)
  const after = await soonOf()
  resources.remove()
  expect(after.revision).toBeGreaterThan(before.revision)
  expect(before.soon.some((at) => at !== null)).toBe(true)
  // Due at 17:00: four working hours before it are 11:00, for the noon hours do not count; half an hour is 16:30.
  const later = 330 * 60_000
  expect(after.soon).toEqual(before.soon.map((at) => (at === null ? null : (at as number) + later)))
}, 120_000)
