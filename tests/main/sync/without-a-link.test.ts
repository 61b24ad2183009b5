import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoServer, openCase, openRoom, type Server, sendSlip, signIn } from './at-a-desk.ts'

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

describe('a desk without a link', () => {
  it('opens and sends a slip while the server is away; S2: afterwards each is there once; S31: the moved deadline is told', async () => {
    const dir = room.folder()
    const desk = await room.open(dir, server.url)
    await signIn(desk)
    const { port, dataDir } = server
    await server.close()
    await desk.until((state) => state.link.kind === 'offline')

    const { caseId, code } = await openCase(desk)
    const sent = await sendSlip(desk, caseId)
    expect(sent).toMatchObject({ outcome: 'done', sync: 'waiting' })
    if (sent.outcome !== 'done') throw new Error('refused')
    expect(sent.clock?.isProvisional).toBe(true)
    const shownDueAt = sent.clock!.dueAt!
    expect((await desk.call('desk.state', {})).waiting).toBe(2)
    expect((await desk.call('cases.list', { view: 'open', text: code })).rows[0]?.sync).toBe('waiting')

    server = await demoServer({ at: '2026-11-16T11:00:00+07:00', port, dataDir })
    await desk.until((state) => state.link.kind === 'connected' && state.waiting === 0)
    const { detail } = await desk.call('cases.get', { caseId })
    expect(detail?.row.sync).toBe('confirmed')
    expect(detail?.events.filter((each) => (each.event as { name: string }).name === 'slip.sent')).toHaveLength(1)
    expect(detail?.clock?.isProvisional).toBe(false)
    // D1: received when the server delivered it, two hours later than the desk could know.
    expect(Date.parse(detail!.clock!.dueAt!)).toBeGreaterThan(Date.parse(shownDueAt))
    const { differences } = await desk.call('outbox.list', {})
    expect(differences.find((each) => each.caseId === caseId)?.text).toContain('Hạn xử lý đổi từ')
  }, 60_000)

  it('lets a known person sign in, and refuses a wrong password and a stranger, each with its reason', async () => {
    const dir = room.folder()
    const first = await room.open(dir, server.url)
    await signIn(first)
    await room.close(first)
    const away = await room.open(dir, 'http://127.0.0.1:9')
    const attempt = (username: string, password: string) => away.call('session.signIn', { username, password })
    await expect(attempt('ha.lt', 'demo-1022')).resolves.toMatchObject({ isOffline: true })
    await expect(attempt('ha.lt', 'sai-mat-khau')).rejects.toThrow('wrong-password')
    await expect(attempt('nguoi.la', 'demo-1022')).rejects.toThrow('offline-unknown')
    expect((await away.call('cases.list', { view: 'all' })).total).toBeGreaterThanOrEqual(200)
    await openCase(away)
    await room.close(away)
    // Back in reach: the person who signed in without a link is not asked again.
    const back = await room.open(dir, server.url)
    await back.until((state) => state.link.kind === 'connected' && state.waiting === 0)
  }, 30_000)

  it('signs in for real, by itself, a person who signed in while the server was away', async () => {
    const dir = room.folder()
    const first = await room.open(dir, server.url)
    await signIn(first)
    await first.call('session.signOut', {})
    const { port, dataDir } = server
    await server.close()
    await first.until((state) => state.link.kind !== 'connected')
    expect(await first.call('session.signIn', { username: 'ha.lt', password: 'demo-1022' })).toMatchObject({
      isOffline: true,
    })
    const { caseId } = await openCase(first)
    server = await demoServer({ at: '2026-11-16T13:40:00+07:00', port, dataDir })
    await first.until((state) => state.link.kind === 'connected' && state.waiting === 0)
    expect((await first.call('cases.get', { caseId })).detail?.row.sync).toBe('confirmed')
  }, 60_000)

  it('measures how wrong the computer’s clock is, and says the server’s instants', async () => {
    const threeDays = 3 * 24 * 3600 * 1000
    const desk = await room.open(room.folder(), server.url, { now: () => server.clock.now() - threeDays })
    const state = await signIn(desk)
    expect(Math.abs(state.clockOffsetMs - threeDays)).toBeLessThan(5_000)
    const { caseId } = await openCase(desk)
    await desk.until((each) => each.waiting === 0)
    const { detail } = await desk.call('cases.get', { caseId })
    expect(Math.abs(Date.parse(detail!.state.openedAt) - server.clock.now())).toBeLessThan(60_000)
  })
})
