import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DeskRow, desksSchema } from '../../../src-shared/api/desks.ts'
import { openDesk, openInput, password, people, type Running, startServer } from '../running.ts'
import { meetAt, refusal } from './meeting-desk.ts'
import { listen } from './poke-line.ts'

let server: Running
let admin: string
beforeAll(async () => {
  server = await startServer()
  admin = await server.signIn(people.admin, 'desk-of-the-admin')
})
afterAll(() => server.remove())

let desks = 0
const newDesk = () => openDesk(server, people.agent, `desk-wipe-${++desks}`)
const order = (deskId: string, orderId: string, token = admin, reason = 'Máy bị mất trộm') =>
  server.request(`/api/desks/${deskId}/wipe`, { token, body: { orderId, reason } })
const rowOf = async (deskId: string): Promise<DeskRow> =>
  desksSchema.parse(await server.json('/api/desks', { token: admin })).desks.find((row) => row.deskId === deskId)!
const wiped = (deskId: string, orderId: string, blocks: object[] = [], lost = { lostCommands: 0, lostRecordings: 0 }) =>
  server.request('/api/sync/wiped', { body: { deskId, orderId, ...lost, blocks } })

describe('wipe', () => {
  test('S39: an administrator orders it, with a reason; hello and the meeting say so, and say it after a restart', async () => {
    const desk = await newDesk()
    const orderId = uuidv7()
    for (const account of [people.agent, people.supervisor, people.office]) {
      const token = await server.signIn(account, 'desk-x')
      expect(await refusal(order(desk.deskId, orderId, token))).toEqual([403, 'not-for-role'])
    }
    expect(await refusal(order(desk.deskId, orderId, admin, ' '))).toEqual([400, 'bad-request'])
    expect(await refusal(order('desk-nobody-knows', orderId))).toEqual([404, 'desk-unknown'])
    expect((await order(desk.deskId, orderId)).status).toBe(200)
    server = await server.restart()
    const wipe = { orderId, reason: 'Máy bị mất trộm' }
    expect((await server.json<{ wipe: unknown }>(`/api/hello?desk=${desk.deskId}`)).wipe).toEqual(wipe)
    expect((await server.json<{ wipe: unknown }>('/api/hello?desk=desk-other')).wipe).toBeNull()
    expect(await server.json('/api/hello')).not.toHaveProperty('wipe')
    expect(await meetAt(server, desk.token, desk.deskId)).toMatchObject({ wipe, holds: 'nothing' })
    expect((await rowOf(desk.deskId)).wipe).toEqual({
      ...wipe,
      orderedAt: '2026-10-05T07:00:00+07:00',
      orderedBy: people.admin.name,
      doneAt: null,
      lostCommands: null,
      lostRecordings: null,
    })
  })

  test('S39: a repeat of the order changes nothing; a second one, and the id of another desk’s, are refused', async () => {
    const desk = await newDesk()
    const other = await newDesk()
    const orderId = uuidv7()
    await order(desk.deskId, orderId)
    expect((await order(desk.deskId, orderId, admin, 'Lý do khác')).status).toBe(200)
    expect(await refusal(order(desk.deskId, uuidv7()))).toEqual([409, 'wipe-ordered'])
    expect(await refusal(order(other.deskId, orderId))).toEqual([409, 'wipe-ordered'])
    expect((await rowOf(desk.deskId)).wipe?.reason).toBe('Máy bị mất trộm')
    // Also after it was done: the order is known and no new one.
    await wiped(desk.deskId, orderId)
    expect((await order(desk.deskId, orderId)).status).toBe(200)
    expect((await meetAt(server, await server.signIn(people.agent, desk.deskId), desk.deskId)).wipe).toBeNull()
  })

  test('S39: the poke reaches that desk and no other, and whoever connects while the order waits', async () => {
    const desk = await newDesk()
    const bystander = await newDesk()
    const [here, there] = [await listen(server, desk.token), await listen(server, bystander.token)]
    await order(desk.deskId, uuidv7())
    await here.until('wipe')
    await (await listen(server, desk.token)).until('wipe')
    // In order on one connection: had a wipe been sent, it would stand before this.
    server.deps.pokes.messages()
    await there.until('messages')
    expect(there.told.some(({ type }) => type === 'wipe')).toBe(false)
    here.socket.close()
    there.socket.close()
  })

  test('S39, S40: while the order waits the desk sends what it has, and is given nothing more', async () => {
    const desk = await newDesk()
    await order(desk.deskId, uuidv7())
    expect(await desk.give('case.open', uuidv7(), openInput(desk.nextCode()))).toMatchObject({ kind: 'accepted' })
    const body = { deskId: desk.deskId }
    const ask = (path: string, more: object) => server.request(path, { token: desk.token, body: { ...body, ...more } })
    expect(await refusal(server.request('/api/sync/pull', { token: desk.token }))).toEqual([403, 'not-holder'])
    expect(await refusal(ask('/api/sync/codes', { year: 2026, count: 5 }))).toEqual([403, 'desk-wiped'])
    expect(await refusal(ask('/api/sync/codes/claim', { blocks: [] }))).toEqual([403, 'desk-wiped'])
    expect(await refusal(ask('/api/sync/recover', { wrapped: '' }))).toEqual([403, 'desk-wiped'])
    const signIn = (given: string) =>
      server.request('/api/sign-in', {
        body: { username: people.secondAgent.username, password: given, deskId: desk.deskId },
      })
    expect(await refusal(signIn(password))).toEqual([403, 'desk-wiped'])
    // Who has no password learns nothing of the desk.
    expect(await refusal(signIn('sai mật khẩu'))).toEqual([401, 'wrong-password'])
  })

  test('S40: done when the desk says so: what was lost is kept, its sessions end, it may come in again as an empty desk', async () => {
    const desk = await newDesk()
    const orderId = uuidv7()
    await order(desk.deskId, orderId)
    const { until, closed } = await listen(server, desk.token)
    server.clock.advance(60_000)
    expect((await wiped(desk.deskId, orderId, [], { lostCommands: 2, lostRecordings: 1 })).status).toBe(200)
    await until('signed-out')
    expect(await closed).toBe(4401)
    expect((await server.request('/api/sync/reference', { token: desk.token })).status).toBe(401)
    // A repeat is harmless: what was said first stays.
    server.clock.advance(60_000)
    expect((await wiped(desk.deskId, orderId, [], { lostCommands: 9, lostRecordings: 9 })).status).toBe(200)
    expect((await rowOf(desk.deskId)).wipe).toMatchObject({
      doneAt: '2026-10-05T07:01:00+07:00',
      lostCommands: 2,
      lostRecordings: 1,
    })
    expect((await server.json<{ wipe: unknown }>(`/api/hello?desk=${desk.deskId}`)).wipe).toBeNull()
    const token = await server.signIn(people.agent, desk.deskId)
    expect(await meetAt(server, token, desk.deskId)).toMatchObject({ wipe: null, holds: 'register', nextN: 1 })
    // And may be lost once more.
    const again = uuidv7()
    expect((await order(desk.deskId, again)).status).toBe(200)
    expect((await rowOf(desk.deskId)).wipe).toMatchObject({ orderId: again, doneAt: null })
  })

  test('S40: without the order’s own id nobody says that it is done', async () => {
    const desk = await newDesk()
    const other = await newDesk()
    const [orderId, elsewhere] = [uuidv7(), uuidv7()]
    await order(desk.deskId, orderId)
    await order(other.deskId, elsewhere)
    expect(await refusal(wiped(desk.deskId, uuidv7()))).toEqual([404, 'wipe-unknown'])
    expect(await refusal(wiped(desk.deskId, elsewhere))).toEqual([404, 'wipe-unknown'])
    expect((await rowOf(desk.deskId)).wipe?.doneAt).toBeNull()
  })

  test('S40, S21: the numbers that nobody was told are void and open nothing; those that were told stay told', async () => {
    const desk = await newDesk()
    const [first, second, third] = [desk.nextCode(), desk.nextCode(), desk.nextCode()]
    await desk.give('case.open', uuidv7(), openInput(first))
    const token = await server.signIn(people.agent, desk.deskId)
    const lease = { deskId: desk.deskId, year: 2027, count: 10 }
    await server.json('/api/sync/codes', { token, body: lease })
    const orderId = uuidv7()
    await order(desk.deskId, orderId)
    const [block] = await server.deps.store.read.register.codeBlocks(desk.deskId, 2026)
    const { year, from, to } = block!
    // Two were told; of the block of next year it says nothing any more.
    await wiped(desk.deskId, orderId, [{ year, from, to, next: from + 2 }])
    expect((await rowOf(desk.deskId)).codes).toEqual([
      { year: 2027, leased: 10, inCases: 0, told: 0, withDesk: 0, void: 10 },
      { year: 2026, leased: 20, inCases: 1, told: 1, withDesk: 0, void: 18 },
    ])
    // The desk comes in again, with somebody's copy of its disk.
    const copy = await openDesk(server, people.agent, desk.deskId)
    const n = await server.deps.store.read.register.nextN(desk.deskId)
    const open = (code: string, at: number) => copy.command('case.open', uuidv7(), openInput(code), { n: at })
    const answer = await copy.push([open(third, n), open(second, n + 1), open(copy.nextCode(), n + 2)])
    const { results } = (await answer.json()) as { results: { outcome: { kind: string; code?: string } }[] }
    expect(results.map(({ outcome }) => outcome.code ?? outcome.kind)).toEqual([
      'code-not-leased',
      'accepted',
      'accepted',
    ])
    const claim = { deskId: desk.deskId, blocks: [{ year, from, to }] }
    expect(await server.json('/api/sync/codes/claim', { token: copy.token, body: claim })).toEqual({
      taken: [],
      refused: [{ year, from, to }],
    })
    const accounts = (await rowOf(desk.deskId)).codes
    for (const { leased, inCases, told, withDesk, void: voided } of accounts) {
      expect(inCases + told + withDesk + voided).toBe(leased)
    }
    expect(accounts[1]).toMatchObject({ leased: 40, inCases: 3, told: 0, withDesk: 19, void: 18 })
  })
})
