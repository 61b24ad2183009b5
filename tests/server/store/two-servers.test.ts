import { once } from 'node:events'
import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { type Poke, pokeSchema } from '../../../src-shared/api/sync.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { verifyRegister } from '../../../sync-server/src/cases/verify-register.ts'
import type { Outgoing } from '../../../sync-server/src/outbox/gateway.ts'
import { openPostgresStore } from '../../../sync-server/src/store/postgres.ts'
import { followOthers } from '../../../sync-server/src/sync/other-servers.ts'
import { pokeHub } from '../../../sync-server/src/sync/poke-hub.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer, stoppedClock } from '../running.ts'
import { append } from './events.ts'
import { type Cluster, noPostgres, startCluster } from './postgres.ts'

describe.skipIf(noPostgres !== null)('two servers on one register', () => {
  let cluster: Cluster
  let url: string
  let one: Running
  let two: Running
  let sent: Outgoing[]
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster?.remove())
  beforeEach(async () => {
    url = await cluster.database()
    sent = []
    const gateway = { name: 'recorder', send: async (message: Outgoing) => void sent.push(message) }
    const clock = stoppedClock('2026-10-05T07:00:00+07:00')
    const options = { env: { BT1022_DATABASE_URL: url }, clock, gateway }
    one = await startServer(options)
    two = await startServer(options)
  })
  afterEach(() => Promise.all([one.remove(), two.remove()]))

  const eventNames = async (caseId: string) =>
    (await one.deps.store.read.register.eventsOfCase(caseId)).map(
      ({ line }) => (JSON.parse(line) as { name: string }).name,
    )

  test('#20: two keepers and two outboxes at once: every slip climbs once, every notice goes out once', async () => {
    const desk = await openDesk(one, people.agent, 'desk-1')
    const caseIds = Array.from({ length: 20 }, () => uuidv7())
    for (const caseId of caseIds) {
      await desk.give('case.open', caseId, openInput(desk.nextCode()))
      await desk.give('slip.send', caseId, sendInput(one))
    }
    one.clock.setTo(fromIso('2026-10-06T08:00:00+07:00'))
    const ticks = [one, two, one, two].map((server) => server.deps.keeper.tick())
    const taken = await Promise.all(ticks)
    expect(taken.reduce((sum, each) => sum + each)).toBe(20)
    for (const caseId of caseIds) {
      expect((await eventNames(caseId)).filter((name) => name === 'slip.escalated')).toHaveLength(1)
    }
    await Promise.all([one, two, one, two].map((server) => server.deps.outbox.tick()))
    expect(sent.filter(({ kind }) => kind === 'slip-escalated')).toHaveLength(20)
    expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length)
    expect(await verifyRegister(two.deps.store.read)).toMatchObject({ ok: true, cases: 20 })
  })

  test('S2: the same commands pushed to both at once are answered once, in the same words', async () => {
    const desk = await openDesk(one, people.agent, 'desk-1')
    const elsewhere = await two.signIn(people.agent, 'desk-1')
    const commands = Array.from({ length: 6 }, () => desk.command('case.open', uuidv7(), openInput(desk.nextCode())))
    const other = two.request('/api/sync/push', {
      token: elsewhere,
      body: { protocol: 1, deskId: 'desk-1', commands },
    })
    const [first, second] = await Promise.all([desk.push(commands), other])
    const results = async (response: Response) => ((await response.json()) as { results: unknown[] }).results
    const answers = await results(first)
    expect(answers).toHaveLength(6)
    expect(await results(second)).toEqual(answers)
    expect(await two.deps.store.read.register.lastSeq()).toBe(6)
  })

  test('S14, S16: a commit, a sent message, a raised revision and an ended session on one reach the desks of the other', async () => {
    const desk = await openDesk(one, people.agent, 'desk-1')
    const token = await two.signIn(people.secondAgent, 'desk-2')
    const { socket, until } = await listen(two, token)
    const closed = once(socket, 'close')
    const caseId = uuidv7()
    await desk.give('case.open', caseId, openInput(desk.nextCode()))
    await until((poke) => poke.type === 'events' && poke.cursor === 1)
    await one.deps.outbox.tick()
    await until((poke) => poke.type === 'messages')
    const revision = await one.deps.store.write((tx) => tx.reference.raiseRevision())
    await until((poke) => poke.type === 'reference' && poke.revision === revision)
    expect(two.deps.reference.reference.revision).toBe(revision)
    await one.deps.sessions.endAllOf(people.secondAgent.id, 'password-changed')
    await until((poke) => poke.type === 'signed-out')
    expect((await closed)[0]).toBe(4401)
  })

  test('where no notice comes a look now and then finds what was committed', async () => {
    const store = await openPostgresStore(url)
    const pokes = pokeHub()
    const told: Poke[] = []
    pokes.join({
      tokenHash: 't',
      accountId: 'a',
      role: 'agent',
      deskId: 'd',
      send: (poke) => told.push(poke),
      close() {},
    })
    const deaf = { ...store, onElsewhere: () => () => undefined }
    const { clock, register, reference } = two.deps
    const others = await followOthers({ store: deaf, clock, register, reference, pokes })
    await others.look()
    expect(told).toEqual([])
    const cursor = await append(one.deps.store, 'unheard')
    await Promise.all([others.look(), others.look()])
    expect(told).toEqual([{ type: 'events', cursor }])
    await others.close()
    await store.close()
  })
})

async function listen(server: Running, token: string) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/sync/poke?token=${token}`)
  const told: Poke[] = []
  let wake = () => {}
  socket.on('message', (data) => {
    told.push(pokeSchema.parse(JSON.parse(String(data))))
    wake()
  })
  await once(socket, 'open')
  const until = async (isIt: (poke: Poke) => boolean): Promise<void> => {
    while (!told.some(isIt)) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { socket, until }
}
