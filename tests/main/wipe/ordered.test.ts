import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { desksSchema } from '../../../src-shared/api/desks.ts'
import { signedInSchema } from '../../../src-shared/api/session.ts'
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

const ask = async (path: string, token: string | null, body?: unknown) => {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (token !== null) headers.authorization = `Bearer ${token}`
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
  const response = await fetch(`${server.url}${path}`, init)
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json() as Promise<unknown>
}
const administrator = async () =>
  signedInSchema.parse(await ask('/api/sign-in', null, { username: 'triet.cm', password })).token
const order = async (deskId: string) => {
  const reason = 'Máy bị mất trộm ngày 16/11'
  await ask(`/api/desks/${deskId}/wipe`, await administrator(), { orderId: uuidv7(), reason })
}
const known = async (deskId: string) => {
  const { desks } = desksSchema.parse(await ask('/api/desks', await administrator()))
  return desks.find((desk) => desk.deskId === deskId)!
}
/** A desk that was closed, and was ordered to be wiped since; and the mark that a wipe leaves there. */
async function orderedWhileOff() {
  const dir = room.folder()
  const desk = await room.open(dir, server.url)
  await signIn(desk)
  const { deskId } = await desk.until(inStep)
  await room.close(desk)
  await order(deskId)
  const { orderId } = (await known(deskId)).wipe!
  const mark = { deskId, orderId, reason: 'x', lostCommands: 0, lostRecordings: 0, blocks: [], isReported: false }
  return { dir, deskId, orderId, mark }
}
const until = (is: () => Promise<boolean>) => vi.waitUntil(is, { timeout: 30_000, interval: 100 })

describe('a desk that was lost', () => {
  it('S39, S40: is told by poke at once, sends what waits, destroys the rest and says so; then it is empty', async () => {
    const dir = room.folder()
    const desk = await room.open(dir, server.url)
    await signIn(desk)
    await openCase(desk)
    await desk.call('drafts.save', { draftId: 'x', form: { content: 'Nước yếu' }, code: null })
    const { deskId } = await desk.until(inStep)
    await order(deskId)
    await until(async () => (await known(deskId)).wipe?.doneAt != null)
    const state = await desk.call('desk.state', {})
    expect(state).toMatchObject({
      deskId,
      account: null,
      codesLeft: 0,
      waiting: 0,
      notice: { code: 'wiped', params: { reason: 'Máy bị mất trộm ngày 16/11' } },
    })
    expect(readdirSync(join(dir, 'secrets')).some((name) => name.startsWith('session'))).toBe(false)
    const row = await known(deskId)
    expect(row.wipe).toMatchObject({ lostCommands: 0, lostRecordings: 0 })
    // S21: what nobody was told is void, what was told stays in its case.
    const [account] = row.codes
    expect(account).toMatchObject({ leased: 120, inCases: 1, withDesk: 0, void: 119 })

    // Somebody who may works there again: it is a desk like any other, under its old id.
    await signIn(desk)
    expect((await desk.call('drafts.list', {})).drafts).toEqual([])
    expect((await desk.call('cases.list', { view: 'all' })).total).toBeGreaterThan(200)
    expect(desk.errors).toEqual([])
  }, 120_000)

  it('S39: is wiped at its next start where nobody is signed in; S40: what was unsent is counted', async () => {
    const dir = room.folder()
    const desk = await room.open(dir, server.url)
    await signIn(desk)
    const { deskId } = await desk.until(inStep)
    await room.close(desk)
    const away = await room.open(dir, 'http://127.0.0.1:9')
    await openCase(away)
    await openCase(away)
    await away.call('session.signOut', {})
    await room.close(away)
    await order(deskId)
    const again = await room.open(dir, server.url)
    await again.until((state) => state.notice?.code === 'wiped')
    await until(async () => (await known(deskId)).wipe?.doneAt != null)
    expect((await known(deskId)).wipe).toMatchObject({ lostCommands: 2, lostRecordings: 0 })
    expect(existsSync(join(dir, 'wiping.json'))).toBe(false)
  }, 120_000)

  it('S40: goes on with it before anything is shown, also without a link, and tells the server when it can', async () => {
    const { dir, deskId, orderId, mark } = await orderedWhileOff()
    // Killed after its first step: the mark is there, everything else too.
    writeFileSync(join(dir, 'wiping.json'), JSON.stringify(mark))
    const away = await room.open(dir, 'http://127.0.0.1:9')
    await away.call('session.signIn', { username: 'ha.lt', password }).then(
      () => expect.unreachable(),
      (error: Error) => expect(error.message).toContain('offline-unknown'),
    )
    expect((await away.call('desk.state', {})).codesLeft).toBe(0)
    await room.close(away)
    expect((await known(deskId)).wipe?.doneAt).toBeNull()
    const back = await room.open(dir, server.url)
    await until(async () => (await known(deskId)).wipe?.doneAt != null)
    const noted = async () => JSON.parse(readFileSync(join(dir, 'wiped.json'), 'utf8')) as { isReported: boolean }
    await until(async () => (await noted()).isReported)
    expect(await noted()).toMatchObject({ orderId })
    expect((await back.call('desk.state', {})).notice?.code).toBe('wiped')
  }, 120_000)

  it('S40: says so again to a register that was brought back from a backup of before it heard', async () => {
    const { dir, deskId, mark } = await orderedWhileOff()
    const done = { ...mark, lostCommands: 1, lostRecordings: 2, isReported: true }
    writeFileSync(join(dir, 'wiped.json'), JSON.stringify(done))
    const back = await room.open(dir, server.url)
    await until(async () => (await known(deskId)).wipe?.doneAt != null)
    expect((await known(deskId)).wipe).toMatchObject({ lostCommands: 1, lostRecordings: 2 })
    await signIn(back)
    expect(back.errors).toEqual([])
  }, 120_000)
})
