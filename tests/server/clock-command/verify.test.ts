import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseFile } from '../../../src-shared/cases/case-export.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'
import { calendarFolder, clock } from './clock-process.ts'

const files = calendarFolder()
let server: Running
let exported: CaseFile

/** Sent on Friday 28/8 at 16:00, escalated, answered by the head, told and closed: as the server hands it out. */
beforeAll(async () => {
  server = await startServer({ at: '2026-08-28T16:00:00+07:00', env: { BT1022_SESSION_HOURS: '168' } })
  const desk = await openDesk(server, people.agent, 'desk-verify')
  const caseId = uuidv7()
  const at = (text: string) => server.clock.setTo(fromIso(text))
  await desk.give('case.open', caseId, openInput(desk.nextCode()))
  await desk.give('slip.send', caseId, sendInput(server))
  at('2026-09-03T16:00:01+07:00')
  await server.tick()
  at('2026-09-04T09:30:00+07:00')
  await server.tick()
  const now = toIso(server.clock.now())
  const answered = await server.json('/api/agency/commands', {
    token: await server.signIn(people.head),
    body: {
      commandId: uuidv7(),
      caseId,
      name: 'slip.answer',
      input: { text: 'Đã thay bóng đèn.', approver: null, citizenTold: { via: 'call', at: now } },
    },
  })
  expect(answered).toEqual({ outcome: 'done' })
  await desk.give('case.close', caseId, { proof: 'Đã gọi lại.', contactedAt: now })
  exported = await server.json<CaseFile>(`/api/cases/${caseId}`, { token: desk.token })
})
afterAll(async () => {
  await server.remove()
  files.remove()
})

type Opened = Omit<CaseFile, 'events'> & { events: { name: string; data: Record<string, unknown> }[] }
const copy = () => structuredClone(exported) as unknown as Opened
const verify = (json: unknown, ...args: string[]) => clock(['verify', files.write('case.json', json), ...args])

describe('clock verify', () => {
  test('#41: the case as the server exports it, from the file alone', async () => {
    const { code, out, err } = await verify(exported)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      code: exported.code,
      events: exported.events.length,
      headHash: exported.headHash,
      dues: [
        { level: 'focal-officer', dueAt: '2026-09-03T16:00:00+07:00', isLate: true },
        { level: 'head', startedAt: '2026-09-03T16:00:01+07:00', dueAt: '2026-09-11T16:00:01+07:00', isLate: false },
      ],
      corrected: null,
    })
    expect(exported.agencies.map((agency) => agency.id)).toEqual(['so-xay-dung'])
    expect(exported.calendars).toMatchObject([{ id: 'dong-thap-offices' }])
    expect(exported.clock.lines).toContain('Thứ Sáu 28/8 16:00–17:00: 1 giờ')
  })

  test('a changed event: exit 1, its place on stdout, a sentence on stderr', async () => {
    const file = copy()
    const index = file.events.findIndex((event) => event.name === 'slip.escalated')
    file.events[index]!.data.dueAt = '2026-09-04T16:00:00+07:00'
    const { code, out, err } = await verify(file)
    expect(code).toBe(1)
    expect(JSON.parse(out)).toEqual({ ok: false, place: `events[${index}] (slip.escalated)` })
    expect(err).toBe(
      `${files.folder}/case.json: events[${index}] (slip.escalated): nội dung sự kiện không khớp mã băm đã ghi.\n`,
    )
  })

  test('a calendar in which 31/8 was worked: the due instant of the event is the first that differs', async () => {
    const file = copy()
    const [calendar] = file.calendars as { days: { on: string }[] }[]
    calendar!.days = calendar!.days.filter((day) => day.on !== '2026-08-31')
    const { code, out, err } = await verify(file, '--lang', 'en')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      stated: '"2026-09-03T16:00:00+07:00"',
      computed: '"2026-08-31T16:00:00+07:00"',
    })
    expect(err).toMatch(
      /case\.json: events\[\d\] \(slip\.\S+\) data\.dueAt: the file says "2026-09-03T16:00:00\+07:00"/,
    )
  })

  test('D14: a case recounted for a day off that was entered in its middle, the act in the file', async () => {
    const at = (text: string) => server.clock.setTo(fromIso(text))
    at('2026-10-05T08:00:00+07:00')
    const desk = await openDesk(server, people.secondAgent, 'desk-recount')
    const caseId = uuidv7()
    await desk.give('case.open', caseId, openInput(desk.nextCode()))
    await desk.give('slip.send', caseId, sendInput(server))
    at('2026-10-05T10:00:00+07:00')
    const token = await server.signIn(people.admin)
    const day = { on: '2026-10-06', working: [], kind: 'closed', reason: 'nghỉ do bão', act: '12/TB-UBND' }
    const entries = { calendarId: 'dong-thap-offices', weeks: [], days: [day] }
    const { revision } = await server.json<{ revision: number }>('/api/calendars/preview', { token, body: entries })
    const change = { ...entries, revision, changeId: uuidv7() }
    expect(await server.json('/api/calendars/change', { token, body: change })).toMatchObject({ recounted: 1 })
    at('2026-10-07T08:00:01+07:00')
    await server.tick()
    const file = await server.json<Opened>(`/api/cases/${caseId}`, { token: desk.token })
    const recounted = file.events.find((event) => event.name === 'clock.recounted')
    expect(recounted?.data).toMatchObject({ acts: ['12/TB-UBND'], dueAfter: '2026-10-07T08:00:00+07:00' })
    const { code, out } = await verify(file)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ dues: [{ dueAt: '2026-10-07T08:00:00+07:00' }, {}] })
    const [calendar] = file.calendars as { days: { on: string }[] }[]
    calendar!.days = calendar!.days.filter((each) => each.on !== day.on)
    expect((await verify(file)).err).toContain('(clock.recounted) data.')
  })

  test('what is no exported case is refused as such', async () => {
    expect(await verify({ format: 'ban-truc-1022/case/1', events: [] })).toMatchObject({
      code: 1,
      err: expect.stringContaining('"ban-truc-1022/case/1"'),
    })
    expect(await verify('[]')).toMatchObject({ code: 1, err: expect.stringContaining('ban-truc-1022/case/2') })
    expect(await verify('{"format":')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('JSON') })
    expect(await clock(['verify'])).toMatchObject({ code: 2, err: expect.stringContaining('đúng một tệp') })
    expect(await clock(['verify', 'a.json', 'b.json'])).toMatchObject({ code: 2 })
  })
})
