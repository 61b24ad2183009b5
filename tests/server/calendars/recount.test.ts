import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clockView } from '../../../src-shared/cases/case-clock.ts'
import { openDesk, people, type Running, startServer } from '../running.ts'
import {
  at,
  culturalDay,
  dueOf,
  eventsOf,
  openAdmin,
  type RegisterDesk,
  recountsOf,
  resourcesWithoutNovember,
  slipAt,
  stateOf,
} from './entering.ts'

const offices = 'dong-thap-offices'
let server: Running
let admin: ReturnType<typeof openAdmin>
let desk: RegisterDesk
let resources: ReturnType<typeof resourcesWithoutNovember>
beforeEach(async () => {
  resources = resourcesWithoutNovember()
  server = await startServer({ at: '2026-11-23T15:00:00+07:00', env: { BT1022_RESOURCES_DIR: resources.dir } })
  admin = openAdmin(server)
  desk = await openDesk(server, people.agent, 'desk-calendars')
})
afterEach(async () => {
  await server.remove()
  resources.remove()
})

describe('a holiday entered after the slip was received (D14)', () => {
  test('#25, #26: received Mon 23/11 15:00, due Tue 15:00 and, once 24/11 is entered, Wed 15:00, by the act', async () => {
    const caseId = await slipAt(server, desk)
    expect(await dueOf(server, caseId)).toBe('2026-11-24T15:00:00+07:00')
    at(server, '2026-11-23T16:10:00+07:00')
    const entries = { calendarId: offices, days: [culturalDay] }
    const preview = await admin.preview(entries)
    expect(preview).toMatchObject({ problems: [], open: 1 })
    expect(preview.moved).toEqual([
      {
        caseId,
        code: (await stateOf(server, caseId)).code,
        agencyId: 'so-xay-dung',
        level: 'focal-officer',
        dueBefore: '2026-11-24T15:00:00+07:00',
        dueAfter: '2026-11-25T15:00:00+07:00',
      },
    ])
    expect(await dueOf(server, caseId)).toBe('2026-11-24T15:00:00+07:00')

    expect(await admin.enter(entries)).toMatchObject({ knownAt: '2026-11-23T16:10:00+07:00', recounted: 1 })
    expect(await dueOf(server, caseId)).toBe('2026-11-25T15:00:00+07:00')
    expect(await recountsOf(server, caseId)).toEqual([
      {
        knownAt: '2026-11-23T16:10:00+07:00',
        acts: ['Nghị quyết số 80-NQ/TW'],
        dueBefore: '2026-11-24T15:00:00+07:00',
        dueAfter: '2026-11-25T15:00:00+07:00',
      },
    ])
    at(server, '2026-11-24T15:00:01+07:00')
    expect(await server.deps.keeper.tick()).toBe(0)
    at(server, '2026-11-25T15:00:01+07:00')
    await server.deps.keeper.tick()
    expect(await stateOf(server, caseId)).toMatchObject({ stage: 'with-head' })
  })

  test('#25: a slip received after the entry is counted by it from the first, without an event', async () => {
    await admin.enter({ calendarId: offices, days: [culturalDay] })
    at(server, '2026-11-23T15:00:01+07:00')
    const caseId = await slipAt(server, desk)
    expect(await dueOf(server, caseId)).toBe('2026-11-25T15:00:01+07:00')
    expect(await recountsOf(server, caseId)).toEqual([])
  })

  test('an entry for another year moves nothing, writes nothing into any case', async () => {
    const caseId = await slipAt(server, desk)
    at(server, '2026-11-23T15:10:00+07:00')
    const before = await eventsOf(server, caseId)
    const days = [{ ...culturalDay, on: '2028-11-24' }]
    expect(await admin.preview({ calendarId: offices, days })).toMatchObject({ open: 1, moved: [], problems: [] })
    expect(await admin.enter({ calendarId: offices, days })).toMatchObject({ recounted: 0 })
    expect(await eventsOf(server, caseId)).toEqual(before)
    expect(await dueOf(server, caseId)).toBe('2026-11-24T15:00:00+07:00')
  })

  test('D14: a case that is over keeps what was known then, and shows what it would have been beside it', async () => {
    const caseId = await slipAt(server, desk)
    at(server, '2026-11-24T09:00:00+07:00')
    const officer = await server.signIn(people.officer)
    const give = (name: string, input: object) =>
      server.json('/api/agency/commands', {
        token: officer,
        body: { commandId: uuidv7(), caseId, name, input },
      })
    expect(await give('slip.answer', { text: 'Đã sửa xong.' })).toMatchObject({ outcome: 'done' })
    expect(await give('citizen.tell', { via: 'call', at: '2026-11-24T09:00:00+07:00' })).toMatchObject({
      outcome: 'done',
    })
    const before = await eventsOf(server, caseId)
    at(server, '2026-11-24T10:00:00+07:00')
    expect(await admin.enter({ calendarId: offices, days: [culturalDay] })).toMatchObject({ recounted: 0 })
    expect(await eventsOf(server, caseId)).toEqual(before)
    const view = clockView(await stateOf(server, caseId), server.deps.reference.hours, server.clock.now(), false)
    expect(view).toMatchObject({
      state: 'ended',
      dueAt: '2026-11-24T15:00:00+07:00',
      correctedDueAt: '2026-11-25T15:00:00+07:00',
    })
  })

  test('#22: what is late stays late, though the day that made it so is taken away afterwards', async () => {
    const caseId = await slipAt(server, desk)
    at(server, '2026-11-24T15:00:01+07:00')
    await server.deps.keeper.tick()
    // The head's 48 hours end on Wednesday 2/12 at 15:00:01.
    expect(await dueOf(server, caseId)).toBe('2026-12-02T15:00:01+07:00')
    at(server, '2026-12-02T15:00:02+07:00')
    await server.deps.keeper.tick()
    expect(await stateOf(server, caseId)).toMatchObject({ stage: 'late', isLate: true })
    at(server, '2026-12-02T16:00:00+07:00')
    const days = [{ ...culturalDay, on: '2026-12-01', act: 'Công điện khẩn số 12' }]
    const preview = await admin.preview({ calendarId: offices, days })
    expect(preview.moved).toMatchObject([{ level: 'head', dueBefore: '2026-12-02T15:00:01+07:00' }])
    expect(await admin.enter({ calendarId: offices, days })).toMatchObject({ recounted: 1 })
    await server.deps.keeper.tick()
    expect(await stateOf(server, caseId)).toMatchObject({ stage: 'late', isLate: true })
    expect(await recountsOf(server, caseId)).toMatchObject([{ acts: ['Công điện khẩn số 12'] }])
    const view = clockView(await stateOf(server, caseId), server.deps.reference.hours, server.clock.now(), false)
    expect(view).toMatchObject({ isLate: true })
  })
})

describe('whose clocks an entry moves (#25)', () => {
  const centre = 'trung-tam-phuc-vu-hanh-chinh-cong'

  test('of the calendar itself and of those that inherit from it, and of no other', async () => {
    const [office, inherits, electricity] = [
      await slipAt(server, desk),
      await slipAt(server, desk, centre),
      await slipAt(server, desk, 'dien-luc'),
    ]
    at(server, '2026-11-23T15:00:01+07:00')
    const preview = await admin.preview({ calendarId: offices, days: [culturalDay] })
    expect(preview.open).toBe(2)
    expect(preview.moved.map((each) => each.caseId).sort()).toEqual([office, inherits].sort())
    const electricityDue = await dueOf(server, electricity)
    expect(await admin.enter({ calendarId: offices, days: [culturalDay] })).toMatchObject({ recounted: 2 })
    expect(await dueOf(server, inherits)).toBe('2026-11-25T15:00:00+07:00')
    expect(await dueOf(server, electricity)).toBe(electricityDue)
  })

  test('what the inheriting calendar says of a day hides what the other says of it', async () => {
    const worked = { ...culturalDay, working: ['07:00-11:30', '13:30-17:00'], kind: 'closed' as const, act: 'TB 01' }
    const service = 'dong-thap-service-centres'
    await admin.enter({ calendarId: service, days: [worked] })
    at(server, '2026-11-23T15:00:30+07:00')
    const [office, inherits] = [await slipAt(server, desk), await slipAt(server, desk, centre)]
    at(server, '2026-11-23T15:10:00+07:00')
    const preview = await admin.preview({ calendarId: offices, days: [culturalDay] })
    expect(preview.open).toBe(2)
    expect(preview.moved.map((each) => each.caseId)).toEqual([office])
    expect(
      (await admin.preview({ calendarId: service, days: [culturalDay] })).moved.map((each) => each.caseId),
    ).toEqual([inherits])
  })

  test('new weekly hours from a date in the middle of a case', async () => {
    const caseId = await slipAt(server, desk)
    const hours = ['07:30-11:30', '13:30-16:30']
    const week = {
      from: '2026-11-24',
      act: 'QĐ 99',
      hours: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
    }
    at(server, '2026-11-23T15:10:00+07:00')
    expect(await admin.enter({ calendarId: offices, weeks: [week] })).toMatchObject({ recounted: 1 })
    // Two hours on Monday, four on Tuesday morning, two after 13:30.
    expect(await dueOf(server, caseId)).toBe('2026-11-24T15:30:00+07:00')
    at(server, '2026-11-23T16:00:00+07:00')
    const early = { ...week, act: 'QĐ 100', hours: { ...week.hours, tue: ['07:30-11:30'] } }
    expect(await admin.enter({ calendarId: offices, weeks: [early] })).toMatchObject({ recounted: 1 })
    expect(await dueOf(server, caseId)).toBe('2026-11-25T09:30:00+07:00')
    expect((await recountsOf(server, caseId)).map(({ acts }) => acts)).toEqual([['QĐ 99'], ['QĐ 100']])
  })
})
