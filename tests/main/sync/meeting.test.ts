import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoServer, inStep, openCase, openRoom, password, type Server, signIn } from './at-a-desk.ts'
import { type CountingProxy, openCountingProxy } from './counting-proxy.ts'

let server: Server
let proxy: CountingProxy
const room = openRoom()
beforeAll(async () => {
  server = await demoServer()
}, 120_000)
afterEach(async () => {
  await room.clear()
  await proxy?.close()
})
afterAll(async () => {
  await server.close()
  server.remove()
})
const behindProxy = async () => {
  proxy = await openCountingProxy(server.url)
  return proxy
}
const disable = (accountId: string, isDisabled: boolean) =>
  server.deps.store.write(async (tx) => {
    const stored = await tx.people.account(accountId as never)
    await tx.people.putAccount({ ...stored!, isDisabled }, server.clock.now())
  })

describe('a desk that comes back', () => {
  it('S18: that missed nothing asks one question, and listens beside it', async () => {
    const { url, asked } = await behindProxy()
    const dir = room.folder()
    const first = await room.open(dir, url)
    await signIn(first)
    await room.close(first)
    asked.length = 0
    const again = await room.open(dir, url)
    await again.until(inStep)
    await expect.poll(() => asked.includes('WS /api/sync/poke')).toBe(true)
    expect(asked.filter((line) => !line.startsWith('WS '))).toEqual(['POST /api/sync/meet'])
  })

  it('S18: is told by a poke what the others wrote, and asks for that alone', async () => {
    const { url, asked } = await behindProxy()
    const [one, two] = [await room.open(room.folder(), url), await room.open(room.folder(), server.url)]
    await signIn(one)
    await signIn(two)
    // What the search index and the messages still had to tell is over.
    await expect.poll(() => asked.length).toBeGreaterThan(0)
    asked.length = 0
    const { caseId } = await openCase(two)
    await expect.poll(async () => (await one.call('cases.get', { caseId })).detail, { timeout: 20_000 }).not.toBeNull()
    expect(new Set(asked)).toEqual(new Set(['GET /api/sync/pull']))
  })

  it('S6: at a server that shares no protocol keeps its outbox and says which side must be updated', async () => {
    const { url, answer } = await behindProxy()
    const dir = room.folder()
    const first = await room.open(dir, server.url)
    await signIn(first)
    await room.close(first)
    const why = { serverVersion: '9.0.0', serverProtocol: 9 }
    answer('POST /api/sync/meet', 426, { ok: false, error: { code: 'protocol', message: '', why } })
    const desk = await room.open(dir, url)
    const { link } = await desk.until((state) => state.link.kind === 'incompatible')
    expect(link).toMatchObject({ serverVersion: '9.0.0', serverProtocol: 9, update: 'desk' })
    await openCase(desk)
    expect((await desk.call('desk.state', {})).waiting).toBe(1)
  })

  it('S6: goes on with a server of version 1 by hello, push of protocol 1, codes and pull', async () => {
    const { url, asked, answer } = await behindProxy()
    const notFound = { ok: false, error: { code: 'not-found', message: '' } }
    const hello = await (await fetch(`${server.url}/api/hello`)).json()
    const { protocols: _1, registerId: _2, wipe: _3, ...old } = hello as Record<string, unknown>
    answer('POST /api/sync/meet', 404, notFound)
    answer('GET /api/sync/snapshot', 404, notFound)
    answer('GET /api/hello', 200, { ...old, protocol: 1 })
    const desk = await room.open(room.folder(), url)
    await signIn(desk)
    const { caseId } = await openCase(desk)
    await desk.until((state) => state.waiting === 0)
    expect((await desk.call('cases.get', { caseId })).detail?.row.sync).toBe('confirmed')
    expect(asked).toContain('GET /api/hello')
    expect(asked).not.toContain('GET /api/sync/snapshot')
  })

  it('S25: measures its clock, and a clock that is set in mid-outage is put right by what nobody can set', async () => {
    const threeDays = 3 * 86_400_000
    let wrongBy = -threeDays
    const started = server.clock.now()
    const clock = { now: () => server.clock.now() + wrongBy, monotonic: () => server.clock.now() - started }
    const desk = await room.open(room.folder(), server.url, clock)
    const state = await signIn(desk)
    expect(Math.abs(state.clockOffsetMs - threeDays)).toBeLessThan(5_000)
    wrongBy = 2 * threeDays
    const { caseId } = await openCase(desk)
    await desk.until((each) => each.waiting === 0)
    const { detail } = await desk.call('cases.get', { caseId })
    const [opened] = detail!.events as { event: { madeAt: string } }[]
    expect(Math.abs(Date.parse(opened!.event.madeAt) - server.clock.now())).toBeLessThan(60_000)
  })

  it('S24: forgets whoever may no longer come in without a link', async () => {
    const dir = room.folder()
    const desk = await room.open(dir, server.url)
    await signIn(desk, 'khang.tqb')
    await desk.call('session.signOut', {})
    await signIn(desk, 'ha.lt')
    const known = () => Object.keys(JSON.parse(readFileSync(join(dir, 'secrets/sign-ins.secret'), 'utf8')))
    expect(known().sort()).toEqual(['ha.lt', 'khang.tqb'])
    await room.close(desk)
    await disable('tk-khang-tqb', true)
    const again = await room.open(dir, server.url)
    await again.until(inStep)
    expect(known()).toEqual(['ha.lt'])
    await room.close(again)
    await disable('tk-khang-tqb', false)
    const away = await room.open(dir, 'http://127.0.0.1:9')
    const attempt = away.call('session.signIn', { username: 'khang.tqb', password })
    await expect(attempt).rejects.toThrow('offline-unknown')
  })

  it('S23: gives up the register when nobody is left who may see it; what was not sent stays with its author', async () => {
    const dir = room.folder()
    const desk = await room.open(dir, server.url)
    await signIn(desk, 'ly.pnt')
    expect((await desk.call('cases.list', { view: 'all' })).total).toBeGreaterThan(100)
    await room.close(desk)
    // Without a link, so that it is unsent when the right is gone.
    const away = await room.open(dir, 'http://127.0.0.1:9')
    await away.call('session.signIn', { username: 'ly.pnt', password })
    await openCase(away)
    await away.call('drafts.save', { draftId: 'x', form: { content: 'Nước yếu' }, code: null })
    await room.close(away)

    await disable('tk-ly-pnt', true)
    const later = await room.open(dir, server.url)
    await later.call('session.signOut', {})
    await later.call('session.signIn', { username: 'triet.cm', password })
    const state = await later.until((each) => each.link.kind === 'connected' && each.holds === 'nothing')
    expect(state.notice?.code).toBe('holding-ended')
    expect(state.waiting).toBe(1)
    expect((await later.call('outbox.list', {})).items).toEqual([])
    await disable('tk-ly-pnt', false)
    await later.call('session.signOut', {})
    await signIn(later, 'ly.pnt')
    expect((await later.call('drafts.list', {})).drafts).toHaveLength(1)
    expect((await later.call('cases.list', { view: 'all' })).total).toBeGreaterThan(100)
  }, 60_000)

  it('S23: shows no case to a person who may not see cases, whatever the desk holds', async () => {
    const desk = await room.open(room.folder(), server.url)
    await signIn(desk)
    const { caseId, code } = await openCase(desk)
    await desk.until(inStep)
    await desk.call('session.signOut', {})
    const state = await signIn(desk, 'triet.cm')
    expect(state.holds).toBe('register')
    expect((await desk.call('cases.list', { view: 'all' })).total).toBe(0)
    expect((await desk.call('cases.get', { caseId })).detail).toBeNull()
    expect((await desk.call('cases.byPhone', { phone: '02775550199' })).rows).toEqual([])
    expect((await desk.call('find.anything', { text: code })).cases).toEqual([])
    expect((await desk.call('cases.watched', { mark: 'held', agencyId: null })).rows).toEqual([])
    expect((await desk.call('recordings.list', { caseId: null })).recordings).toEqual([])
  })

  it('S21: leases the next block while half of the last one is left', async () => {
    const desk = await room.open(room.folder(), server.url)
    const { codesLeft } = await signIn(desk)
    expect(codesLeft).toBe(120)
    for (let taken = 0; taken < 61; taken += 1) await desk.call('codes.reserve', { draftId: `n-${taken}` })
    expect((await desk.call('desk.state', {})).codesLeft).toBe(59)
    await openCase(desk)
    const after = await desk.until((state) => state.codesLeft > 120)
    // The first lasted less than a day: the next is twice as large.
    expect(after.codesLeft).toBe(58 + 240)
  })
})
