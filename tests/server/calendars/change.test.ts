import { once } from 'node:events'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { apiErrorSchema } from '../../../src-shared/api/session.ts'
import { type Poke, pokeSchema, type Reference, referenceSchema } from '../../../src-shared/api/sync.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { enterIn } from '../../../sync-server/src/calendars/calendars.ts'
import { steerableClock } from '../../../sync-server/src/clock.ts'
import { openDesk, people, type Running, startServer } from '../running.ts'
import { at, culturalDay, dueOf, openAdmin, recountsOf, resourcesWithoutNovember, slipAt } from './entering.ts'

const offices = 'dong-thap-offices'
const entries = { calendarId: offices, days: [culturalDay] }
let server: Running
let admin: ReturnType<typeof openAdmin>
let resources: ReturnType<typeof resourcesWithoutNovember>
const start = (dataDir?: string, clock = server?.clock) =>
  startServer({
    at: '2026-11-23T15:00:00+07:00',
    env: { BT1022_RESOURCES_DIR: resources.dir },
    ...(dataDir === undefined ? {} : { dataDir, clock }),
  })
beforeEach(async () => {
  resources = resourcesWithoutNovember()
  server = await start()
  admin = openAdmin(server)
})
afterEach(async () => {
  await server.remove()
  resources.remove()
})

const reference = async (from = server): Promise<Reference> => {
  const token = await from.signIn(people.agent, 'desk-reference')
  return referenceSchema.parse(await from.json('/api/sync/reference', { token }))
}
const changes = () => server.deps.store.read.calendars.changes()
const storedCalendars = async () => (await server.deps.store.read.reference.part('calendars'))!
const failure = async (response: Response) => ({
  status: response.status,
  ...apiErrorSchema.parse(await response.json()).error,
})

describe('what is entered', () => {
  test('D14: is kept with who, what and when, known from the server’s own second; every older entry stays byte for byte', async () => {
    at(server, '2026-11-23T15:00:00.700+07:00')
    const before = await storedCalendars()
    const { revision } = await admin.preview(entries)
    const changed = await admin.enter({
      ...entries,
      days: [{ ...culturalDay, reason: culturalDay.reason.normalize('NFD') }],
    })
    expect(changed).toMatchObject({ revision: revision + 1, knownAt: '2026-11-23T15:00:00+07:00' })
    const after = await storedCalendars()
    const entry = JSON.stringify({ ...culturalDay, knownAt: '2026-11-23T15:00:00+07:00' })
    const [prefix, suffix] = after.split(`,${entry}`)
    expect(`${prefix}${suffix}`).toBe(before)
    const [change] = await changes()
    expect(change).toMatchObject({ calendarId: offices, accountId: people.admin.id, revision: changed.revision })
    expect(JSON.parse(change!.entriesJson)).toEqual({
      weeks: [],
      days: [expect.objectContaining({ act: culturalDay.act })],
    })
  })

  test('is there after a restart on the same files, and desks are sent it with a raised revision', async () => {
    const before = await reference()
    await admin.enter(entries)
    server = await server.restart()
    const after = await reference()
    expect(after.revision).toBe(before.revision + 1)
    expect(JSON.stringify(after.calendars)).toContain(culturalDay.act)
  })

  test('is poked to every desk as a new revision of the reference', async () => {
    const token = await server.signIn(people.agent, 'desk-poked')
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/sync/poke?token=${token}`)
    const told: Poke[] = []
    const arrived = new Promise<Poke>((resolve) => {
      socket.on('message', (data) => {
        const poke = pokeSchema.parse(JSON.parse(String(data)))
        told.push(poke)
        if (told.filter(({ type }) => type === 'reference').length === 2) resolve(poke)
      })
    })
    await once(socket, 'open')
    const { revision } = await admin.enter(entries)
    expect(await arrived).toEqual({ type: 'reference', revision })
    socket.close()
  })

  test('counts at once on every other server of the same store', async () => {
    const other = await start(server.dataDir)
    try {
      const desk = await openDesk(other, people.agent, 'desk-other')
      await admin.enter(entries)
      at(server, '2026-11-23T15:10:00+07:00')
      const caseId = await slipAt(other, desk)
      expect(await dueOf(other, caseId)).toBe('2026-11-25T15:10:00+07:00')
      expect(await reference(other)).toEqual(await reference(server))
    } finally {
      await other.close()
    }
  })
})

describe('a repeat', () => {
  test('of a change that was answered is answered the same and enters nothing again', async () => {
    const changeId = uuidv7()
    const first = await admin.enter(entries, changeId)
    at(server, '2026-11-23T17:00:00+07:00')
    const repeated = await admin.request(entries, first.revision - 1, changeId)
    expect(await repeated.json()).toEqual(first)
    expect(await changes()).toHaveLength(1)
  })

  test('who entered it, and how many clocks it moved, is told of this calendar alone', async () => {
    const { knownAt, recounted } = await admin.enter(entries)
    const token = await server.signIn(people.admin)
    const told = (id: string) => server.json(`/api/calendars/${id}/changes`, { token })
    expect(await told(entries.calendarId)).toEqual({ changes: [{ knownAt, byName: people.admin.name, recounted }] })
    expect(await told('utilities-24-7')).toEqual({ changes: [] })
  })

  test('a server killed between the entry and the recount counts the clocks when it starts again', async () => {
    const desk = await openDesk(server, people.agent, 'desk-killed')
    const caseId = await slipAt(server, desk)
    at(server, '2026-11-23T15:10:00+07:00')
    const { revision } = await admin.preview(entries)
    const wanted = { ...entries, weeks: [], revision, changeId: uuidv7() }
    const { store, reference: live, clock } = server.deps
    await store.write((tx) => enterIn(tx, wanted, { accountId: people.admin.id, reference: live, now: clock.now() }))
    expect(await recountsOf(server, caseId)).toEqual([])
    // It was off when the old instant passed: the new one counts all the same.
    at(server, '2026-11-24T15:00:01+07:00')
    server = await server.restart()
    await server.tick()
    expect(await recountsOf(server, caseId)).toMatchObject([{ acts: [culturalDay.act] }])
    expect(await dueOf(server, caseId)).toBe('2026-11-25T15:00:00+07:00')
    admin = openAdmin(server)
    expect(await (await admin.request(entries, revision, wanted.changeId)).json()).toEqual({
      revision: revision + 1,
      knownAt: '2026-11-23T15:10:00+07:00',
      recounted: 1,
    })
    expect(await recountsOf(server, caseId)).toHaveLength(1)
  })
})

test('what a server that is gone left unfinished is taken over by another of the same store', async () => {
  const desk = await openDesk(server, people.agent, 'desk-left')
  const caseId = await slipAt(server, desk)
  const other = await start(server.dataDir)
  try {
    at(server, '2026-11-23T15:10:00+07:00')
    const { revision } = await admin.preview(entries)
    const wanted = { ...entries, weeks: [], revision, changeId: uuidv7() }
    const { store, reference: live, clock } = server.deps
    await store.write((tx) => enterIn(tx, wanted, { accountId: people.admin.id, reference: live, now: clock.now() }))
    await other.deps.calendars.tick()
    expect(await recountsOf(other, caseId)).toEqual([])
    at(server, '2026-11-23T15:11:00+07:00')
    await other.deps.calendars.tick()
    expect(await recountsOf(other, caseId)).toHaveLength(1)
    expect(await changes()).toMatchObject([{ recounted: 1 }])
  } finally {
    await other.close()
  }
})

describe('what is refused, and changes nothing', () => {
  const unchanged = async (act: () => Promise<void>) => {
    const before = await storedCalendars()
    await act()
    expect(await storedCalendars()).toBe(before)
    expect(await changes()).toEqual([])
  }

  test.each(['agent', 'supervisor', 'office', 'homeAffairs', 'officer', 'head'] as const)('by role: %s', (who) =>
    unchanged(async () => {
      const token = await server.signIn(people[who])
      for (const path of ['/api/calendars/preview', '/api/calendars/change']) {
        const body = { ...entries, revision: 1, changeId: uuidv7() }
        expect((await server.request(path, { token, body })).status).toBe(403)
      }
      expect((await server.request('/api/calendars/dong-thap-offices/changes', { token })).status).toBe(403)
    }),
  )

  test('a revision that is not the newest: somebody else entered something after the preview', async () => {
    const { revision } = await admin.preview(entries)
    await admin.enter({ ...entries, days: [{ ...culturalDay, on: '2028-11-24' }] })
    // Later than the second of that entry: only the revision tells.
    at(server, '2026-11-23T16:30:00+07:00')
    const refused = await failure(await admin.request(entries, revision))
    expect(refused).toMatchObject({ status: 409, code: 'calendar-changed', why: { revision: revision + 1 } })
    expect(await changes()).toHaveLength(1)
  })

  test('a second change in one second is known a second later, so that the two acts can be told apart', async () => {
    const first = await admin.enter(entries)
    const next = { ...entries, days: [{ ...culturalDay, on: '2028-11-24' }] }
    const { revision } = await admin.preview(next)
    // While the register's clock stands still there is no later second.
    expect(await failure(await admin.request(next, revision))).toMatchObject({ status: 409, code: 'calendar-changed' })
    const moving = await start(server.dataDir, steerableClock())
    try {
      moving.clock.setTo(fromIso(first.knownAt) + 1)
      const second = await openAdmin(moving).enter(next)
      expect(fromIso(second.knownAt)).toBeGreaterThan(fromIso(first.knownAt))
    } finally {
      await moving.close()
    }
  })

  test('a calendar nobody has', () =>
    unchanged(async () => {
      const refused = await failure(await admin.request({ ...entries, calendarId: 'long-an' }, 1))
      expect(refused).toMatchObject({ status: 404, code: 'calendar-unknown' })
      expect(refused.message).toContain('long-an')
    }))

  test('mistakes are named by the entry a person typed, not by its place in the calendar', () =>
    unchanged(async () => {
      const day = (changes: object) => ({ ...culturalDay, ...changes })
      const wrong = {
        calendarId: offices,
        weeks: [{ from: '2026-02-30', act: 'QĐ 1', hours: { sat: ['07:00-11:30', '11:00-12:00'] } }],
        days: [
          day({ on: '2027-11-24' }),
          day({ on: '2027-11-24' }),
          day({ on: '2028-01-03', working: ['17:00-13:30'] }),
        ],
      }
      const { problems, moved, revision } = await admin.preview(wrong)
      expect(moved).toEqual([])
      expect(problems.map(({ path, code }) => [path, code]).sort()).toEqual([
        ['days[1]', 'day-twice'],
        ['days[2].working[0]', 'reversed-interval'],
        ['weeks[0].from', 'bad-date'],
        ['weeks[0].hours.sat[1]', 'overlapping-intervals'],
      ])
      const refused = await failure(await admin.request(wrong, revision))
      expect(refused).toMatchObject({ status: 422, code: 'calendar-problems', why: { problems } })
    }))

  test('an entry without its act, and no entry at all', () =>
    unchanged(async () => {
      const withoutAct = { calendarId: offices, days: [{ ...culturalDay, act: '  ' }] }
      expect((await admin.preview(withoutAct)).problems).toMatchObject([{ path: 'days[0].act' }])
      const week = { from: '2027-01-04', act: '', hours: {} }
      expect((await admin.preview({ calendarId: offices, weeks: [week] })).problems).toMatchObject([
        { path: 'weeks[0].act' },
      ])
      expect((await admin.preview({ calendarId: offices })).problems).toMatchObject([{ code: 'nothing-entered' }])
    }))

  test('day-known: what is known already in the same words, here or in the calendar it inherits from', async () => {
    await admin.enter(entries)
    at(server, '2026-11-23T15:10:00+07:00')
    for (const calendarId of [offices, 'dong-thap-service-centres']) {
      const { problems } = await admin.preview({
        calendarId,
        days: [{ ...culturalDay, on: '2027-11-24' }, culturalDay],
      })
      expect(problems).toMatchObject([{ path: 'days[1]', code: 'day-known', params: { act: culturalDay.act } }])
    }
    const corrected = { ...culturalDay, act: 'Thông báo số 77', working: ['07:00-11:30'], kind: 'closed' as const }
    expect((await admin.preview({ calendarId: offices, days: [corrected] })).problems).toEqual([])
  })
})
