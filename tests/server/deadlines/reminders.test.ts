import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'

let server: Running
let caseId: string
let desk: Awaited<ReturnType<typeof openDesk>>
beforeEach(async () => {
  // Monday 07:00: the 8 hours end at 17:00, with 240 and 60 working minutes left at 11:00 and 16:00.
  server = await startServer({ at: '2026-10-05T07:00:00+07:00' })
  desk = await openDesk(server, people.agent, 'desk-reminders')
  caseId = uuidv7()
  await desk.give('case.open', caseId, openInput(desk.nextCode()))
  await desk.give('slip.send', caseId, sendInput(server))
})
afterEach(() => server.remove())

interface DueSoon {
  name: string
  at: string
  data: { dueAt: string; minutesBefore: number; level: string }
}
const reminders = async () =>
  (await server.deps.store.read.register.eventsOfCase(caseId))
    .map(({ line }) => JSON.parse(line) as DueSoon)
    .filter((event) => event.name === 'slip.due-soon')
const minutes = async () => (await reminders()).map((event) => event.data.minutesBefore)
const tickAt = (text: string) => {
  server.clock.setTo(fromIso(text))
  return server.deps.keeper.tick()
}
const messages = async () =>
  (await server.deps.store.read.outbox.ofCase(caseId)).filter((each) => each.kind === 'slip-due-soon')
const officerGives = async (name: string, input: object) => {
  const token = await server.signIn(people.officer)
  return server.json('/api/agency/commands', { token, body: { commandId: uuidv7(), caseId, name, input } })
}

describe('#28, S4 Đ.13 k.2: reminders before the due instant', () => {
  test('each once, however often the keeper looks, and to whoever holds the slip', async () => {
    const [first] = server.deps.reference.policy.remindersBeforeDueMinutes.focalOfficer
    expect(first).toBe(240)
    expect(await tickAt('2026-10-05T10:59:59+07:00')).toBe(0)
    expect(await tickAt('2026-10-05T11:00:01+07:00')).toBe(1)
    expect(await tickAt('2026-10-05T11:00:01+07:00')).toBe(0)
    server = await server.restart()
    expect(await tickAt('2026-10-05T15:59:59+07:00')).toBe(0)
    expect(await tickAt('2026-10-05T16:00:01+07:00')).toBe(1)
    expect(await minutes()).toEqual([240, 60])
    expect(await messages()).toMatchObject([
      { to: '02775552021', params: { dueAt: fromIso('2026-10-05T17:00:00+07:00') } },
      { notBeforeAt: fromIso('2026-10-05T16:00:01+07:00') },
    ])
    await server.deps.outbox.tick()
    // Neither had gone out yet: the later one says it all.
    expect((await messages()).map((each) => each.state)).toEqual(['replaced', 'sent'])
    expect((await messages())[1]!.text).toContain('17:00 Thứ Hai 05/10')
  })

  test('a server that was down gives only the last of those whose time has passed', async () => {
    expect(await tickAt('2026-10-05T16:30:00+07:00')).toBe(1)
    expect(await minutes()).toEqual([60])
  })

  test('after the due instant there is nothing left to remind of: the slip climbs', async () => {
    expect(await tickAt('2026-10-05T17:00:01+07:00')).toBe(1)
    expect(await reminders()).toEqual([])
  })

  test('a due instant that was moved has reminders of its own; what was said of the old one goes out no more', async () => {
    await tickAt('2026-10-05T11:00:01+07:00')
    const moved = { newDueAt: '2026-10-06T17:00:00+07:00', reason: 'chờ vật tư' }
    expect(await officerGives('slip.postpone', moved)).toEqual({ outcome: 'done' })
    await server.deps.outbox.tick()
    expect((await messages()).map((each) => each.state)).toEqual(['replaced'])
    expect(await tickAt('2026-10-05T16:30:00+07:00')).toBe(0)
    await tickAt('2026-10-06T11:00:01+07:00')
    await tickAt('2026-10-06T16:00:01+07:00')
    expect((await reminders()).map(({ data }) => [data.dueAt, data.minutesBefore])).toEqual([
      ['2026-10-05T17:00:00+07:00', 240],
      ['2026-10-06T17:00:00+07:00', 240],
      ['2026-10-06T17:00:00+07:00', 60],
    ])
  })

  test('the head is reminded of his own 48 hours, and his notice waits for no night', async () => {
    await tickAt('2026-10-05T17:00:01+07:00')
    // Due on Tuesday the 13th at 17:00: two working days, one, and 120 minutes before. The server was off all Monday.
    await tickAt('2026-10-12T23:00:00+07:00')
    await tickAt('2026-10-13T07:00:01+07:00')
    await tickAt('2026-10-13T15:00:01+07:00')
    expect((await reminders()).map(({ data, at }) => [data.level, data.minutesBefore, at])).toEqual([
      ['head', 960, '2026-10-12T23:00:00+07:00'],
      ['head', 480, '2026-10-13T07:00:01+07:00'],
      ['head', 120, '2026-10-13T15:00:01+07:00'],
    ])
    const [first] = await messages()
    expect(first).toMatchObject({ toName: 'Trần Gia Huy', notBeforeAt: fromIso('2026-10-13T07:00:00+07:00') })
  })

  test('D5: a clock that a cap set going again is reminded as any other', async () => {
    server.clock.setTo(fromIso('2026-10-05T08:00:00+07:00'))
    await desk.give('supplement.request', caseId, {
      missing: ['địa chỉ'],
      message: 'Đề nghị Ông/Bà cho biết địa chỉ.',
    } as never)
    const stored = async () => (await server.deps.store.read.register.case(caseId))!
    const resumesAt = (await stored()).dueAt!
    server.clock.setTo(resumesAt + 1000)
    await server.deps.keeper.tick()
    expect(await reminders()).toEqual([])
    const remindAt = (await stored()).dueAt!
    expect(remindAt).toBeGreaterThan(resumesAt)
    server.clock.setTo(remindAt + 1000)
    await server.deps.keeper.tick()
    expect(await minutes()).toEqual([240])
  })
})
