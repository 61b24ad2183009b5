import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openForSalvage } from '../../../src-main/store/database.ts'
import type { SnapshotManifest } from '../../../src-shared/api/snapshot.ts'
import { caseColumnNames } from '../../../src-shared/sync/cache-schema.ts'
import { demoServer, inStep, openCase, openRoom, password, type Server, signIn } from './at-a-desk.ts'
import { type CountingProxy, openCountingProxy } from './counting-proxy.ts'

let server: Server
let proxy: CountingProxy
let manifest: SnapshotManifest
const room = openRoom()
beforeAll(async () => {
  server = await demoServer()
  const isMade = async () => (await server.deps.snapshots.newest()) !== null
  await vi.waitUntil(isMade, { timeout: 100_000, interval: 100 })
  manifest = (await server.deps.snapshots.newest())!
  // The register goes on: what came after the snapshot comes by the stream (S37).
  const desk = await room.open(room.folder(), server.url)
  await signIn(desk)
  await openCase(desk)
  await desk.until(inStep)
  await room.clear()
}, 180_000)
afterEach(async () => {
  await room.clear()
  await proxy?.close()
})
afterAll(async () => {
  await server.close()
  server.remove()
})

const notFound = { ok: false, error: { code: 'no-snapshot', message: '' } }
const partOf = (index: number) => `GET /api/sync/snapshot/${manifest.id}/${index}`
const parts = (asked: readonly string[]) => asked.filter((line) => line.startsWith('GET /api/sync/snapshot/'))

/** All rows of the register's tables, as they lie in a desk's file. */
function rowsIn(dir: string) {
  const key = Buffer.from(readFileSync(join(dir, 'secrets/database-key.secret'), 'utf8'), 'hex')
  const db = openForSalvage(join(dir, 'ban-truc.sqlite'), key)
  try {
    const columns = caseColumnNames.filter((name) => name !== 'row').join(', ')
    const marks = 'SELECT mark, case_id FROM case_marks JOIN cases USING (row) ORDER BY mark, case_id'
    const found = `SELECT case_id FROM cases WHERE row IN (SELECT rowid FROM cases_fts WHERE cases_fts MATCH 'den') ORDER BY case_id`
    const meta = `SELECT key, value FROM meta WHERE key IN ('cursor', 'head', 'register_id') ORDER BY key`
    return {
      cases: db.prepare(`SELECT ${columns} FROM cases ORDER BY case_id`).all(),
      events: db.prepare('SELECT * FROM events ORDER BY seq').all(),
      marks: db.prepare(marks).all(),
      found: db.prepare(found).all(),
      meta: db.prepare(meta).all(),
    }
  } finally {
    db.close()
  }
}

describe('the first sync', () => {
  it('S37: by snapshot and stream is row by row what the stream alone brings', async () => {
    proxy = await openCountingProxy(server.url)
    const [taken, streamed] = [room.folder(), room.folder()]
    const one = await room.open(taken, proxy.url)
    await signIn(one)
    expect(parts(proxy.asked)).toEqual(manifest.parts.map(({ index }) => partOf(index)))
    expect(proxy.asked.filter((line) => line === 'GET /api/sync/pull')).toHaveLength(1)
    await one.until((state) => state.progress === null)

    proxy.answer('GET /api/sync/snapshot', 404, notFound)
    proxy.asked.length = 0
    const two = await room.open(streamed, proxy.url)
    await signIn(two)
    expect(parts(proxy.asked)).toEqual([])
    await two.until((state) => state.progress === null)
    expect(one.errors).toEqual([])
    await room.close(one)
    await room.close(two)
    const rows = rowsIn(taken)
    expect(rows.cases.length).toBeGreaterThan(200)
    expect(rows.found.length).toBeGreaterThan(0)
    expect(rows).toEqual(rowsIn(streamed))
  }, 60_000)

  it('S35: streams where the snapshot is of another format', async () => {
    proxy = await openCountingProxy(server.url)
    proxy.answer('GET /api/sync/snapshot', 200, { ...manifest, format: 'tables-1 fold-1 columns-1 words-1' })
    const desk = await room.open(room.folder(), proxy.url)
    await signIn(desk)
    expect(parts(proxy.asked)).toEqual([])
    expect((await desk.call('cases.list', { view: 'all' })).total).toBeGreaterThan(200)
  })

  it('S36: streams where a part is not the one that its manifest names', async () => {
    proxy = await openCountingProxy(server.url)
    const wrong = manifest.parts.map((part) => ({ ...part, sha256: '0'.repeat(64) }))
    proxy.answer('GET /api/sync/snapshot', 200, { ...manifest, parts: wrong })
    const desk = await room.open(room.folder(), proxy.url)
    await signIn(desk)
    expect(parts(proxy.asked).length).toBeGreaterThan(0)
    expect((await desk.call('cases.list', { view: 'all' })).total).toBeGreaterThan(200)
  })

  it('S36: a desk that was ended in the middle goes on at the first part it has not noted', async () => {
    const dir = room.folder()
    const last = manifest.parts.at(-1)!.index
    const first = await openCountingProxy(server.url)
    first.answer(partOf(last), 503, { ok: false, error: { code: 'busy', message: '' } })
    const desk = await room.open(dir, first.url)
    await desk.call('session.signIn', { username: 'ha.lt', password })
    await desk.until(
      (state) => state.progress?.kind === 'snapshot' && state.progress.done === manifest.parts.length - 1,
    )
    await room.close(desk)
    await first.close()

    proxy = await openCountingProxy(server.url)
    const again = await room.open(dir, proxy.url)
    await again.until(inStep)
    expect(parts(proxy.asked)).toEqual([partOf(last)])
    expect((await again.call('cases.list', { view: 'all' })).total).toBeGreaterThan(200)
    expect(again.errors).toEqual([])
  })
})
