import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openWritable } from '../../../src-main/store/database.ts'
import { demoServer, openCase, openRoom, type Server, signIn } from './at-a-desk.ts'

let server: Server
const room = openRoom()
beforeAll(async () => {
  server = await demoServer()
}, 120_000)
afterEach(() => room.clear())
afterAll(async () => {
  await server.close()
  server.remove()
})

describe('what a desk keeps', () => {
  it('numbers anew when the server has already answered its numbers for other commands', async () => {
    const dir = room.folder()
    const desk = await room.open(dir, server.url)
    await signIn(desk)
    await openCase(desk)
    await desk.until((state) => state.waiting === 0)
    await room.close(desk)
    // A copy of an older self: the cache is gone, the desk's own number is not.
    for (const name of ['ban-truc.sqlite', 'ban-truc.sqlite-wal', 'ban-truc.sqlite-shm'])
      rmSync(join(dir, name), { force: true })
    const again = await room.open(dir, server.url)
    await signIn(again)
    const { caseId } = await openCase(again)
    await again.until((state) => state.waiting === 0)
    expect((await again.call('cases.get', { caseId })).detail?.row.sync).toBe('confirmed')
  })

  it('S32: keeps drafts and their codes for their author alone, through a restart', async () => {
    const dir = room.folder()
    const desk = await room.open(dir, server.url)
    await signIn(desk)
    const { code } = await desk.call('codes.reserve', { draftId: 'x' })
    await desk.call('drafts.save', { draftId: 'x', form: { content: 'Nước yếu' }, code })
    expect((await desk.call('codes.reserve', { draftId: 'x' })).code).toBe(code)
    await room.close(desk)
    const again = await room.open(dir, server.url)
    expect((await again.call('drafts.list', {})).drafts).toMatchObject([
      { draftId: 'x', code, form: { content: 'Nước yếu' } },
    ])
    const { reference } = await again.call('reference.get', {})
    expect(reference?.provinceId).toBe('dong-thap')
    await signIn(again, 'khang.tqb')
    expect((await again.call('drafts.list', {})).drafts).toEqual([])
  })

  it('sets a torn database aside, says so, fetches the register again and sends what was unsent', async () => {
    const dir = room.folder()
    const desk = await room.open(dir, server.url)
    await signIn(desk)
    await room.close(desk)
    const away = await room.open(dir, 'http://127.0.0.1:9')
    const { caseId } = await openCase(away)
    await away.close()
    const file = join(dir, 'ban-truc.sqlite')
    const bytes = readFileSync(file)
    // The header's schema cookie and page counts stay; an inner page is torn as by a power cut.
    bytes.fill(0x5a, 40 * 4096, 44 * 4096)
    writeFileSync(file, bytes)

    const rebuilt = await room.open(dir, server.url)
    const before = await rebuilt.call('desk.state', {})
    expect(before.notice?.code).toBe('store-rebuilt')
    await rebuilt.until((state) => state.link.kind === 'connected' && state.waiting === 0)
    expect((await rebuilt.call('cases.list', { view: 'all' })).total).toBeGreaterThanOrEqual(200)
    if (Number(before.notice?.params.commands) > 0) {
      expect((await rebuilt.call('cases.get', { caseId })).detail?.row.sync).toBe('confirmed')
    }
  }, 60_000)

  it('folds anew, without a link, the cases that an older program had folded', async () => {
    const dir = room.folder()
    const desk = await room.open(dir, server.url)
    await signIn(desk)
    const { caseId } = await openCase(desk)
    await desk.until((state) => state.waiting === 0)
    await desk.close()
    const key = readFileSync(join(dir, 'secrets/database-key.secret'), 'utf8')
    const db = openWritable(join(dir, 'ban-truc.sqlite'), Buffer.from(key, 'hex'))
    db.exec("UPDATE cases SET confirmed = json_remove(confirmed, '$.urgings'), shown = json_remove(shown, '$.urgings')")
    db.exec("UPDATE meta SET value = '1' WHERE key = 'fold_version'")
    db.close()
    const again = await room.open(dir, 'http://127.0.0.1:9')
    await again.call('session.signIn', { username: 'ha.lt', password: 'demo-1022' })
    expect((await again.call('cases.get', { caseId })).detail?.state.urgings).toEqual([])
  })
})
