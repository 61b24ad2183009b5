import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { wrapKeys } from '../../../src-main/session/recovery-wrap.ts'
import { recoveryKeyOf } from '../../../sync-server/src/sync/recovery-key.ts'
import type { Desk } from '../../fixtures/desk.ts'
import { demoServer, inStep, openCase, openRoom, password, type Server, signIn } from '../sync/at-a-desk.ts'

let server: Server
const room = openRoom()
beforeAll(async () => {
  server = await demoServer()
}, 180_000)
afterEach(() => room.clear())
afterAll(async () => {
  await server.close()
  server.remove()
})

const away = 'http://127.0.0.1:9'
const loseKeys = (dir: string) => rmSync(join(dir, 'secrets'), { recursive: true })
/** A call that was recorded here, and is not yet on the server. */
async function record(desk: Desk): Promise<string> {
  const startedAt = '2026-11-16T09:00:00+07:00'
  const about = { callId: `c-${Math.random()}`, number: '0912345678', startedAt, mimeType: 'audio/webm' }
  const { recordingId } = await desk.call('recordings.begin', { ...about, direction: 'in' })
  for (const index of [0, 1, 2]) {
    const base64 = Buffer.alloc(5_000, index + 1).toString('base64')
    await desk.call('recordings.append', { recordingId, index, base64 })
  }
  await desk.call('recordings.finish', { recordingId, durationMs: 3_000 })
  return recordingId
}

/** A desk with a case, a draft and a recording that never reached the server. */
async function deskWithUnsent(dir: string) {
  const first = await room.open(dir, server.url)
  await signIn(first)
  const { deskId, codesLeft } = await first.until(inStep)
  await room.close(first)
  const offline = await room.open(dir, away)
  const { caseId } = await openCase(offline)
  await offline.call('drafts.save', { draftId: 'x', form: { content: 'Nước yếu' }, code: null })
  const recordingId = await record(offline)
  await room.close(offline)
  return { deskId, codesLeft, caseId, recordingId }
}

describe('S33: a desk whose key store was lost', () => {
  it('opens at once, empty; the server unwraps its keys, and everything unsent is there again', async () => {
    const dir = room.folder()
    const { deskId, codesLeft, caseId, recordingId } = await deskWithUnsent(dir)
    loseKeys(dir)
    const desk = await room.open(dir, away)
    const empty = await desk.call('desk.state', {})
    expect(empty).toMatchObject({
      deskId,
      waiting: 0,
      codesLeft: 0,
      recordings: { count: 0 },
      notice: { code: 'key-lost' },
    })
    await room.close(desk)

    const back = await room.open(dir, server.url)
    await back.call('desk.dismissNotice', {})
    await signIn(back)
    const state = await back.until((each) => inStep(each) && each.notice?.code === 'key-recovered')
    expect(state.notice?.params).toEqual({ commands: 1, drafts: 1, recordings: 1 })
    expect((await back.call('cases.get', { caseId })).detail?.row.sync).toBe('confirmed')
    expect((await back.call('drafts.list', {})).drafts).toMatchObject([{ form: { content: 'Nước yếu' } }])
    expect(state.codesLeft).toBeGreaterThanOrEqual(codesLeft - 1)
    const played = await back.call('recordings.read', { recordingId })
    expect(Buffer.from(played.base64, 'base64').length).toBeGreaterThanOrEqual(15_000)
    expect(back.errors).toEqual([])
    // What was laid aside stays; only the recordings, each of which has been read again whole, lie in one place.
    const names = readdirSync(dir)
    expect(names.filter((name) => /\.hong-\d+$/.test(name))).toHaveLength(1)
    expect(names.filter((name) => name.startsWith('recordings'))).toEqual(['recordings'])
    await room.close(back)

    // Once is enough, and the new keys are wrapped.
    const again = await room.open(dir, server.url)
    const later = await again.until(inStep)
    expect(later.recordings.count).toBe(1)
    expect((await again.call('drafts.list', {})).drafts).toHaveLength(1)
    expect(existsSync(join(dir, 'recovery.key'))).toBe(true)
  }, 120_000)

  it('opens also where no server ever wrapped its keys; what it cannot read stays where it lies', async () => {
    const dir = room.folder()
    const first = await room.open(dir, away)
    await room.close(first)
    loseKeys(dir)
    const desk = await room.open(dir, server.url)
    expect((await desk.call('desk.state', {})).notice?.code).toBe('key-lost')
    await signIn(desk)
    expect(readdirSync(dir).filter((name) => /\.hong-\d+$/.test(name))).toHaveLength(1)
    expect(desk.errors).toEqual([])
  }, 60_000)

  it('is not held up by what the server cannot unwrap', async () => {
    const dir = room.folder()
    await deskWithUnsent(dir)
    loseKeys(dir)
    await room.close(await room.open(dir, away))
    const kept = readdirSync(dir).find((name) => name.startsWith('recovery.key.mat-khoa'))!
    const other = recoveryKeyOf(randomBytes(32)).publicKey
    writeFileSync(join(dir, kept), wrapKeys(other, 'desk', { 'database-key': '00'.repeat(32) }))
    const desk = await room.open(dir, server.url)
    await desk.call('session.signIn', { username: 'ha.lt', password })
    await desk.until(inStep)
    expect(readdirSync(dir).some((name) => name.startsWith('recovery.key.khong-mo-duoc'))).toBe(true)
    expect((await desk.call('cases.list', { view: 'all' })).total).toBeGreaterThan(200)
  }, 120_000)
})

describe('the keys of a desk', () => {
  it('are wrapped so that the server alone can unwrap them, each time differently', () => {
    const server = recoveryKeyOf(randomBytes(32))
    const keys = { 'database-key': 'ab'.repeat(32), 'vault-key': 'cd'.repeat(32) }
    const [one, two] = [wrapKeys(server.publicKey, 'desk-1', keys), wrapKeys(server.publicKey, 'desk-1', keys)]
    expect(one).not.toBe(two)
    expect(JSON.parse(server.unwrap(one, 'desk-1')!)).toEqual(keys)
    expect(server.unwrap(one, 'desk-2')).toBeNull()
    expect(recoveryKeyOf(randomBytes(32)).unwrap(one, 'desk-1')).toBeNull()
  })

  it('open the database and nothing else does', async () => {
    const dir = room.folder()
    await room.close(await room.open(dir, away))
    expect(readFileSync(join(dir, 'ban-truc.sqlite')).subarray(0, 15).toString()).not.toBe('SQLite format 3')
  })
})
