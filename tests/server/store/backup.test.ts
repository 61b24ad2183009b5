import { once } from 'node:events'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyRegister } from '../../../sync-server/src/cases/verify-register.ts'
import { checkedManifest, manifestOf } from '../../../sync-server/src/store/backup/manifest.ts'
import { openPostgresStore } from '../../../sync-server/src/store/postgres.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import { openDesk, openInput, password, people, startServer } from '../running.ts'
import { begun, command, commandHere, type Settings, serverProcess } from './commands.ts'
import { append } from './events.ts'
import { type Cluster, noPostgres, startCluster } from './postgres.ts'
import { pushWithoutPause } from './pushing.ts'

interface Backup {
  readonly file: string
  readonly seq: number
  readonly registerId: string | null
}
interface Restored {
  readonly registerId: string
  readonly seq: number
  readonly gaps: { year: number; from: number; to: number }[]
}

const root = mkdtempSync(join(tmpdir(), 'bt1022-backup-'))
let places = 0
const place = () => {
  places += 1
  return join(root, String(places))
}
let cluster: Cluster
/** A data folder whose register holds the demonstration province with its past. */
const demo = place()
let demoBackup: string

async function backUp(settings: Settings, folder = place(), give = commandHere): Promise<Backup> {
  const { said, problem, exitCode } = await give(settings, 'backup', folder)
  expect([exitCode, problem]).toEqual([0, ''])
  return (said as { backup: Backup }).backup
}
async function restored(settings: Settings, ...given: string[]): Promise<Restored> {
  const { said, problem, exitCode } = await commandHere(settings, 'restore', ...given)
  expect([exitCode, problem]).toEqual([0, ''])
  return (said as { restored: Restored }).restored
}
const emptyData = (): { BT1022_DATA_DIR: string } => ({ BT1022_DATA_DIR: place() })
const registerIn = (settings: Settings) => join(settings.BT1022_DATA_DIR!, 'register.sqlite')
const year = new Date().getFullYear()

beforeAll(async () => {
  if (noPostgres === null) cluster = await startCluster()
  const server = await startServer({ dataDir: demo, env: { BT1022_DEMO: 'true', BT1022_DEMO_PASSWORD: password } })
  await server.close()
  demoBackup = (await backUp({ BT1022_DATA_DIR: demo })).file
}, 120_000)
afterAll(async () => {
  rmSync(root, { recursive: true, force: true })
  await cluster?.remove()
})

const stores = ['SQLite', 'PostgreSQL'] as const
const isMissing = (store: (typeof stores)[number]) => store === 'PostgreSQL' && noPostgres !== null
/** Settings of an empty register in the store. */
const emptyIn = async (store: (typeof stores)[number]): Promise<Settings> =>
  store === 'SQLite' ? emptyData() : { ...emptyData(), BT1022_DATABASE_URL: await cluster.database() }

describe.each(stores)('a backup of a register on %s', { timeout: 180_000 }, (store) => {
  test.skipIf(isMissing(store))(
    'while desks write: whole, and with everything that was answered up to its number',
    async () => {
      const settings = await emptyIn(store)
      const prepared = await startServer({ dataDir: settings.BT1022_DATA_DIR!, env: settings })
      await prepared.close()
      // Two servers on one PostgreSQL; one alone on a file.
      const servers = [await serverProcess(settings)]
      if (store === 'PostgreSQL') servers.push(await serverProcess({ ...settings, BT1022_LINE_ENABLED: 'false' }))
      const desks = await Promise.all(
        [0, 1, 2].map((i) => pushWithoutPause(servers[i % servers.length]!.url, `desk-${i}`)),
      )
      const answered = () => new Map(desks.flatMap((desk) => [...desk.answered]))
      const made: { before: number; backup: Backup }[] = []
      for (let round = 0; round < 3; round += 1) {
        while (answered().size < (round + 1) * 20) await new Promise((resolve) => setTimeout(resolve, 10))
        const before = Math.max(...answered().values())
        made.push({ before, backup: await backUp(settings, place(), command) })
      }
      for (const desk of desks) await desk.stop()
      for (const server of servers) await server.stop()

      // Written on in the meantime, so the backups were made beside writing.
      expect(Math.max(...answered().values())).toBeGreaterThan(made.at(-1)!.backup.seq)
      for (const { before, backup } of made) {
        expect(backup.seq).toBeGreaterThanOrEqual(before)
        const copy = await openSqliteStore(copied(backup.file))
        expect(await verifyRegister(copy.read)).toMatchObject({ ok: true, events: backup.seq })
        for (const [commandId, lastSeq] of answered()) {
          const kept = await copy.read.register.answerOf(commandId)
          if (lastSeq <= backup.seq) expect(kept).toMatchObject({ outcome: { kind: 'accepted', lastSeq } })
          else expect(kept).toBeNull()
        }
        await copy.close()
      }
    },
  )

  test.skipIf(isMissing(store))(
    'killed at any time, it leaves nothing that looks like a backup and is none',
    async () => {
      const settings = await emptyIn(store)
      await restored(settings, demoBackup)
      const folder = place()
      let killed = 0
      for (let round = 0; round < 5; round += 1) {
        const child = begun(settings, 'backup', folder)
        const ended = once(child, 'exit')
        const left = () => (existsSync(folder) ? readdirSync(folder) : [])
        // From the first byte of the copy on, ever a little later.
        while (child.exitCode === null && !left().some((name) => name.startsWith(`register-${child.pid}`))) {
          await new Promise((resolve) => setTimeout(resolve, 2))
        }
        await new Promise((resolve) => setTimeout(resolve, round * round * 9))
        child.kill('SIGKILL')
        await ended
        if (child.signalCode === 'SIGKILL') killed += 1
        for (const name of left().filter((each) => each.endsWith('.sqlite'))) {
          expect(await checkedManifest(join(folder, name))).toMatchObject({ file: name, seq: expect.any(Number) })
        }
      }
      expect(killed).toBeGreaterThan(1)
      const { file, seq } = await backUp(settings, folder)
      expect(await checkedManifest(file)).toMatchObject({ seq })
    },
  )
})

describe('what a backup is', { timeout: 120_000 }, () => {
  test('one file for the server’s user alone, with a manifest that says what every byte comes to', async () => {
    const { file, seq } = await backUp({ BT1022_DATA_DIR: demo })
    expect(file).toMatch(new RegExp(`/register-\\d{8}-\\d{6}-seq${seq}\\.sqlite$`))
    expect(statSync(file).mode & 0o077).toBe(0)
    expect(await checkedManifest(file)).toMatchObject({ seq, madeFrom: 'sqlite', sizeBytes: statSync(file).size })
    expect(readdirSync(join(file, '..')).sort()).toEqual(
      [manifestOf(file), file].map((each) => each.split('/').at(-1)).sort(),
    )
  })

  test.each([
    [
      'whose chain is broken',
      'update events set line = replace(line, \'"isUrgent":false\', \'"isUrgent":true\') where seq = 5',
    ],
    ['of which an event cannot be read', "update events set line = '{' where seq = 7"],
    ['whose counter is behind', "update counters set value = value - 1 where name = 'seq'"],
  ])('a register %s is never called backed up', async (_, damage) => {
    const settings = emptyData()
    mkdirSync(settings.BT1022_DATA_DIR!)
    copyFileSync(demoBackup, registerIn(settings))
    const db = new Database(registerIn(settings))
    expect(db.prepare(damage).run().changes).toBe(1)
    db.close()
    const folder = place()
    const { exitCode, problem } = await commandHere(settings, 'backup', folder)
    expect(exitCode).toBe(2)
    expect(problem).toContain('chuỗi băm')
    expect(readdirSync(folder)).toEqual([])
  })

  test('where there is no register, or a folder cannot be written, it says so', async () => {
    expect(await commandHere(emptyData(), 'backup', place())).toMatchObject({ exitCode: 2, said: {} })
    const occupied = place()
    writeFileSync(occupied, 'a file')
    const refused = await commandHere({ BT1022_DATA_DIR: demo, BT1022_LANGUAGE: 'en' }, 'backup', occupied)
    expect(refused.exitCode).toBe(2)
    expect(refused.problem).toContain('Could not write into')
    expect((await commandHere({ BT1022_DATA_DIR: demo }, 'backup')).said).toHaveProperty('usage')
    if (noPostgres !== null) return
    const empty = await commandHere(
      { ...emptyData(), BT1022_DATABASE_URL: await cluster.database() },
      'backup',
      place(),
    )
    expect([empty.exitCode, empty.problem]).toEqual([2, expect.stringContaining('chưa có sổ đăng ký')])
  })
})

describe('restoring', { timeout: 180_000 }, () => {
  test('S20, S22: the server goes on as another register, with a gap before the numbers it leases', async () => {
    const first = emptyData()
    const before = await startServer({ dataDir: first.BT1022_DATA_DIR!, at: `${year}-10-05T07:00:00+07:00` })
    const desk = await openDesk(before, people.agent, 'desk-1')
    await desk.give('case.open', uuidv7(), openInput(desk.nextCode()))
    const { token } = desk
    const revision = await before.deps.store.read.reference.revision()
    const backup = await backUp(first)
    // Told to a citizen after the backup: the gap is for numbers like these.
    const lost = await before.json<{ from: number; to: number }>('/api/sync/codes', {
      token,
      body: { deskId: 'desk-1', year: 2026, count: 500 },
    })
    await before.close()

    const settings = emptyData()
    const made = await restored(settings, backup.file)
    expect(made.seq).toBe(backup.seq)
    expect(made.registerId).not.toBe(backup.registerId)
    expect(made.gaps).toContainEqual({ year: 2026, from: lost.from, to: lost.from + 99_999 })
    expect(made.gaps.map((gap) => gap.year)).toEqual(expect.arrayContaining([year, year + 1]))

    const after = await startServer({ dataDir: settings.BT1022_DATA_DIR!, at: `${year}-10-05T09:00:00+07:00` })
    const { read } = after.deps.store
    expect(await verifyRegister(read)).toMatchObject({ ok: true, events: backup.seq })
    expect(JSON.parse((await read.reference.part('register-id'))!)).toBe(made.registerId)
    expect(await read.reference.revision()).toBeGreaterThan(revision)
    expect(await read.register.blockOf(2026, lost.from + 3)).toMatchObject({ deskId: 'restored-gap' })
    const fresh = await openDesk(after, people.secondAgent, 'desk-2')
    const next = await after.json<{ from: number }>('/api/sync/codes', {
      token: fresh.token,
      body: { deskId: 'desk-2', year: 2026, count: 20 },
    })
    expect(next.from).toBeGreaterThan(lost.from + 99_999)
    expect((await fresh.give('case.open', uuidv7(), openInput(fresh.nextCode()))).kind).toBe('accepted')
    // What the first desk had leased after the backup comes out of the gap again, and is nobody else's (S22).
    const claim = { deskId: 'desk-1', blocks: [{ year: 2026, from: lost.from, to: lost.to }] }
    expect(await after.json('/api/sync/codes/claim', { token, body: claim })).toEqual({
      taken: claim.blocks,
      refused: [],
    })
    expect(await read.register.blockOf(2026, lost.from + 3)).toMatchObject({ deskId: 'desk-1' })
    // Sessions are tokens and no more: who was signed in still is.
    expect((await after.request('/api/sync/reference', { token })).status).toBe(200)
    await after.close()
  })

  test.skipIf(noPostgres !== null)('from either store into either: row for row the same', async () => {
    const onPostgres = await emptyIn('PostgreSQL')
    await restored(onPostgres, demoBackup)
    const fromPostgres = await backUp(onPostgres)
    const ways = [
      { from: demoBackup, to: emptyData() },
      { from: fromPostgres.file, to: emptyData() },
      { from: fromPostgres.file, to: await emptyIn('PostgreSQL') },
    ]
    const original = rowsOf(demoBackup)
    expect(rowsOf(fromPostgres.file)).toEqual(original)
    for (const { from, to } of ways) {
      await restored(to, from)
      expect(rowsOf((await backUp(to)).file)).toEqual(original)
    }
    // With an address, whatever the settings say.
    const url = await cluster.database()
    await restored(emptyData(), demoBackup, url)
    const store = await openPostgresStore(url)
    expect(await verifyRegister(store.read)).toMatchObject({ ok: true })
    await store.close()
  })

  test('a flipped byte anywhere, a missing end, a missing manifest: refused in words, and nothing restored', async () => {
    const size = statSync(demoBackup).size
    for (const offset of [0, 18, 4_096 + 7, Math.floor(size / 3), Math.floor(size * 0.77), size - 1]) {
      const file = withManifest(copied(demoBackup))
      flip(file, offset)
      const settings = emptyData()
      const refused = await commandHere(settings, 'restore', file)
      expect([offset, refused.exitCode, refused.problem]).toEqual([
        offset,
        2,
        expect.stringContaining('không còn nguyên vẹn'),
      ])
      expect(existsSync(registerIn(settings))).toBe(false)
    }
    const settings = { ...emptyData(), BT1022_LANGUAGE: 'en' }
    const bare = copied(demoBackup)
    expect((await commandHere(settings, 'restore', bare)).problem).toContain('no manifest')
    writeFileSync(manifestOf(bare), '{ torn')
    expect((await commandHere(settings, 'restore', bare)).problem).toContain('no manifest')
    expect((await commandHere(settings, 'restore', join(root, 'none.sqlite'))).problem).toContain('There is no backup')
    expect(readdirSync(settings.BT1022_DATA_DIR!)).toEqual([])
  })

  test('where a register is, or only the log of one, it is left alone', async () => {
    const settings = emptyData()
    await restored(settings, demoBackup)
    const before = statSync(registerIn(settings)).mtimeMs
    const again = await commandHere(settings, 'restore', demoBackup)
    expect([again.exitCode, again.problem]).toEqual([2, expect.stringContaining('Không ghi đè')])
    expect(statSync(registerIn(settings)).mtimeMs).toBe(before)
    const log = emptyData()
    mkdirSync(log.BT1022_DATA_DIR!)
    writeFileSync(`${registerIn(log)}-wal`, 'of another register')
    expect((await commandHere(log, 'restore', demoBackup)).problem).toContain('register.sqlite-wal')
    expect(readdirSync(log.BT1022_DATA_DIR!)).toEqual(['register.sqlite-wal'])
    if (noPostgres !== null) return
    const taken = await emptyIn('PostgreSQL')
    const store = await openPostgresStore(taken.BT1022_DATABASE_URL!)
    await append(store, 'somebody else')
    expect((await commandHere(taken, 'restore', demoBackup)).problem).toContain('không trống')
    expect(await store.read.register.lastSeq()).toBe(1)
    await store.close()
    expect(readdirSync(taken.BT1022_DATA_DIR!)).toEqual([])
  })
})

/** A copy of a backup alone, in a folder of its own. */
function copied(file: string): string {
  const folder = place()
  mkdirSync(folder)
  const copy = join(folder, 'copy.sqlite')
  copyFileSync(file, copy)
  return copy
}
function withManifest(copy: string): string {
  copyFileSync(manifestOf(demoBackup), manifestOf(copy))
  return copy
}
function flip(file: string, offset: number): void {
  const handle = openSync(file, 'r+')
  const byte = Buffer.alloc(1)
  readSync(handle, byte, 0, 1, offset)
  byte[0]! ^= 0x10
  writeSync(handle, byte, 0, 1, offset)
  closeSync(handle)
}

/** Every row of every table, but for what makes a restored register another one. */
function rowsOf(file: string): Record<string, string[]> {
  const db = new Database(file, { readonly: true })
  const tables = db
    .prepare("select name from sqlite_master where type = 'table' and name not like 'kysely%'")
    .pluck()
    .all() as string[]
  const own: Record<string, string> = {
    counters: "where name <> 'reference'",
    code_blocks: "where desk_id <> 'restored-gap'",
    reference_parts: "where part <> 'register-id'",
  }
  const rows = tables.map(
    (table) =>
      [
        table,
        db
          .prepare(`select * from ${table} ${own[table] ?? ''}`)
          .all()
          .map((row) => JSON.stringify(row))
          .sort(),
      ] as const,
  )
  db.close()
  return Object.fromEntries(rows)
}
