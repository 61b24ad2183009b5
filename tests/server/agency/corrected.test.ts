import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SlipDetail } from '../../../src-shared/api/agency.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { slipDetail } from '../../../sync-server/src/agency/slip-detail.ts'
import { referenceBook } from '../../../sync-server/src/sync/reference-book.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'

let server: Running
let caseId: ReturnType<typeof openCaseId>
const openCaseId = () => uuidv7() as Parameters<Running['deps']['store']['read']['register']['case']>[0]

beforeEach(async () => {
  server = await startServer({ at: '2026-11-23T15:00:00+07:00' })
  const desk = await openDesk(server, people.agent, 'desk-corrected')
  caseId = openCaseId()
  await desk.give('case.open', caseId, openInput(desk.nextCode()))
  await desk.give('slip.send', caseId, sendInput(server))
})
afterEach(() => server.remove())

/** The slip as it is read once a day off has been entered into the offices' calendar. */
async function readWith(day: { on: string; act: string; knownAt: string }): Promise<SlipDetail> {
  const { reference } = server.deps.reference
  const calendars = structuredClone(reference.calendars) as { id: string; days: object[] }[]
  const offices = calendars.find((calendar) => calendar.id === 'dong-thap-offices')!
  offices.days.push({ ...day, working: [], reason: 'nghỉ bù' })
  const book = referenceBook({ ...reference, calendars }, server.clock)
  const { register } = server.deps.store.read
  const state = (await register.case(caseId))!.state
  return slipDetail(
    { clock: server.clock, reference: book },
    people.officer,
    state,
    await register.eventsOfCase(caseId),
    'vi',
  )
}

test('D14: a day entered afterwards stands beside what was counted, and moves nothing by itself', async () => {
  server.clock.setTo(fromIso('2026-11-25T09:00:00+07:00'))
  const before = await readWith({ on: '2027-06-01', act: 'QĐ 1', knownAt: '2026-11-24T08:00:00+07:00' })
  expect(before.deadline.corrected).toEqual([])
  const asKnown = before.clock!.dueAt!

  const on = toIso(fromIso(asKnown)).slice(0, 10)
  const { deadline, clock } = await readWith({ on, act: 'QĐ 2', knownAt: '2026-11-25T08:00:00+07:00' })
  expect(clock?.dueAt).toBe(asKnown)
  expect(deadline.corrected).toHaveLength(1)
  const [level] = deadline.corrected
  expect(level).toMatchObject({ level: 'focal-officer', dueAt: asKnown })
  expect(fromIso(level!.correctedDueAt!)).toBeGreaterThan(fromIso(asKnown))
})
