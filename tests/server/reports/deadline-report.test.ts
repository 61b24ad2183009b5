import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type DeadlineReport, deadlineReportSchema } from '../../../src-shared/api/deadlines.ts'
import { canonicalJson } from '../../../src-shared/cases/chain.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import type { Account } from '../../../src-shared/people/roles.ts'
import { sha256Hex } from '../../../sync-server/src/auth/hashes.ts'
import { maintain } from '../../../sync-server/src/maintenance.ts'
import { accounts, openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'

const week = { from: '2026-10-05T00:00:00+07:00', to: '2026-10-12T00:00:00+07:00' }
type Printed = { text: string; sha256: string }
type Desk = Awaited<ReturnType<typeof openDesk>>

let server: Running
let agent: Desk
const ids: Record<string, string> = {}

/** Monday 5/10/2026 07:00: the 8 hours of a slip end at 17:00. */
beforeEach(async () => {
  server = await startServer({ at: '2026-10-05T07:00:00+07:00', env: { BT1022_SESSION_HOURS: '168' } })
  agent = await openDesk(server, people.agent, 'desk-report')
  for (const name of ['prompt', 'silent', 'slow']) await send(name)
  await send('clinic', 'so-y-te')
  at('2026-10-05T10:00:00+07:00')
  await answer('prompt', people.officer)
  at('2026-10-05T17:00:01+07:00')
  await server.tick()
  at('2026-10-06T08:00:00+07:00')
  await answer('slow', people.officer)
})
afterEach(() => server.remove())

const at = (text: string) => server.clock.setTo(fromIso(text))
async function send(name: string, agencyId?: string) {
  ids[name] = uuidv7()
  await agent.give('case.open', ids[name], openInput(agent.nextCode()))
  expect(await agent.give('slip.send', ids[name], sendInput(server, agencyId))).toMatchObject({ kind: 'accepted' })
}
/** A session ends long before a report is of no use any more, so each act has its own. */
const asAgency = async (account: Account, name: string, caseId: string, input: object) =>
  server.json('/api/agency/commands', {
    token: await server.signIn(account),
    body: { commandId: uuidv7(), caseId, name, input },
  })
async function answer(name: string, account: Account) {
  const told = new Date(server.clock.now()).toISOString()
  const input = { text: 'Đã xong.', citizenTold: { via: 'call', at: told } }
  expect(await asAgency(account, 'slip.answer', ids[name]!, input)).toEqual({ outcome: 'done' })
}
const print = async (query: Record<string, string | number> = {}): Promise<Printed> => {
  const token = await server.signIn(people.office)
  const asked = new URLSearchParams({ ...week, ...query } as Record<string, string>)
  return server.json<Printed>(`/api/reports/deadlines?${asked}`, { token })
}
const read = async (query: Record<string, string | number> = {}): Promise<DeadlineReport> =>
  deadlineReportSchema.parse(JSON.parse((await print(query)).text))
const codeOf = async (name: string) => (await server.deps.store.read.register.case(ids[name]!))!.state.code
async function closedOn(date: string) {
  const admin = await server.signIn(people.admin)
  const { revision } = await server.json<{ revision: number }>('/api/sync/reference', { token: admin })
  const day = { on: date, working: [], kind: 'closed', reason: 'nghỉ do bão', act: 'Công điện 12/CĐ-UBND' }
  const body = { calendarId: 'dong-thap-offices', weeks: [], days: [day], revision, changeId: uuidv7() }
  const answered = await server.json('/api/calendars/change', { token: admin, body })
  expect(answered).toMatchObject({ knownAt: expect.any(String) })
}

describe('the deadline report', () => {
  test('D9, #70: counts the levels that fell due in the period, by agency, with the definition beside the numbers', async () => {
    const report = await read()
    expect(report.totals).toMatchObject({ due: 4, onTime: 1, late: 3, lifted: 0, open: 0, withoutCause: 3 })
    expect(report.agencies.map(({ agencyId, due, onTime, late }) => [agencyId, due, onTime, late])).toEqual([
      ['so-xay-dung', 3, 1, 2],
      ['so-y-te', 1, 0, 1],
    ])
    expect(report.agencies[0]!.name).toBe('Sở Xây dựng')
    expect(report.definition).toContain('Tỷ lệ đúng hạn = đúng hạn ÷ (đúng hạn + trễ)')
    const slow = report.rows.find((row) => row.outcome === 'late')!
    expect(slow).toMatchObject({ level: 'focal-officer', dueAt: '2026-10-05T17:00:00+07:00', endedBy: 'escalated' })
  })

  test('D9: what falls due after the instant of the report is open, what fell due before the period is not in it', async () => {
    const heads = await read({ from: '2026-10-12T00:00:00+07:00', to: '2026-10-19T00:00:00+07:00' })
    expect(heads.rows.map(({ level, outcome }) => `${level} ${outcome}`).sort()).toEqual([
      'head on-time',
      'head open',
      'head open',
    ])
    expect(heads.totals).toMatchObject({ due: 3, onTime: 1, open: 2, late: 0 })
    // The period takes its first instant in and its last not.
    expect((await read({ from: '2026-10-05T17:00:00+07:00' })).totals.due).toBe(4)
    expect((await read({ to: '2026-10-05T17:00:00+07:00' })).totals.due).toBe(0)
  })

  test('the text is the canonical JSON and the hash is of exactly its bytes; the last event is named by its own hash', async () => {
    const { text, sha256 } = await print()
    expect(text).toBe(canonicalJson(JSON.parse(text)))
    expect(sha256).toBe(sha256Hex(text))
    const report = JSON.parse(text) as DeadlineReport
    const [last] = await server.deps.store.read.register.eventsAfter(report.seq - 1, 1)
    expect(report.eventHash).toBe((JSON.parse(last!.line) as { hash: string }).hash)
    expect(report.seq).toBe(await server.deps.store.read.register.lastSeq())
  })

  test("yesterday's report is reprinted byte for byte, whatever happened since", async () => {
    const first = await print()
    const { seq, asOf } = JSON.parse(first.text) as DeadlineReport
    const again = async () => {
      expect(await print({ seq, asOf })).toEqual(first)
      expect(await print({ seq })).toEqual(first)
      expect(await print({ asOf })).toEqual(first)
    }
    await again()

    // More events: an answer, a new slip, the head's 48 hours used up.
    at('2026-10-07T09:00:00+07:00')
    await answer('clinic', people.otherOfficer)
    await send('later')
    await again()

    // A day off that becomes known late, over hours that were counted already.
    at('2026-10-08T09:00:00+07:00')
    await closedOn('2026-10-05')
    await again()

    at('2026-10-20T08:00:00+07:00')
    await server.tick()
    await again()

    // The lateness is lifted by an act (D14), and a cause is given (#37).
    const desk = await openDesk(server, people.office, 'desk-office')
    const act = { number: '125/VP-HCTC', signedBy: 'Nguyễn Văn Hiền', signedOn: '2026-10-19' }
    expect(await desk.give('lateness.lift', ids.silent!, { act, reason: 'Bão số 9' })).toMatchObject({
      kind: 'accepted',
    })
    const cause = { causeCode: 'nhieu-viec', text: 'Nhiều việc cùng lúc.' }
    expect(await asAgency(people.officer, 'lateness.explain', ids.slow!, cause)).toEqual({ outcome: 'done' })
    await again()

    server = await server.restart()
    await again()
    await server.deps.register.rebuild()
    await again()
    const asked = ['report', week.from, week.to, String(seq), asOf]
    expect(await maintain(server, asked, undefined)).toEqual({ said: first, exitCode: 0 })
    expect(await maintain(server, [...asked.slice(0, 3), '999999'], undefined)).toMatchObject({ exitCode: 1 })
    expect(await maintain(server, ['report', 'tuần trước'], undefined)).toMatchObject({ exitCode: 2 })

    // And today's report says what has become of it.
    const today = await read()
    expect(today.totals).toMatchObject({ due: 5, onTime: 1, late: 3, lifted: 1, withoutCause: 2 })
    const silent = today.rows.find((row) => row.outcome === 'lifted')!
    expect(silent).toMatchObject({ liftedBy: '125/VP-HCTC', level: 'focal-officer' })
    expect(silent.correctedDueAt).toBe('2026-10-06T17:00:00+07:00')
    expect(today.rows.find((row) => row.cause !== null)).toMatchObject({ cause: 'nhieu-viec', outcome: 'late' })
  })

  test('a renamed agency keeps its name in the reports of before; so does the calendar it was counted by', async () => {
    const first = await print()
    const { asOf } = JSON.parse(first.text) as DeadlineReport
    const { directory } = server.deps.reference.reference
    const renamed = structuredClone(directory)
    const roads = renamed.agencies.find(({ id }) => id === 'so-xay-dung')!
    Object.assign(roads, { name: 'Sở Hạ tầng', calendarId: 'utilities-24-7' })
    await server.deps.store.write(async (tx) => {
      await tx.reference.putPart('directory', JSON.stringify(renamed))
      await tx.reference.raiseRevision()
    })
    await server.deps.reference.refresh()
    expect(server.deps.reference.agency('so-xay-dung')?.name).toBe('Sở Hạ tầng')
    expect(await print({ asOf })).toEqual(first)
    // From the next second on a report knows the new name.
    at('2026-10-06T09:00:00+07:00')
    expect(await print({ asOf })).toEqual(first)
    const later = await read({ asOf: '2026-10-06T08:00:01+07:00' })
    expect(later.agencies[0]).toMatchObject({ agencyId: 'so-xay-dung', name: 'Sở Hạ tầng' })
  })

  test('#38, D13: late time belongs to whoever held the clock, stretch by stretch', async () => {
    at('2026-10-14T08:00:00+07:00')
    await server.tick()
    const desk = await openDesk(server, people.office, 'desk-office')
    at('2026-10-14T10:00:00+07:00')
    const transfer = { agencyId: 'so-y-te', reason: 'Sáp nhập', act: 'NQ 12/2026' } as never
    expect(await desk.give('slip.transfer', ids.silent!, transfer)).toMatchObject({ kind: 'accepted' })
    at('2026-10-14T11:00:00+07:00')
    await answerLate('silent')
    const report = await read({ from: '2026-10-12T00:00:00+07:00', to: '2026-10-19T00:00:00+07:00' })
    const code = await codeOf('silent')
    const head = report.rows.find((row) => row.code === code)!
    // Due Tuesday 13/10 17:00; three hours of Wednesday with the first agency, one with its successor.
    expect(head).toMatchObject({ level: 'head', agencyId: 'so-xay-dung', dueAt: '2026-10-13T17:00:00+07:00' })
    expect(head.held).toEqual([
      {
        agencyId: 'so-xay-dung',
        fromAt: '2026-10-13T17:00:00+07:00',
        toAt: '2026-10-14T10:00:00+07:00',
        lateSeconds: 3 * 3600,
      },
      {
        agencyId: 'so-y-te',
        fromAt: '2026-10-14T10:00:00+07:00',
        toAt: '2026-10-14T11:00:00+07:00',
        lateSeconds: 3600,
      },
    ])
    expect(report.totals.lateSeconds.head).toBe(report.rows.reduce((sum, row) => sum + row.lateSeconds, 0))
  })

  async function answerLate(name: string) {
    const head = accounts.find((each) => each.role === 'head' && each.agencyId === 'so-y-te')!
    const lateCause = { causeCode: 'cho-phoi-hop', text: 'Chờ phối hợp.' }
    const input = { text: 'Đã xong.', citizenTold: null, lateCause }
    expect(await asAgency(head, 'slip.answer', ids[name]!, input)).toEqual({ outcome: 'done' })
  }

  test('#73: agencies to which nothing fell due are listed only where they are asked for', async () => {
    const all = await read({ agencies: 'all' })
    const idle = all.agencies.filter(({ due }) => due === 0)
    expect(idle.length).toBeGreaterThan(5)
    expect(all.rows).toEqual((await read()).rows)
    expect((await read()).agencies.every(({ due }) => due > 0)).toBe(true)
  })

  test('refuses a period that ends before it begins, an instant or an event that has not come, and a pair that does not fit', async () => {
    const newest = await server.deps.store.read.register.lastSeq()
    const refusal = async (query: Record<string, string | number>) => {
      const asked = new URLSearchParams({ ...week, ...query } as Record<string, string>)
      const token = await server.signIn(people.office)
      const response = await server.request(`/api/reports/deadlines?${asked}`, { token })
      return [response.status, ((await response.json()) as { error: { code: string } }).error.code]
    }
    expect(await refusal({ to: week.from })).toEqual([400, 'report-period'])
    expect(await refusal({ asOf: '2026-10-06T08:00:01+07:00' })).toEqual([400, 'report-future'])
    expect(await refusal({ seq: newest + 1 })).toEqual([400, 'report-seq'])
    expect(await refusal({ seq: newest, asOf: '2026-10-06T07:59:59+07:00' })).toEqual([400, 'report-as-of'])
    expect(await refusal({ from: 'hôm qua' })).toEqual([400, 'bad-request'])
  })

  test.each([
    ['office', 200],
    ['supervisor', 200],
    ['home-affairs', 200],
    ['admin', 200],
    ['agent', 403],
    ['focal-officer', 403],
    ['head', 403],
  ] as const)('the %s gets %i', async (role, status) => {
    const token = await server.signIn(accounts.find((each) => each.role === role)!)
    const asked = new URLSearchParams(week)
    expect((await server.request(`/api/reports/deadlines?${asked}`, { token })).status).toBe(status)
    expect((await server.request(`/api/reports/deadlines.csv?${asked}`, { token })).status).toBe(status)
  })
})
