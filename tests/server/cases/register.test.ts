import Database from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fold } from '../../../src-shared/cases/apply.ts'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { verifyChain } from '../../../src-shared/cases/chain.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import type { Directory } from '../../../src-shared/province/directory.ts'
import { openOfficeHours } from '../../../src-shared/province/hours.ts'
import { sha256Hex } from '../../../sync-server/src/auth/hashes.ts'
import { verifyRegister } from '../../../sync-server/src/cases/verify-register.ts'
import { maintain } from '../../../sync-server/src/maintenance.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'

let server: Running
let caseId: string
beforeEach(async () => {
  server = await startServer({ env: { BT1022_SESSION_HOURS: '48' } })
  const desk = await openDesk(server, people.agent, 'desk-register')
  const answered = uuidv7()
  await desk.give('case.open', answered, openInput(desk.nextCode()))
  await desk.give('case.answer', answered, { text: 'Trả lời.', article: null, source: 'Quyết định 1455' })
  const now = toIso(server.clock.now())
  await desk.give('citizen.tell', answered, { via: 'call', at: now, note: '' })
  await desk.give('case.close', answered, { proof: 'Đã đọc qua điện thoại.', contactedAt: now })
  await desk.give('answer.publish', answered, { question: 'Đèn tắt?', answer: 'Đã sửa đèn đường.' })
  caseId = uuidv7()
  await desk.give('case.open', caseId, openInput(desk.nextCode()))
  await desk.give('slip.send', caseId, sendInput(server))
  server.clock.setTo(fromIso('2026-10-05T17:00:01+07:00'))
  await server.deps.keeper.tick()
  server.clock.setTo(fromIso('2026-10-06T09:00:00+07:00'))
  await desk.give('slip.remind', caseId, { note: 'nhắc' })
})
afterEach(() => server.remove())

const table = (name: string): unknown[] => {
  const db = new Database(`${server.dataDir}/register.sqlite`, { readonly: true })
  try {
    return db.prepare(`SELECT * FROM ${name} ORDER BY 1, 2`).all()
  } finally {
    db.close()
  }
}
function tamper(sql: string): void {
  const db = new Database(`${server.dataDir}/register.sqlite`)
  db.exec(sql)
  db.close()
}

describe('the register', () => {
  test('every projection folded anew from the events equals the one kept up event by event', async () => {
    const before = ['cases', 'publications', 'case_recordings', 'case_opinions'].map(table)
    expect(before[1]).toHaveLength(1)
    tamper("DELETE FROM publications; UPDATE cases SET stage = 'received', due_at = NULL, state_json = '{}'")
    expect((await maintain(server, ['rebuild'], undefined)).said).toMatchObject({ cases: 2 })
    expect(['cases', 'publications', 'case_recordings', 'case_opinions'].map(table)).toEqual(before)
  })

  test('cases folded by an older program are folded anew at the start, and only then', async () => {
    const before = table('cases')
    const stale = "UPDATE cases SET state_json = json_remove(state_json, '$.urgings', '$.lateLift')"
    tamper(`${stale}; UPDATE reference_parts SET body_json = '1' WHERE part = 'fold-version'`)
    server = await server.restart()
    expect(table('cases')).toEqual(before)
    tamper(stale)
    server = await server.restart()
    expect(table('cases')).not.toEqual(before)
  })

  test('#41: the chains hold, over restarts and days', async () => {
    server = await server.restart()
    const verdict = await verifyRegister(server.deps.store.read)
    expect(verdict).toMatchObject({ ok: true, cases: 2, days: 2 })
  })

  test.each([
    ['a word changed', "UPDATE events SET line = replace(line, 'Đèn đường trước', 'Đèn đường sau') WHERE seq = 1"],
    ['an event taken out', 'DELETE FROM events WHERE seq = 3'],
    ['the last event taken out', 'DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)'],
    ["a case's head rewritten", "UPDATE cases SET head_hash = 'x'"],
    ["a day's head rewritten", "UPDATE day_chain SET head = 'x'"],
  ])('#41: %s is found', async (_, sql) => {
    tamper(sql)
    const { said, exitCode } = await maintain(server, ['verify'], undefined)
    expect(exitCode).toBe(1)
    expect(said).toMatchObject({ ok: false })
  })

  test('#41: a stranger verifies an exported case and recomputes its clock from the file alone', async () => {
    const token = await server.signIn(people.supervisor, 'desk-s')
    const file = await server.json<{
      events: RegisteredEvent[]
      headHash: string
      calendars: unknown[]
      agencies: Directory['agencies']
    }>(`/api/cases/${caseId}`, { token })
    const verdict = verifyChain(file.events, sha256Hex)
    expect(verdict).toMatchObject({ ok: true, head: file.headHash })
    const hours = openOfficeHours(file.calendars, { agencies: file.agencies })
    const clock = readCaseClock(fold(file.events)!, hours, fromIso('2026-10-06T09:00:00+07:00'))
    expect(clock).toMatchObject({ level: 'head', state: 'running', dueAt: fromIso('2026-10-13T17:00:00+07:00') })
  })

  test('a clock put back breaks no chain and reopens no day', async () => {
    server.clock.setTo(fromIso('2026-10-01T09:00:00+07:00'))
    const desk = await openDesk(server, people.secondAgent, 'desk-back')
    await desk.give('case.open', uuidv7(), openInput(desk.nextCode()))
    expect(await verifyRegister(server.deps.store.read)).toMatchObject({ ok: true, days: 2 })
  })

  test('a fault in the middle of a batch leaves nothing half done', async () => {
    const desk = await openDesk(server, people.secondAgent, 'desk-fault')
    const lastSeq = await server.deps.store.read.register.lastSeq()
    await expect(
      server.deps.register.transact(async (tx) => {
        const act = {
          commandId: uuidv7(),
          actor: { kind: 'system', part: 'keeper' },
          caseId: caseId as never,
          name: 'clock.escalate',
          input: {},
        } as const
        await server.deps.register.submitIn(tx, act, fromIso('2026-12-01T08:00:00+07:00'))
        throw new Error('the power went')
      }),
    ).rejects.toThrow('the power went')
    expect(await server.deps.store.read.register.lastSeq()).toBe(lastSeq)
    await desk.give('case.open', uuidv7(), openInput(desk.nextCode()))
    expect(await verifyRegister(server.deps.store.read)).toMatchObject({ ok: true })
  })

  test('an account is made from the command line, and comes in', async () => {
    const made = await maintain(server, ['account', 'moi.ntv', 'agent', 'Nguyễn Thị Vân Mới'], 'mat-khau-moi')
    expect(made.exitCode).toBe(0)
    const body = { username: 'moi.ntv', password: 'mat-khau-moi' }
    expect((await server.request('/api/sign-in', { body })).status).toBe(200)
    expect((await maintain(server, ['account', 'x', 'boss', 'Ai'], 'mat-khau-moi')).exitCode).toBe(2)
    expect((await maintain(server, ['account', 'ngan.ab', 'agent', 'Ai'], 'ngan')).exitCode).toBe(2)
  })
})
