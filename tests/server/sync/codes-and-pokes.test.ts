import { once } from 'node:events'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { codeBlockSchema, type Poke, pokeSchema } from '../../../src-shared/api/sync.ts'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import { openDesk, openInput, people, type Running, startServer } from '../running.ts'

let server: Running
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.remove())

describe('codes', () => {
  test('S12: no number is leased twice, however many ask at once', async () => {
    const desks = ['desk-a', 'desk-b', 'desk-c']
    const tokens = await Promise.all(desks.map((desk) => server.signIn(people.agent, desk)))
    const blocks = await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        const body = { deskId: desks[i % 3], year: 2026, count: 7 + (i % 5) }
        return codeBlockSchema.parse(await server.json('/api/sync/codes', { token: tokens[i % 3]!, body }))
      }),
    )
    const numbers = blocks.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i))
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  test('S12: for this year and the next, and for the own desk only', async () => {
    const token = await server.signIn(people.agent, 'desk-a')
    const lease = (body: object) => server.request('/api/sync/codes', { token, body })
    expect((await lease({ deskId: 'desk-a', year: 2027, count: 1 })).status).toBe(200)
    expect((await lease({ deskId: 'desk-a', year: 2029, count: 1 })).status).toBe(409)
    expect((await lease({ deskId: 'desk-b', year: 2026, count: 1 })).status).toBe(403)
  })

  test("S13: another desk's code, a code beyond the lease, and a code used before open nothing", async () => {
    const mine = await openDesk(server, people.agent, 'desk-mine')
    const theirs = await openDesk(server, people.secondAgent, 'desk-theirs')
    const code = mine.nextCode()
    expect(await mine.give('case.open', uuidv7(), openInput(code))).toMatchObject({ kind: 'accepted' })
    const refused = { kind: 'refused', code: 'code-not-leased' }
    expect(await mine.give('case.open', uuidv7(), openInput(code))).toMatchObject(refused)
    expect(await mine.give('case.open', uuidv7(), openInput(theirs.nextCode()))).toMatchObject(refused)
    expect(await mine.give('case.open', uuidv7(), openInput(formatCode(2026, 9_000_000)))).toMatchObject(refused)
  })
})

/** A poke connection that remembers what it was told. */
async function listen(token: string) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/sync/poke?token=${token}`)
  const told: Poke[] = []
  const waiting: (() => void)[] = []
  socket.on('message', (data) => {
    told.push(pokeSchema.parse(JSON.parse(String(data))))
    for (const wake of waiting.splice(0)) wake()
  })
  const until = async (isIt: (poke: Poke) => boolean): Promise<Poke> => {
    for (;;) {
      const found = told.find(isIt)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  await once(socket, 'open')
  return { socket, told, until }
}

describe('pokes', () => {
  test('S14: on connecting the cursor and the revision; after a commit the new cursor, never the event', async () => {
    const desk = await openDesk(server, people.agent, 'desk-poke')
    const { socket, told, until } = await listen(desk.token)
    const cursor = await server.deps.store.read.register.lastSeq()
    await until((poke) => poke.type === 'events' && poke.cursor === cursor)
    await until((poke) => poke.type === 'reference' && poke.revision === server.deps.reference.reference.revision)
    await desk.give('case.open', uuidv7(), openInput(desk.nextCode()))
    await until((poke) => poke.type === 'events' && poke.cursor === cursor + 1)
    expect(JSON.stringify(told)).not.toContain('Nguyễn Thị Sen')
    socket.close()
  })

  test.each(['agent', 'supervisor', 'office'] as const)(
    'S15: the board goes to whoever sees the cases: %s',
    async (who) => {
      const watcher = await listen(await server.signIn(people[who], `desk-board-${who}`))
      const first = await watcher.until((poke) => poke.type === 'queue')
      expect(first).toMatchObject({ snapshot: { queueNumber: '1022', connected: true } })
      server.deps.pokes.queue(server.deps.line!.source.snapshot())
      await watcher.until(() => watcher.told.filter((poke) => poke.type === 'queue').length === 2)
      watcher.socket.close()
    },
  )

  test('S15: the board does not go to an officer', async () => {
    const officer = await listen(await server.signIn(people.officer))
    await officer.until((poke) => poke.type === 'reference')
    server.deps.pokes.queue(server.deps.line!.source.snapshot())
    // In order on one connection: had a board been sent, it would stand before this.
    server.deps.pokes.messages()
    await officer.until((poke) => poke.type === 'messages')
    expect(officer.told.some((poke) => poke.type === 'queue')).toBe(false)
    officer.socket.close()
  })

  test('S16: signing out tells the connection, closes it, and ends the token', async () => {
    const token = await server.signIn(people.agent, 'desk-out')
    const { socket, until } = await listen(token)
    const closed = once(socket, 'close')
    expect((await server.request('/api/sign-out', { token, body: {} })).status).toBe(200)
    await until((poke) => poke.type === 'signed-out')
    expect((await closed)[0]).toBe(4401)
    expect((await server.request('/api/sync/reference', { token })).status).toBe(401)
  })

  test('S16: a wrong token is told so and closed', async () => {
    const { socket, until } = await listen('x'.repeat(43))
    const closed = once(socket, 'close')
    await until((poke) => poke.type === 'signed-out')
    await closed
  })
})
