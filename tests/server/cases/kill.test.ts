import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PushResult } from '../../../src-shared/api/sync.ts'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import { actorOf } from '../../../src-shared/people/roles.ts'
import { verifyRegister } from '../../../sync-server/src/cases/verify-register.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import { openInput, password, people, startServer } from '../running.ts'

const main = resolve(import.meta.dirname, '../../../sync-server/src/main.ts')
const dir = mkdtempSync(join(tmpdir(), 'bt1022-kill-'))
const deskId = 'desk-kill'
let child: ChildProcess
let url: string

async function start(): Promise<void> {
  const env = { ...process.env, BT1022_DATA_DIR: dir, BT1022_PORT: '0', BT1022_LOG: 'error' }
  child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
  url = (JSON.parse(line) as { listening: string }).listening
}
const post = async <T>(path: string, body: object, token = ''): Promise<T> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  return (await (await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })).json()) as T
}

beforeAll(async () => {
  const prepared = await startServer({ dataDir: dir })
  await prepared.close()
  await start()
})
afterAll(async () => {
  child.kill('SIGKILL')
  rmSync(dir, { recursive: true, force: true })
})

/**
 * R1 in small: a desk pushes without a pause and the server is killed in the middle of it, again and again. Whatever it had
 * answered is there; what it had not answered is sent again; nothing is there twice.
 */
test('R1, S2: killed between statements, nothing answered is lost and nothing is done twice', async () => {
  const answered = new Map<string, PushResult>()
  const year = new Date().getFullYear()
  const codes: string[] = []
  let n = 0
  for (let kill = 0; kill < 4; kill++) {
    const signedIn = await post<{ token: string }>('/api/sign-in', {
      username: people.agent.username,
      password,
      deskId,
    })
    let pending: ReturnType<typeof commandOf>[] = []
    // Killed while the server is at work on something, after a number of answers that differs from round to round.
    const killAfter = 3 + kill * 2
    for (let round = 0; ; round++) {
      try {
        if (codes.length < 5) {
          const block = await post<{ from: number; to: number }>(
            '/api/sync/codes',
            { deskId, year, count: 40 },
            signedIn.token,
          )
          for (let number = block.from; number <= block.to; number++) codes.push(formatCode(year, number))
        }
        if (pending.length === 0) pending = Array.from({ length: 5 }, () => commandOf(++n, codes.shift()!))
        const asked = post<{ results: PushResult[] }>(
          '/api/sync/push',
          { protocol: 1, deskId, commands: pending },
          signedIn.token,
        )
        if (round === killAfter) setTimeout(() => child.kill('SIGKILL'), kill)
        for (const result of (await asked).results) answered.set(result.commandId, result)
        pending = []
      } catch {
        break
      }
    }
    await start()
    const again = await post<{ token: string }>('/api/sign-in', { username: people.agent.username, password, deskId })
    const { results } = await post<{ results: PushResult[] }>(
      '/api/sync/push',
      { protocol: 1, deskId, commands: pending },
      again.token,
    )
    for (const result of results) answered.set(result.commandId, result)
  }
  child.kill('SIGTERM')
  await once(child, 'exit')

  const store = await openSqliteStore(join(dir, 'register.sqlite'))
  expect(answered.size).toBe(n)
  for (const [commandId, result] of answered) {
    expect(await store.read.register.answerOf(commandId)).toEqual(result)
    expect(result.outcome.kind).toBe('accepted')
  }
  expect(await store.read.register.nextN(deskId)).toBe(n + 1)
  expect(await verifyRegister(store.read)).toMatchObject({ ok: true, events: n, cases: n })
  await store.close()
})

function commandOf(n: number, code: string) {
  const madeAt = new Date().toISOString()
  const base = { commandId: uuidv7(), deskId, n, actor: actorOf(people.agent), madeAt, caseId: uuidv7() }
  return { ...base, name: 'case.open', input: openInput(code) }
}
