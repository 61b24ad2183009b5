import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pullEndSchema, referenceSchema } from '../../../src-shared/api/sync.ts'
import { parseRegisteredEvent, type RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'

let server: Running
let token: string
const cases = 12

beforeAll(async () => {
  server = await startServer()
  const desk = await openDesk(server, people.agent, 'desk-pull')
  token = desk.token
  for (let i = 0; i < cases; i++) {
    const caseId = uuidv7()
    await desk.give('case.open', caseId, openInput(desk.nextCode()))
    await desk.give('slip.send', caseId, sendInput(server))
  }
})
afterAll(() => server.remove())

async function pull(query: string, headers: Record<string, string> = {}) {
  const response = await server.request(`/api/sync/pull?${query}`, { token, headers })
  const lines = (await response.text()).trimEnd().split('\n')
  const { end } = pullEndSchema.parse(JSON.parse(lines.at(-1)!))
  return { response, end, events: lines.slice(0, -1).map((line) => parseRegisteredEvent(JSON.parse(line))) }
}

describe('pull', () => {
  test('S8: events come in commit order without a gap', async () => {
    const { events, end } = await pull('cursor=0')
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: cases * 3 }, (_, i) => i + 1))
    expect(end).toMatchObject({ cursor: cases * 3, hasMore: false })
  })

  test('S9: pages follow one another from the cursor of the end line', async () => {
    const gathered: RegisteredEvent[] = []
    let cursor = 0
    for (let more = true; more; ) {
      const page = await pull(`cursor=${cursor}&limit=7`)
      expect(page.events.length).toBeLessThanOrEqual(7)
      gathered.push(...page.events)
      cursor = page.end.cursor
      more = page.end.hasMore
    }
    expect(gathered).toEqual((await pull('cursor=0')).events)
  })

  test('S9: a stream cut at any byte is resumed from the last whole line, with nothing lost or twice', async () => {
    const whole = await (await server.request('/api/sync/pull?cursor=0', { token })).text()
    const all = (await pull('cursor=0')).events
    for (let cut = 1; cut < whole.length; cut += 997) {
      const received = new TextDecoder().decode(new TextEncoder().encode(whole).slice(0, cut))
      const lines = received
        .slice(0, received.lastIndexOf('\n') + 1)
        .split('\n')
        .filter(Boolean)
      const kept = lines.map((line) => parseRegisteredEvent(JSON.parse(line)))
      const rest = (await pull(`cursor=${kept.at(-1)?.seq ?? 0}`)).events
      expect([...kept, ...rest]).toEqual(all)
    }
  })

  test('S9: with nothing new there is only the end line', async () => {
    const { events, end } = await pull(`cursor=${cases * 3}`)
    expect(events).toEqual([])
    expect(end.cursor).toBe(cases * 3)
  })

  test('S10: the whole register goes to the roles that see every case, and to no other', async () => {
    for (const account of [people.agent, people.supervisor, people.office]) {
      const response = await server.request('/api/sync/pull', { token: await server.signIn(account, 'desk-x') })
      expect(response.status).toBe(200)
      await response.text()
    }
    for (const account of [people.officer, people.head, people.homeAffairs, people.admin]) {
      const response = await server.request('/api/sync/pull', { token: await server.signIn(account, 'desk-x') })
      expect(response.status).toBe(403)
    }
    expect((await server.request('/api/sync/pull')).status).toBe(401)
  })

  test('S11: gzip when asked for, a good part smaller', async () => {
    const raw = await server.app.inject({ url: '/api/sync/pull', headers: { authorization: `Bearer ${token}` } })
    const packed = await server.app.inject({
      url: '/api/sync/pull',
      headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip, br' },
    })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(packed.rawPayload.length).toBeLessThan(raw.rawPayload.length * 0.4)
    expect(gunzipSync(packed.rawPayload).toString()).toBe(raw.payload)
  })

  test('S11: zstd before gzip, for a desk that takes both; nothing is squeezed for who takes neither', async () => {
    const ask = (encodings?: string) =>
      server.app.inject({
        url: '/api/sync/pull',
        headers: {
          authorization: `Bearer ${token}`,
          ...(encodings === undefined ? {} : { 'accept-encoding': encodings }),
        },
      })
    const raw = await ask()
    expect(raw.headers['content-encoding']).toBeUndefined()
    expect(raw.headers.vary).toContain('accept-encoding')
    const packed = await ask('gzip, deflate, br, zstd')
    expect(packed.headers['content-encoding']).toBe('zstd')
    expect(zstdDecompressSync(packed.rawPayload).toString()).toBe(raw.payload)
    expect(packed.rawPayload.length).toBeLessThan(raw.rawPayload.length * 0.4)
    for (const [encodings, chosen] of [
      ['zstd;q=0, gzip', 'gzip'],
      ['br', undefined],
      ['identity', undefined],
      ['ZSTD', 'zstd'],
    ] as const) {
      expect([encodings, (await ask(encodings)).headers['content-encoding']]).toEqual([encodings, chosen])
    }
  })

  test('S17: the reference comes whole, and not again to who has its revision', async () => {
    const response = await server.request('/api/sync/reference', { token })
    const reference = referenceSchema.parse(await response.json())
    expect(reference.provinceId).toBe('dong-thap')
    expect(reference.articles.length).toBeGreaterThan(30)
    const again = await server.request('/api/sync/reference', {
      token,
      headers: { 'if-none-match': response.headers.get('etag')! },
    })
    expect(again.status).toBe(304)
  })

  test('S17: the reference comes squeezed to who takes it so, and is the same', async () => {
    const plain = await server.request('/api/sync/reference', { token, headers: { 'accept-encoding': 'identity' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
    const whole = referenceSchema.parse(await plain.json())
    const squeezed = await server.request('/api/sync/reference', { token, headers: { 'accept-encoding': 'gzip' } })
    expect(squeezed.headers.get('content-encoding')).toBe('gzip')
    expect(referenceSchema.parse(await squeezed.json())).toEqual(whole)
  })

  test('S17: a restart over the same files keeps the revision', async () => {
    const before = server.deps.reference.reference.revision
    server = await server.restart()
    expect(server.deps.reference.reference.revision).toBe(before)
  })
})
