import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyRegister } from '../../../sync-server/src/cases/verify-register.ts'
import { openPostgresStore } from '../../../sync-server/src/store/postgres.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import { openDesk, openInput, password, people, startServer } from '../running.ts'
import { append } from './events.ts'
import { type Cluster, noPostgres, startCluster } from './postgres.ts'

const main = resolve(import.meta.dirname, '../../../sync-server/src/main.ts')

/** The command as a person gives it. */
function move(
  dataDir: string,
  ...given: string[]
): Promise<{ said: Record<string, unknown>; exitCode: number; problem: string }> {
  const env = { ...process.env, BT1022_DATA_DIR: dataDir, BT1022_LOG: 'silent' }
  return new Promise((done) => {
    const child = execFile(process.execPath, [main, 'move-to-postgres', ...given], { env }, (_, stdout, problem) =>
      done({ said: stdout === '' ? {} : JSON.parse(stdout), exitCode: child.exitCode ?? -1, problem }),
    )
  })
}
const later = { at: '2026-10-05T08:00:00+07:00' }
const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

describe.skipIf(noPostgres !== null)('moving an embedded register to PostgreSQL', { timeout: 120_000 }, () => {
  let cluster: Cluster
  let dir: string
  let file: string
  beforeAll(async () => {
    cluster = await startCluster()
    dir = mkdtempSync(join(tmpdir(), 'bt1022-move-'))
    file = join(dir, 'register.sqlite')
    // The demonstration province with its past, and a case of today with signs that PostgreSQL has no place for.
    const server = await startServer({ dataDir: dir, env: { BT1022_DEMO: 'true', BT1022_DEMO_PASSWORD: password } })
    await server.deps.store.write((tx) =>
      tx.register.putPublication({
        caseId: uuidv7() as never,
        code: 'nul',
        fieldId: null,
        agencyId: null,
        question: 'a\0b',
        answer: '',
        publishedAt: 1,
        folded: '',
      }),
    )
    await server.close()
  })
  afterAll(async () => {
    rmSync(dir, { recursive: true, force: true })
    await cluster?.remove()
  })

  test('every table arrives, both sides verify, the file is as it was; and a server works on from there', async () => {
    const url = await cluster.database()
    const before = sha256(file)
    const { said, exitCode, problem } = await move(dir, url)
    expect([exitCode, problem]).toEqual([0, ''])
    expect(sha256(file)).toBe(before)

    const source = await openSqliteStore(file)
    const target = await openPostgresStore(url)
    const verdict = await verifyRegister(source.read)
    expect(verdict).toMatchObject({ ok: true })
    expect(await verifyRegister(target.read)).toEqual(verdict)
    const { moved } = said as { moved: { verdict: object; rows: Record<string, number> } }
    expect(moved.verdict).toEqual(verdict)
    const db = new Database(file)
    const client = await cluster.client(url)
    for (const [table, rows] of Object.entries(moved.rows)) {
      // Row for row and sign for sign, U+0000 as it stands there.
      const there = (await client.query(`select * from ${table}`)).rows.map(spelled)
      const here = db.prepare(`select * from ${table}`).all().map(spelled)
      expect(there.sort(), table).toEqual(here.sort())
      expect(here).toHaveLength(rows)
    }
    expect(moved.rows.cases).toBeGreaterThan(100)
    expect((await target.read.register.publication('nul'))?.question).toBe('a\0b')
    db.close()
    await client.end()
    await Promise.all([source.close(), target.close()])

    const server = await startServer({ ...later, dataDir: dir, env: { BT1022_DATABASE_URL: url } })
    const desk = await openDesk(server, people.agent, 'desk-moved')
    const { events } = verdict as { events: number }
    const opened = await desk.give('case.open', uuidv7(), openInput(desk.nextCode()))
    expect(opened.kind).toBe('accepted')
    expect(opened.lastSeq).toBeGreaterThan(events)
    expect(await verifyRegister(server.deps.store.read)).toMatchObject({ ok: true })
    await server.close()
  })

  test('a target that is not empty is refused and left alone', async () => {
    const url = await cluster.database()
    const store = await openPostgresStore(url)
    await append(store, 'somebody else')
    expect(await move(dir, url)).toMatchObject({
      said: { refused: 'target-not-empty', table: 'counters' },
      exitCode: 1,
    })
    expect(await store.read.register.lastSeq()).toBe(1)
    await store.close()
    const strange = await cluster.database()
    const client = await cluster.client(strange)
    await client.query('create table payroll (name text)')
    expect(await move(dir, strange)).toMatchObject({ said: { refused: 'target-not-empty', table: 'payroll' } })
    expect(
      (await client.query('select relname from pg_class where relname in ($1, $2)', ['payroll', 'events'])).rows,
    ).toEqual([{ relname: 'payroll' }])
    await client.end()
  })

  test('a register that a server has open, one whose chain is broken, a database that is not there', async () => {
    const url = await cluster.database()
    const open = await openSqliteStore(file)
    expect(await move(dir, url)).toMatchObject({ said: { refused: 'source-in-use' }, exitCode: 1 })
    await open.close()

    const broken = mkdtempSync(join(tmpdir(), 'bt1022-broken-'))
    copyFileSync(file, join(broken, 'register.sqlite'))
    const db = new Database(join(broken, 'register.sqlite'))
    db.exec("update events set line = replace(line, ' ', '  ') where name = 'case.opened' and case_seq = 1")
    db.close()
    const refused = await move(broken, url)
    expect(refused).toMatchObject({ said: { refused: 'not-verified', side: 'source' }, exitCode: 1 })

    const gone = await move(dir, url.replace(/register_\d+$/, 'nobody'))
    expect([gone.exitCode, gone.said]).toEqual([2, {}])
    expect(gone.problem).toContain('PostgreSQL')
    expect((await move(join(broken, 'none'), url)).exitCode).toBe(2)
    expect((await move(dir, 'mysql://h/db')).exitCode).toBe(2)
    rmSync(broken, { recursive: true, force: true })
    // After all this the target is as empty as before.
    expect((await move(dir, url)).exitCode).toBe(0)
  })
})

/** Numbers and texts alike; a text as PostgreSQL keeps it. */
const spelled = (row: unknown): string =>
  JSON.stringify(
    Object.entries(row as object).map(([name, value]) => [name, value === null ? null : String(value)]),
  ).replaceAll('\\u0000', '\uE0F10')
