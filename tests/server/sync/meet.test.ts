import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseRegisteredEvent } from '../../../src-shared/cases/events.ts'
import type { Account } from '../../../src-shared/people/roles.ts'
import { openDesk, openInput, people, type Running, startServer } from '../running.ts'
import { meetAt, meetBody, refusal } from './meeting-desk.ts'

let server: Running
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.remove())

let desks = 0
const newDesk = (account = people.agent) => openDesk(server, account, `desk-meet-${++desks}`)
const eventAt = async (seq: number) => {
  const [row] = await server.deps.store.read.register.eventsAfter(seq - 1, 1)
  return parseRegisteredEvent(JSON.parse(row!.line))
}
const disable = (account: Account, isDisabled: boolean) =>
  server.deps.store.write(async (tx) => {
    const stored = await tx.people.account(account.id)
    await tx.people.putAccount({ ...stored!, isDisabled }, server.clock.now())
  })

describe('meet', () => {
  test('S18: one question tells the time, where register and reference stand, and which n is next', async () => {
    const desk = await newDesk()
    await desk.give('case.open', uuidv7(), openInput(desk.nextCode()))
    const lastSeq = await server.deps.store.read.register.lastSeq()
    const { hash: head } = await eventAt(lastSeq)
    const first = await meetAt(server, desk.token, desk.deskId)
    const met = await meetAt(server, desk.token, desk.deskId, { registerId: first.registerId, cursor: lastSeq, head })
    expect(met).toMatchObject({
      protocol: 2,
      protocols: { oldest: 1, newest: 2 },
      now: '2026-10-05T07:00:00+07:00',
      lastSeq,
      history: 'same',
      revision: server.deps.reference.reference.revision,
      nextN: 2,
      holds: 'register',
      wipe: null,
    })
  })

  test('S18: the revision is the newest, also where another server has just raised it', async () => {
    const desk = await newDesk()
    const revision = await server.deps.store.write((tx) => tx.reference.raiseRevision())
    expect((await meetAt(server, desk.token, desk.deskId)).revision).toBe(revision)
  })

  test('S6: both use the highest protocol they share; where there is none both versions are said', async () => {
    const desk = await newDesk()
    const protocols = (oldest: number, newest: number) => ({ protocols: { oldest, newest } })
    expect((await meetAt(server, desk.token, desk.deskId, protocols(1, 1))).protocol).toBe(1)
    expect((await meetAt(server, desk.token, desk.deskId, protocols(2, 7))).protocol).toBe(2)
    const body = meetBody(desk.deskId, protocols(3, 7))
    const response = await server.request('/api/sync/meet', { token: desk.token, body })
    expect(response.status).toBe(426)
    const { error } = (await response.json()) as { error: { code: string; why: object } }
    expect(error).toMatchObject({ code: 'protocol', why: { serverVersion: '0.1.0', serverProtocol: 2, oldest: 1 } })
  })

  test('S18: it needs a session of that very desk', async () => {
    const desk = await newDesk()
    const ask = (deskId: string, token?: string) =>
      server.request('/api/sync/meet', { body: meetBody(deskId), ...(token === undefined ? {} : { token }) })
    expect(await refusal(ask(desk.deskId))).toEqual([401, 'not-signed-in'])
    expect(await refusal(ask('desk-of-others', desk.token))).toEqual([403, 'other-desk'])
    expect(await refusal(ask(desk.deskId, await server.signIn(people.officer, desk.deskId)))).toEqual([
      403,
      'not-for-role',
    ])
    expect((await ask(desk.deskId, await server.signIn(people.admin, desk.deskId))).status).toBe(200)
  })

  test('S19: the same history is an event with that number and that hash, and nothing before the first', async () => {
    const desk = await newDesk()
    await desk.give('case.open', uuidv7(), openInput(desk.nextCode()))
    await desk.give('case.open', uuidv7(), openInput(desk.nextCode()))
    const { registerId, lastSeq } = await meetAt(server, desk.token, desk.deskId)
    const { hash } = await eventAt(lastSeq)
    const history = async (changes: { registerId?: string | null; cursor?: number; head?: string | null }) =>
      (await meetAt(server, desk.token, desk.deskId, changes)).history
    expect(await history({ cursor: 0, head: null })).toBe('same')
    expect(await history({ registerId, cursor: lastSeq, head: hash })).toBe('same')
    expect(await history({ registerId: null, cursor: lastSeq, head: hash })).toBe('same')
    expect(await history({ registerId, cursor: lastSeq - 1, head: hash })).toBe('other')
    expect(await history({ registerId, cursor: lastSeq, head: null })).toBe('other')
    expect(await history({ registerId, cursor: lastSeq + 1, head: hash })).toBe('other')
  })

  test('S19: a register brought back from a backup is another one, also where its events are the same so far', async () => {
    const desk = await newDesk()
    await desk.give('case.open', uuidv7(), openInput(desk.nextCode()))
    const cursor = await server.deps.store.read.register.lastSeq()
    const { hash: head } = await eventAt(cursor)
    for (const at of [{ cursor, head }, { cursor: 0 }]) {
      expect((await meetAt(server, desk.token, desk.deskId, { registerId: uuidv7(), ...at })).history).toBe('other')
    }
  })

  test('S19: the register keeps its id over a restart, and hello says the same', async () => {
    const desk = await newDesk()
    const { registerId, recoveryKey } = await meetAt(server, desk.token, desk.deskId)
    server = await server.restart()
    const again = await meetAt(server, desk.token, desk.deskId)
    expect([again.registerId, again.recoveryKey]).toEqual([registerId, recoveryKey])
    expect(await server.json('/api/hello')).toMatchObject({
      protocol: 1,
      protocols: { oldest: 1, newest: 2 },
      registerId,
    })
  })

  test('S23: a desk holds the register while somebody who sees every case can work at it, and nothing otherwise', async () => {
    const deskId = `desk-meet-${++desks}`
    const admin = await server.signIn(people.admin, deskId)
    const holds = async () => (await meetAt(server, admin, deskId)).holds
    const pull = (token: string) => server.request('/api/sync/pull', { token })
    expect(await holds()).toBe('nothing')
    expect(await refusal(pull(admin))).toEqual([403, 'not-holder'])
    await server.signIn(people.supervisor, deskId)
    expect(await holds()).toBe('register')
    // The desk may hold the cases; who may not see them is shown none all the same (S10).
    expect(await refusal(pull(admin))).toEqual([403, 'not-for-role'])
    await disable(people.supervisor, true)
    expect(await holds()).toBe('nothing')
    await disable(people.supervisor, false)
    expect(await holds()).toBe('register')
  })

  test('S24: who may come in without a link: has signed in here, is not disabled, has rooms at a desk', async () => {
    const deskId = `desk-meet-${++desks}`
    const admin = await server.signIn(people.admin, deskId)
    const allowed = async () => [...(await meetAt(server, admin, deskId)).people].sort()
    expect(await allowed()).toEqual([people.admin.id])
    await server.signIn(people.agent, deskId)
    await server.signIn(people.agent, deskId)
    await server.signIn(people.officer, deskId)
    await server.signIn(people.secondAgent, 'desk-elsewhere')
    expect(await allowed()).toEqual([people.admin.id, people.agent.id].sort())
    await disable(people.agent, true)
    expect(await allowed()).toEqual([people.admin.id])
    await disable(people.agent, false)
  })
})
