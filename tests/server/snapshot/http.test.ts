import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SnapshotManifest } from '../../../src-shared/api/snapshot.ts'
import { openDesk, people, type Running, startServer } from '../running.ts'
import { openCrowd } from './crowd.ts'
import {
  differencesOf,
  eager,
  linesOf,
  loaded,
  manifestOf,
  newestOf,
  partOf,
  rowsOf,
  sha256Of,
  streamed,
} from './loading.ts'

const tenMinutes = 600_000

// Each waits for a process or two, on a machine that may be busy.
describe('first sync by snapshot', { timeout: 120_000 }, () => {
  let server: Running
  let token: string
  beforeEach(async () => {
    server = await startServer()
    token = (await openDesk(server, people.agent, 'desk-1')).token
  })
  afterEach(() => server.remove())

  const made = async (cases = 30): Promise<SnapshotManifest> => {
    await openCrowd(server, cases)
    expect((await server.request('/api/sync/snapshot', { token })).status).toBe(404)
    await server.deps.snapshots.settled()
    return manifestOf(server, token)
  }
  const partAt = (manifest: SnapshotManifest, index: number, headers: Record<string, string> = {}) =>
    server.request(`/api/sync/snapshot/${manifest.id}/${index}`, { token, headers })
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

  test('S35: a server that has none answers 404 and begins to make one, once however many ask', async () => {
    expect((await server.request('/api/sync/snapshot', { token })).status).toBe(404)
    await server.deps.snapshots.settled()
    // Of an empty register there is nothing to make.
    const empty = await server.json('/api/sync/snapshot', { token })
    expect(empty).toMatchObject({ ok: false, error: { code: 'no-snapshot' } })
    await openCrowd(server, 30)
    const asked = await Promise.all([1, 2, 3, 4].map(() => server.request('/api/sync/snapshot', { token })))
    expect(asked.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    await server.deps.snapshots.settled()
    const ids = await Promise.all([1, 2].map(async () => (await manifestOf(server, token)).id))
    expect(ids[0]).toBe(ids[1])
  })

  test('S35: the manifest names every part with its length and SHA-256, and all of them make the register', async () => {
    const manifest = await made()
    expect(manifest.registerId).toBe(server.deps.registerId)
    for (const { index, sizeBytes, sha256 } of manifest.parts) {
      const bytes = await partOf(server, token, manifest.id, index)
      expect([bytes.length, sha256Of(bytes)]).toEqual([sizeBytes, sha256])
    }
    const db = await loaded(manifest, (index) => partOf(server, token, manifest.id, index))
    expect(differencesOf(rowsOf(db), rowsOf(streamed(await linesOf(server, manifest.seq), server.deps)))).toEqual([])
    // Found as it is typed: with marks or without, by its beginning too.
    const found = db.prepare<[string], number>('SELECT count(*) FROM cases_fts WHERE cases_fts MATCH ?').pluck()
    expect([found.get('ngập'), found.get('nga*'), found.get('khongco')]).toEqual([30, 30, 0])
  })

  test('S10, S23: whoever may not pull may not take a snapshot either', async () => {
    const manifest = await made()
    for (const path of ['/api/sync/snapshot', `/api/sync/snapshot/${manifest.id}/0`]) {
      expect((await server.request(path)).status).toBe(401)
      const officer = await server.request(path, { token: await server.signIn(people.officer) })
      expect([officer.status, await officer.json()]).toMatchObject([403, { error: { code: 'not-for-role' } }])
      const held = await server.request(path, { token: await server.signIn(people.admin, 'desk-2') })
      expect([held.status, await held.json()]).toMatchObject([403, { error: { code: 'not-holder' } }])
    }
  })

  test('S36: a part is sent from any byte, and cut anywhere it is gone on with', async () => {
    const manifest = await made()
    const whole = await partOf(server, token, manifest.id, 0)
    const { length } = whole
    for (const from of [0, 1, 7, 1_000, length >> 1, length - 2, length - 1]) {
      const rest = await partAt(manifest, 0, { range: `bytes=${from}-` })
      expect(rest.status).toBe(206)
      expect(rest.headers.get('content-range')).toBe(`bytes ${from}-${length - 1}/${length}`)
      expect(rest.headers.get('cache-control')).toContain('immutable')
      expect((await bytesOf(rest)).equals(whole.subarray(from))).toBe(true)
    }
    const middle = await partAt(manifest, 0, { range: 'bytes=10-19' })
    expect((await bytesOf(middle)).equals(whole.subarray(10, 20))).toBe(true)
    const beyond = await partAt(manifest, 0, { range: `bytes=${length}-` })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${length}`])
  })

  test('S36: what is asked for under another tag is sent whole', async () => {
    const manifest = await made()
    const tag = `"${manifest.parts[0]!.sha256}"`
    const same = await partAt(manifest, 0, { range: 'bytes=5-', 'if-range': tag })
    expect([same.status, same.headers.get('etag')]).toEqual([206, tag])
    expect((await partAt(manifest, 0, { range: 'bytes=5-', 'if-range': '"other"' })).status).toBe(200)
  })

  test('S36: a reader that is cut in mid-part, again and again, has the part in the end', async () => {
    const manifest = await made(400)
    const whole = await partOf(server, token, manifest.id, 0)
    let have = Buffer.alloc(0)
    let cuts = 0
    while (have.length < whole.length) {
      const got = await readUpTo(
        `${server.url}/api/sync/snapshot/${manifest.id}/0`,
        token,
        have.length,
        1 + have.length,
      )
      if (have.length + got.length < whole.length) cuts += 1
      have = Buffer.concat([have, got])
    }
    expect(cuts).toBeGreaterThan(5)
    expect(sha256Of(have)).toBe(manifest.parts[0]!.sha256)
  })

  test('S36: a snapshot stays while somebody reads it, and is gone when it is replaced and unread for some minutes', async () => {
    await server.remove()
    server = await startServer({ env: eager })
    token = (await openDesk(server, people.agent, 'desk-1')).token
    await openCrowd(server, 30)
    const first = await newestOf(server)
    await openCrowd(server, 30)
    const second = await newestOf(server)
    expect(second.id).not.toBe(first.id)
    for (let minutes = 0; minutes < 30; minutes += 6) {
      server.clock.advance(360_000)
      server.deps.snapshots.sweep()
      expect((await partAt(first, 0)).status).toBe(200)
    }
    server.clock.advance(tenMinutes)
    server.deps.snapshots.sweep()
    const gone = await partAt(first, 0)
    expect([gone.status, await gone.json()]).toMatchObject([404, { error: { code: 'snapshot-gone' } }])
    expect((await partAt(second, 0)).status).toBe(200)
    expect((await partAt(second, second.parts.length)).status).toBe(404)
  })

  test('S36: after a restart the same snapshot is still there', async () => {
    const manifest = await made()
    const whole = await partOf(server, token, manifest.id, 0)
    server = await server.restart()
    token = (await openDesk(server, people.agent, 'desk-1')).token
    expect(await manifestOf(server, token)).toEqual(manifest)
    expect((await partOf(server, token, manifest.id, 0)).equals(whole)).toBe(true)
  })

  test('S35: where it is far behind it is still handed out, and another is begun', async () => {
    const first = await made()
    await openCrowd(server, 100)
    expect((await manifestOf(server, token)).id).toBe(first.id)
    await server.deps.snapshots.settled()
    expect((await manifestOf(server, token)).id).toBe(first.id)
    await openCrowd(server, 800)
    expect((await manifestOf(server, token)).id).toBe(first.id)
    await server.deps.snapshots.settled()
    expect((await manifestOf(server, token)).seq).toBe(await server.deps.store.read.register.lastSeq())
  })

  test('S19, S35: what is of another register is not handed out', async () => {
    const manifest = await made()
    await server.deps.store.write((tx) => tx.reference.putPart('register-id', JSON.stringify(server.deps.newId())))
    server = await server.restart()
    token = (await openDesk(server, people.agent, 'desk-1')).token
    expect((await partAt(manifest, 0)).status).toBe(404)
    expect((await server.request('/api/sync/snapshot', { token })).status).toBe(404)
    await server.deps.snapshots.settled()
    expect(await manifestOf(server, token)).toMatchObject({ registerId: server.deps.registerId, seq: manifest.seq })
  })
})

/** Reads so many bytes of the rest and cuts the connection. */
function readUpTo(url: string, token: string, from: number, atLeast: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const asked = request(
      url,
      { headers: { authorization: `Bearer ${token}`, range: `bytes=${from}-` } },
      (response) => {
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          if (chunks.reduce((sum, each) => sum + each.length, 0) >= atLeast) response.destroy()
        })
        response.on('error', () => undefined)
        response.on('close', () => resolve(Buffer.concat(chunks).subarray(0, atLeast)))
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}
