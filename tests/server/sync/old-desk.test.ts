import { gunzipSync } from 'node:zlib'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import { actorOf } from '../../../src-shared/people/roles.ts'
import { openInput, password, people, type Running, startServer } from '../running.ts'

let server: Running
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.remove())

const deskId = 'desk-of-version-1'
const caseId = uuidv7()
const openCommand = (code: string) => ({
  commandId: uuidv7(),
  deskId,
  n: 1,
  actor: actorOf(people.agent),
  madeAt: '2026-10-05T06:59:00+07:00',
  caseId,
  name: 'case.open',
  input: openInput(code),
})

describe('a desk of version 1', () => {
  test('S6: it goes on as before: hello, sign-in, codes, push, pull with gzip', async () => {
    const hello = await server.json('/api/hello')
    // All that it looks at.
    expect(hello).toMatchObject({ product: 'ban-truc-1022', protocol: 1, now: '2026-10-05T07:00:00+07:00' })
    const body = { username: people.agent.username, password, deskId }
    const { token } = await server.json<{ token: string }>('/api/sign-in', { body })
    const block = await server.json('/api/sync/codes', { token, body: { deskId, year: 2026, count: 50 } })
    expect(block).toEqual({ year: 2026, from: 1, to: 50 })
    const command = openCommand(formatCode(2026, 1))
    const pushed = await server.json('/api/sync/push', { token, body: { protocol: 1, deskId, commands: [command] } })
    expect(pushed).toEqual({
      results: [{ n: 1, commandId: command.commandId, outcome: { kind: 'accepted', lastSeq: 1 } }],
      nextN: 2,
      now: '2026-10-05T07:00:00+07:00',
    })
    const pulled = await server.app.inject({
      url: '/api/sync/pull?cursor=0&limit=2000',
      headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip, deflate' },
    })
    expect(pulled.headers['content-encoding']).toBe('gzip')
    const lines = gunzipSync(pulled.rawPayload).toString().trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { seq: 1, name: 'case.opened', caseId, madeAt: '2026-10-05T06:59:00+07:00' },
      { end: { cursor: 1, hasMore: false } },
    ])
  })

  test('S6: a desk that shares no protocol is told plainly, and what it has not sent is not touched', async () => {
    const token = await server.signIn(people.agent, 'desk-of-version-9')
    const body = { protocol: 9, deskId: 'desk-of-version-9', commands: [{ whatever: 'version 9 sends' }] }
    for (const [language, words] of [
      ['vi', 'việc chưa gửi vẫn được giữ tại bàn'],
      ['en', 'unsent work is kept at the desk'],
    ] as const) {
      const headers = { 'accept-language': language }
      const response = await server.request('/api/sync/push', { token, body, headers })
      expect(response.status).toBe(426)
      const { error } = (await response.json()) as { error: { code: string; message: string; why: object } }
      expect(error).toMatchObject({ code: 'protocol', why: { serverVersion: '0.1.0', serverProtocol: 2, oldest: 1 } })
      expect(error.message).toContain(words)
    }
    expect(await server.deps.store.read.register.nextN('desk-of-version-9')).toBe(1)
  })
})
