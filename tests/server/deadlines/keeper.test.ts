import Database from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { openRegister } from '../../../sync-server/src/cases/register.ts'
import { openKeeper } from '../../../sync-server/src/deadlines/keeper.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'

let server: Running
let caseId: string
beforeEach(async () => {
  // Monday; 8 working hours end at 17:00 the same day, 48 more on Tuesday the 13th.
  server = await startServer({ at: '2026-10-05T07:00:00+07:00' })
  const desk = await openDesk(server, people.agent, 'desk-keeper')
  caseId = uuidv7()
  await desk.give('case.open', caseId, openInput(desk.nextCode()))
  await desk.give('slip.send', caseId, sendInput(server))
})
afterEach(() => server.remove())

const state = async (id = caseId): Promise<CaseState> => (await server.deps.store.read.register.case(id))!.state
const names = async (id = caseId) =>
  (await server.deps.store.read.register.eventsOfCase(id)).map(
    ({ line }) => (JSON.parse(line) as { name: string }).name,
  )
const eventOf = async (name: string) =>
  (await server.deps.store.read.register.eventsOfCase(caseId))
    .map(({ line }) => JSON.parse(line) as { name: string; at: string })
    .find((event) => event.name === name)
const at = (text: string) => server.clock.setTo(fromIso(text))
const dueAt = async (id = caseId) =>
  readCaseClock(await state(id), server.deps.reference.hours, server.clock.now()).dueAt
const messagesOf = async (kind: string) =>
  (await server.deps.store.read.outbox.ofCase(caseId)).filter((message) => message.kind === kind)

describe('the keeper', () => {
  test('D6: at the due instant it is still in time; a second later the slip climbs (S4 Đ.9 k.4)', async () => {
    at('2026-10-05T17:00:00+07:00')
    await server.deps.keeper.tick()
    expect(await names()).not.toContain('slip.escalated')
    at('2026-10-05T17:00:01+07:00')
    expect(await server.deps.keeper.tick()).toBe(1)
    expect(await state()).toMatchObject({ stage: 'with-head', isLate: false, slip: { holder: 'head' } })
  })

  test('#20, #22: 8 hours, the head, 48 hours, trễ hạn for ever, and a notice at each step', async () => {
    at('2026-10-05T17:00:01+07:00')
    await server.deps.keeper.tick()
    const [escalation] = await messagesOf('slip-escalated')
    expect(escalation).toMatchObject({ toName: 'Trần Gia Huy', notBeforeAt: fromIso('2026-10-06T07:00:00+07:00') })
    // 48 working hours from the head's receipt at 17:00:01: six working days.
    expect(await dueAt()).toBe(fromIso('2026-10-13T17:00:00+07:00'))
    at('2026-10-13T17:00:01+07:00')
    expect(await server.deps.keeper.tick()).toBe(1)
    expect(await state()).toMatchObject({ stage: 'late', isLate: true })
    const [late, ...more] = await messagesOf('case-late')
    expect(more).toEqual([])
    // The provincial office opens at 07:00 too; the instant of the lateness stays 17:00:00 of the evening before.
    expect(late).toMatchObject({ notBeforeAt: fromIso('2026-10-14T07:00:00+07:00') })
    expect(await eventOf('case.became-late')).toMatchObject({ data: { dueAt: '2026-10-13T17:00:00+07:00' } })
    at('2027-03-01T08:00:00+07:00')
    expect(await server.deps.keeper.tick()).toBe(0)
    expect((await names()).filter((name) => name === 'slip.escalated' || name === 'case.became-late')).toHaveLength(2)
  })

  test('#20: a server that was off for a month takes each step once, the head counted from his receipt (D2, R1)', async () => {
    at('2026-11-05T08:00:00+07:00')
    server = await server.restart()
    await server.tick()
    await server.tick()
    expect(await state()).toMatchObject({ stage: 'with-head' })
    expect((await names()).filter((name) => name === 'slip.escalated')).toHaveLength(1)
    expect(await dueAt()).toBeGreaterThan(fromIso('2026-11-12T00:00:00+07:00'))
  })

  test('#20: two keepers at once on one register take each step once', async () => {
    const { clock, deps } = server
    const desk = await openDesk(server, people.secondAgent, 'desk-many')
    const ids = Array.from({ length: 12 }, () => uuidv7())
    for (const id of ids) {
      await desk.give('case.open', id, openInput(desk.nextCode()))
      await desk.give('slip.send', id, sendInput(server))
    }
    const otherStore = await openSqliteStore(`${server.dataDir}/register.sqlite`)
    const otherRegister = openRegister({ store: otherStore, clock, reference: deps.reference, newId: uuidv7 })
    const other = openKeeper({ ...deps, store: otherStore, register: otherRegister })
    at('2026-10-05T17:30:00+07:00')
    const taken = await Promise.all([deps.keeper.tick(), other.tick(), deps.keeper.tick(), other.tick()])
    expect(taken.reduce((sum, each) => sum + each)).toBe(13)
    for (const id of [caseId, ...ids]) {
      expect((await names(id)).filter((name) => name === 'slip.escalated')).toHaveLength(1)
    }
    await otherStore.close()
  })

  test('#18: answered but the citizen not told within the 8 hours climbs all the same; told in time it rests', async () => {
    const desk = await openDesk(server, people.secondAgent, 'desk-told')
    const told = uuidv7()
    await desk.give('case.open', told, openInput(desk.nextCode()))
    await desk.give('slip.send', told, sendInput(server))
    const officer = await server.signIn(people.officer)
    const give = (id: string, name: string, input: object) =>
      server.json('/api/agency/commands', { token: officer, body: { commandId: uuidv7(), caseId: id, name, input } })
    at('2026-10-05T10:00:00+07:00')
    for (const id of [caseId, told]) {
      expect(await give(id, 'slip.answer', { text: 'Đã sửa xong.' })).toEqual({ outcome: 'done' })
    }
    await give(told, 'citizen.tell', { via: 'call', at: '2026-10-05T10:00:00+07:00' })
    at('2026-10-05T17:00:01+07:00')
    expect(await server.deps.keeper.tick()).toBe(1)
    expect((await state()).slip?.holder).toBe('head')
    expect((await state(told)).slip?.holder).toBe('focal-officer')
  })

  test('a fault in one case keeps no other from its deadline', async () => {
    const desk = await openDesk(server, people.secondAgent, 'desk-fault')
    const faulty = uuidv7()
    await desk.give('case.open', faulty, openInput(desk.nextCode()))
    await desk.give('slip.send', faulty, sendInput(server))
    const db = new Database(`${server.dataDir}/register.sqlite`)
    db.prepare("UPDATE cases SET state_json = '{' WHERE case_id = ?").run(faulty)
    db.close()
    at('2026-10-05T17:00:01+07:00')
    expect(await server.deps.keeper.tick()).toBe(1)
    expect(await state()).toMatchObject({ stage: 'with-head' })
    // Folded anew from its events it is whole again, and takes its own step.
    await server.deps.register.rebuild()
    expect(await server.deps.keeper.tick()).toBe(1)
    expect(await state(faulty)).toMatchObject({ stage: 'with-head' })
  })

  test('a steerable clock that begins too early goes on from what the register has seen', async () => {
    at('2026-10-05T17:00:05+07:00')
    await server.deps.keeper.tick()
    at('2026-10-01T08:00:00+07:00')
    server = await server.restart()
    expect(server.clock.now()).toBe(fromIso('2026-10-05T17:00:05+07:00'))
  })

  test('POST /test/clock exists only with a steerable clock setting', async () => {
    // The clock of these tests is steerable by itself, so the route is there; a system clock leaves it out.
    const steered = await server.json('/test/clock', { body: { at: '2026-10-05T17:00:05+07:00' } })
    expect(steered).toEqual({ now: '2026-10-05T17:00:05+07:00', escalated: 1 })
    const plain = await startServer({ clock: { now: () => fromIso('2026-10-05T08:00:00+07:00') } as never })
    expect((await plain.request('/test/clock', { body: { advanceSeconds: 5 } })).status).toBe(404)
    await plain.remove()
  })
})
