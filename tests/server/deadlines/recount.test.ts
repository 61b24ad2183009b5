import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { enterIn } from '../../../sync-server/src/calendars/calendars.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'

let server: Running
let caseId: string
beforeEach(async () => {
  // Monday 07:00: due at 17:00.
  server = await startServer({ at: '2026-10-05T07:00:00+07:00' })
  const desk = await openDesk(server, people.agent, 'desk-recount')
  caseId = uuidv7()
  await desk.give('case.open', caseId, openInput(desk.nextCode()))
  await desk.give('slip.send', caseId, sendInput(server))
})
afterEach(() => server.remove())

const eventsOf = async (name: string) =>
  (await server.deps.store.read.register.eventsOfCase(caseId))
    .map(({ line }) => JSON.parse(line) as { name: string; data: Record<string, unknown> })
    .filter((event) => event.name === name)
const dueAt = async () => {
  const { state } = (await server.deps.store.read.register.case(caseId))!
  return readCaseClock(state, server.deps.reference.hours, server.clock.now()).dueAt
}

/** The entries alone, as a server leaves them that dies before it counts. */
async function enterOnly(at: string, on: string, working: string[], act: string): Promise<void> {
  server.clock.setTo(fromIso(at))
  const { store, reference, clock } = server.deps
  const entries = { weeks: [], days: [{ on, working, kind: 'closed' as const, reason: 'bão', act }] }
  const wanted = {
    ...entries,
    calendarId: 'dong-thap-offices',
    changeId: uuidv7(),
    revision: reference.reference.revision,
  }
  const entered = await store.write((tx) =>
    enterIn(tx, wanted, { accountId: people.admin.id, reference, now: clock.now() }),
  )
  expect(entered).toMatchObject({ calendarId: 'dong-thap-offices' })
}

test('D14: a deadline that has just been corrected is not held against anybody as it was before', async () => {
  await enterOnly('2026-10-05T12:00:00+07:00', '2026-10-05', ['07:00-11:30'], '51/CV-UBND')
  server.clock.setTo(fromIso('2026-10-05T17:00:01+07:00'))
  await server.deps.keeper.tick()
  expect(await eventsOf('slip.escalated')).toEqual([])
  expect(await eventsOf('clock.recounted')).toMatchObject([
    { data: { acts: ['51/CV-UBND'], dueBefore: '2026-10-05T17:00:00+07:00', dueAfter: '2026-10-06T10:30:00+07:00' } },
  ])
  server.clock.setTo(fromIso('2026-10-06T10:30:01+07:00'))
  await server.deps.keeper.tick()
  expect(await eventsOf('slip.escalated')).toMatchObject([{ data: { dueAt: '2026-10-06T10:30:00+07:00' } }])
})

test('D14: an evening that is worked after all brings the due instant forward, once, and answers how many it told', async () => {
  await enterOnly('2026-10-05T09:00:00+07:00', '2026-10-05', ['07:00-17:00'], '52/CV-UBND')
  expect(await server.deps.keeper.recount()).toBe(1)
  expect(await dueAt()).toBe(fromIso('2026-10-05T15:00:00+07:00'))
  expect(await server.deps.keeper.recount()).toBe(0)
  server = await server.restart()
  expect(await server.deps.keeper.recount()).toBe(0)
  expect(await eventsOf('clock.recounted')).toHaveLength(1)
})
