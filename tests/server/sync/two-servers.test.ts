import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { desksSchema } from '../../../src-shared/api/desks.ts'
import { codeClaimAnswerSchema } from '../../../src-shared/api/sync.ts'
import type { DeskId } from '../../../src-shared/ids.ts'
import { openDesk, openInput, people, type Running, startServer, stoppedClock } from '../running.ts'
import { type Cluster, noPostgres, startCluster } from '../store/postgres.ts'
import { meetAt, refusal } from './meeting-desk.ts'
import { listen } from './poke-line.ts'

describe.skipIf(noPostgres !== null)('two servers on one register, and a desk that comes to either', () => {
  let cluster: Cluster
  let one: Running
  let two: Running
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster?.remove())
  beforeEach(async () => {
    const clock = stoppedClock('2026-10-05T07:00:00+07:00')
    const options = { env: { BT1022_DATABASE_URL: await cluster.database() }, clock }
    // At once, on a register that has no id yet.
    ;[one, two] = await Promise.all([startServer(options), startServer(options)])
  })
  afterEach(() => Promise.all([one.remove(), two.remove()]))

  test('S18, S19: the register has one id, whichever server is asked, and each knows what the other was told', async () => {
    const desk = await openDesk(one, people.agent, 'desk-1')
    await desk.give('case.open', uuidv7(), openInput(desk.nextCode()))
    const first = await meetAt(one, desk.token, 'desk-1', { waiting: 4 })
    const second = await meetAt(two, desk.token, 'desk-1', { registerId: first.registerId, waiting: 3 })
    expect(second).toMatchObject({ registerId: first.registerId, history: 'same', nextN: 2, lastSeq: 1 })
    const supervisor = await one.signIn(people.supervisor)
    const { desks } = desksSchema.parse(await one.json('/api/desks', { token: supervisor }))
    expect(desks).toMatchObject([{ deskId: 'desk-1', waiting: 3, codes: [{ leased: 20, inCases: 1, withDesk: 19 }] }])
  })

  test('S39, S40: an order given at one reaches the desk at the other, and so does its end', async () => {
    const token = await two.signIn(people.agent, 'desk-2')
    const line = await listen(two, token)
    const bystander = await listen(two, await two.signIn(people.agent, 'desk-3'))
    const admin = await one.signIn(people.admin)
    const orderId = uuidv7()
    const body = { orderId, reason: 'Máy bị mất trộm' }
    expect((await one.request('/api/desks/desk-2/wipe', { token: admin, body })).status).toBe(200)
    await line.until('wipe')
    expect((await two.json<{ wipe: object }>('/api/hello?desk=desk-2')).wipe).toEqual(body)
    const done = { deskId: 'desk-2', orderId, lostCommands: 0, lostRecordings: 0, blocks: [] }
    expect((await one.request('/api/sync/wiped', { body: done })).status).toBe(200)
    await line.until('signed-out')
    expect(await line.closed).toBe(4401)
    expect(bystander.told.some(({ type }) => type === 'wipe' || type === 'signed-out')).toBe(false)
    bystander.socket.close()
  })

  test('S39: of two orders given at once at two servers one stands', async () => {
    await one.signIn(people.agent, 'desk-4')
    const order = async (server: Running) => {
      const token = await server.signIn(people.admin)
      const body = { orderId: uuidv7(), reason: 'Máy bị mất trộm' }
      const response = await server.request('/api/desks/desk-4/wipe', { token, body })
      return response.status === 200 ? 'ordered' : (await refusal(response))[1]
    }
    expect((await Promise.all([order(one), order(two)])).sort()).toEqual(['ordered', 'wipe-ordered'])
  })

  test('S22: two desks that claim the same numbers at two servers: one has them, and nobody both', async () => {
    await one.deps.store.write((tx) =>
      tx.register.addCodeBlock({ deskId: 'restored-gap' as DeskId, year: 2026, from: 1, to: 100_000 }, 0),
    )
    const claim = async (server: Running, deskId: string) => {
      const token = await server.signIn(people.agent, deskId)
      const blocks = Array.from({ length: 20 }, (_, i) => ({ year: 2026, from: i * 50 + 1, to: i * 50 + 50 }))
      const body = { deskId, blocks }
      return codeClaimAnswerSchema.parse(await server.json('/api/sync/codes/claim', { token, body }))
    }
    const [first, second] = await Promise.all([claim(one, 'desk-5'), claim(two, 'desk-6')])
    expect(first.taken.length + second.taken.length).toBe(20)
    for (const [deskId, { taken }] of [
      ['desk-5', first],
      ['desk-6', second],
    ] as const) {
      for (const { year, from, to } of taken) {
        for (const number of [from, to]) {
          expect((await two.deps.store.read.register.blockOf(year, number))?.deskId).toBe(deskId)
        }
      }
    }
  })
})
