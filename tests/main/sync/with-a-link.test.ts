import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parseCode } from '../../../src-shared/cases/codes.ts'
import { openOfficeHours } from '../../../src-shared/province/hours.ts'
import { demoServer, monday, openCase, openRoom, type Server, signIn } from './at-a-desk.ts'

let server: Server
const room = openRoom()
beforeAll(async () => {
  server = await demoServer()
}, 120_000)
afterEach(() => room.clear())
afterAll(async () => {
  await server.close()
  server.remove()
})

describe('a desk with a link', () => {
  it('takes the register, the province and a block of codes at the first sign-in', async () => {
    const desk = await room.open(room.folder(), server.url)
    const state = await signIn(desk)
    expect(state.codesLeft).toBeGreaterThan(60)
    expect(state.account?.name).toBe('Lê Thu Hà')
    const { total, counts } = await desk.call('cases.list', { view: 'all' })
    expect(total).toBeGreaterThanOrEqual(200)
    expect(counts.late).toBeGreaterThan(0)
    // "Sắp trễ" begins where the first reminder goes out: 4 working hours before a focal officer's deadline.
    const { rows } = await desk.call('cases.list', { view: 'due-soon' })
    expect(rows.length).toBe(counts['due-soon'])
    const { reference } = await desk.call('reference.get', {})
    const hours = openOfficeHours(reference!.calendars, reference!.directory)
    const near = { 'focal-officer': 240 * 60, head: 960 * 60, office: 0 }
    const running = (await desk.call('cases.list', { view: 'open', limit: 500 })).rows.filter(
      (row) => row.clock?.state === 'running' && !row.isLate,
    )
    const expected = running.filter(({ clock }) => {
      const left = hours.book.workingTime(clock!.calendarId).between(server.clock.now(), Date.parse(clock!.dueAt!))
      return left <= near[clock!.level]
    })
    expect(rows.map((row) => row.code).sort()).toEqual(expected.map((row) => row.code).sort())
    expect(expected.length).toBeGreaterThan(0)
    expect(expected.length).toBeLessThan(running.length)
    const { hits } = await desk.call('knowledge.search', { text: 'can cuoc cong dan' })
    expect(hits.length).toBeGreaterThan(0)
  })

  it('shows a case at once, and confirmed when its events have come back', async () => {
    const desk = await room.open(room.folder(), server.url)
    await signIn(desk)
    const { caseId, code, answer } = await openCase(desk)
    expect(parseCode(code).ok).toBe(true)
    expect(answer).toMatchObject({ outcome: 'done', sync: 'waiting', code })
    await desk.until((state) => state.waiting === 0)
    const { detail } = await desk.call('cases.get', { caseId })
    expect(detail?.row.sync).toBe('confirmed')
    expect(detail?.events.every((event) => event.seq !== null)).toBe(true)
    const found = await desk.call('find.anything', { text: code.toLowerCase().replaceAll('-', ' ') })
    expect(found.cases.map((row) => row.caseId)).toEqual([caseId])
  })

  it('proposes the code that was meant when one character is wrong', async () => {
    const desk = await room.open(room.folder(), server.url)
    await signIn(desk)
    const { code } = await openCase(desk)
    const wrong = code.slice(0, 8) + String((Number(code[8]) + 1) % 10) + code.slice(9)
    const found = await desk.call('find.anything', { text: wrong })
    expect(found.cases).toEqual([])
    expect(found.codeProblem?.suggestions).toContain(code)
  })

  it('brings one desk’s case to another', async () => {
    const [one, two] = [await room.open(room.folder(), server.url), await room.open(room.folder(), server.url)]
    await signIn(one)
    await signIn(two)
    const { caseId } = await openCase(one)
    const other = async () => (await two.call('cases.get', { caseId })).detail
    await expect.poll(other, { timeout: 10_000 }).not.toBeNull()
  })

  it('refuses by the rule in words’ reach and keeps no trace of what was refused', async () => {
    const desk = await room.open(room.folder(), server.url)
    await signIn(desk)
    const { caseId } = await openCase(desk)
    const answer = await desk.call('cases.command', {
      caseId,
      name: 'case.close',
      input: { proof: 'Đã xong', contactedAt: monday },
    })
    expect(answer).toMatchObject({ outcome: 'refused' })
    expect((await desk.call('desk.state', {})).attention).toBe(0)
  })
})

describe('who works at a desk', () => {
  it('an officer of an agency is told where to work; an administrator has the province but no register', async () => {
    const desk = await room.open(room.folder(), server.url)
    const officer = desk.call('session.signIn', { username: 'thuan.nh', password: 'demo-1022' })
    await expect(officer).rejects.toThrow('not-a-desk-account')
    expect((await desk.call('desk.state', {})).account).toBeNull()
    const state = await signIn(desk, 'triet.cm')
    expect(state.account?.role).toBe('admin')
    expect((await desk.call('reference.get', {})).reference?.provinceId).toBe('dong-thap')
    expect((await desk.call('cases.list', { view: 'all' })).total).toBe(0)
  })
})
