import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Account } from '../../../src-shared/people/roles.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'

let server: Running
let caseId: string
const tokens = new Map<string, string>()
const who: Record<string, Account> = {
  agent: people.agent,
  supervisor: people.supervisor,
  office: people.office,
  homeAffairs: people.homeAffairs,
  admin: people.admin,
  officer: people.officer,
  head: people.head,
  otherOfficer: people.otherOfficer,
}
beforeAll(async () => {
  server = await startServer()
  const desk = await openDesk(server, people.agent, 'desk-permissions')
  caseId = uuidv7()
  await desk.give('case.open', caseId, openInput(desk.nextCode()))
  await desk.give('slip.send', caseId, sendInput(server))
  for (const [name, account] of Object.entries(who)) tokens.set(name, await server.signIn(account, 'desk-permissions'))
})
afterAll(() => server.remove())

const reads: [path: () => string, allowed: string[]][] = [
  [() => '/api/sync/pull', ['agent', 'supervisor', 'office']],
  [() => '/api/sync/reference', Object.keys(who)],
  [() => '/api/messages', ['agent', 'supervisor', 'office', 'admin']],
  [() => '/api/agency/slips', ['officer', 'head', 'otherOfficer']],
  [() => `/api/cases/${caseId}`, ['agent', 'supervisor', 'office', 'officer', 'head']],
  [() => `/api/agency/slips/${caseId}`, ['agent', 'supervisor', 'office', 'officer', 'head']],
]
const writes: [path: string, body: object, allowed: string[]][] = [
  ['/api/sync/push', { protocol: 1, deskId: 'desk-permissions', commands: [] }, ['agent', 'supervisor', 'office']],
  ['/api/sync/codes', { deskId: 'desk-permissions', year: 2026, count: 1 }, ['agent', 'supervisor', 'office']],
  ['/api/queue/state', { state: 'break', reason: 'họp' }, ['agent', 'supervisor']],
]

describe('who may ask for what over HTTP', () => {
  test.each(reads.map(([path, allowed]) => ({ path, allowed, shown: String(path) })))(
    'GET $shown',
    async ({ path, allowed }) => {
      for (const name of Object.keys(who)) {
        const response = await server.request(path(), { token: tokens.get(name)! })
        await response.text()
        expect([name, response.status === 200]).toEqual([name, allowed.includes(name)])
      }
      expect((await server.request(path())).status).toBe(401)
    },
  )

  test.each(writes.map(([path, body, allowed]) => ({ path, body, allowed })))(
    'POST $path',
    async ({ path, body, allowed }) => {
      for (const name of Object.keys(who)) {
        const response = await server.request(path, { token: tokens.get(name)!, body })
        expect([name, response.status === 200]).toEqual([name, allowed.includes(name)])
      }
      expect((await server.request(path, { body })).status).toBe(401)
    },
  )

  test('every error has a code and a sentence; nothing of the inside leaks', async () => {
    for (const [path, options] of [
      ['/api/nothing', {}],
      ['/api/sign-in', { body: { username: '' } }],
      ['/api/sync/codes', { token: tokens.get('agent')!, body: { deskId: 'desk-permissions', year: 'x', count: 0 } }],
    ] as const) {
      const response = await server.request(path, options)
      const body = (await response.json()) as { ok: boolean; error: { code: string; message: string } }
      expect(body.ok).toBe(false)
      expect(body.error.code).toMatch(/^[a-z-]+$/)
      expect(body.error.message.length).toBeGreaterThan(10)
      expect(JSON.stringify(body)).not.toContain('    at ')
    }
  })
})
