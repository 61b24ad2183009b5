import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttp } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parseCode } from '../../../src-shared/cases/codes.ts'
import type { CaseId } from '../../../src-shared/ids.ts'
import { openOfficeHours } from '../../../src-shared/province/hours.ts'
import { type Desk, openDesk, openServer } from '../../fixtures/desk.ts'

const monday = '2026-11-16T09:00:00+07:00'
let server: Awaited<ReturnType<typeof openServer>>
const dirs: string[] = []
const desks: Desk[] = []
const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'desk-'))
  dirs.push(dir)
  return dir
}
const open = async (dir: string, clock?: { now(): number }) => {
  const desk = await openDesk(dir, server.url, clock)
  desks.push(desk)
  return desk
}
const signIn = async (desk: Desk, username = 'ha.lt') => {
  await desk.call('session.signIn', { username, password: 'demo-1022' })
  return desk.until((state) => state.link.kind === 'connected' && state.waiting === 0)
}
const openingOf = (code: string) => ({
  code,
  kind: 'report' as const,
  channel: 'phone' as const,
  fieldId: 'chieu-sang',
  areaId: null,
  content: 'Đèn đường trước chợ hỏng ba ngày nay, tối đi lại nguy hiểm.',
  citizen: {
    name: 'Nguyễn Thị Kiểm Thử',
    phone: '02775550199',
    address: 'Ấp 1, xã Mỹ Thọ',
    email: '',
    isAnonymous: false,
  },
})
/** Opens a case at the desk as the console does: a code first, then the command with it. */
const openCase = async (desk: Desk) => {
  const { code } = await desk.call('codes.reserve', { draftId: `d-${Math.random()}` })
  const { reference } = await desk.call('reference.get', {})
  const fieldId = reference!.directory.fields.find((field) => field.parentId !== null)!.id
  const answer = await desk.call('cases.command', {
    caseId: null,
    name: 'case.open',
    input: { ...openingOf(code!), fieldId },
  })
  if (answer.outcome !== 'done') throw new Error(JSON.stringify(answer))
  return { code: code!, caseId: answer.caseId, answer }
}
const sendSlip = async (desk: Desk, caseId: CaseId) => {
  const { reference } = await desk.call('reference.get', {})
  const agency =
    reference!.directory.agencies.find((each) => each.id === 'so-xay-dung') ?? reference!.directory.agencies[1]!
  return desk.call('cases.command', {
    caseId,
    name: 'slip.send',
    input: {
      agencyId: agency.id,
      summary: 'Đề nghị kiểm tra, sửa đèn đường.',
      callAttempt: { at: monday, number: agency.phone, result: 'no-answer' },
      skippedCallReason: null,
    },
  })
}

beforeAll(async () => {
  server = await openServer({ at: monday })
}, 120_000)
afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()))
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
})
afterAll(async () => {
  await server.close()
  server.remove()
})

describe('a desk with a link', () => {
  it('takes the register, the province and a block of codes at the first sign-in', async () => {
    const desk = await open(folder())
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
    const desk = await open(folder())
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
    const desk = await open(folder())
    await signIn(desk)
    const { code } = await openCase(desk)
    const wrong = code.slice(0, 8) + String((Number(code[8]) + 1) % 10) + code.slice(9)
    const found = await desk.call('find.anything', { text: wrong })
    expect(found.cases).toEqual([])
    expect(found.codeProblem?.suggestions).toContain(code)
  })

  it('brings one desk’s case to another', async () => {
    const [one, two] = [await open(folder()), await open(folder())]
    await signIn(one)
    await signIn(two)
    const { caseId } = await openCase(one)
    const other = async () => (await two.call('cases.get', { caseId })).detail
    await expect.poll(other, { timeout: 10_000 }).not.toBeNull()
  })

  it('refuses by the rule in words’ reach and keeps no trace of what was refused', async () => {
    const desk = await open(folder())
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

describe('a desk without a link', () => {
  it('opens and sends a slip while the server is away; afterwards each is there once, and the moved deadline is told', async () => {
    const dir = folder()
    const desk = await open(dir)
    await signIn(desk)
    const { port, dataDir } = server
    await server.close()
    await desk.until((state) => state.link.kind === 'offline')

    const { caseId, code } = await openCase(desk)
    const sent = await sendSlip(desk, caseId)
    expect(sent).toMatchObject({ outcome: 'done', sync: 'waiting' })
    if (sent.outcome !== 'done') throw new Error('refused')
    expect(sent.clock?.isProvisional).toBe(true)
    const shownDueAt = sent.clock!.dueAt!
    expect((await desk.call('desk.state', {})).waiting).toBe(2)
    expect((await desk.call('cases.list', { view: 'open', text: code })).rows[0]?.sync).toBe('waiting')

    server = await openServer({ at: '2026-11-16T11:00:00+07:00', port, dataDir, demo: true })
    await desk.until((state) => state.link.kind === 'connected' && state.waiting === 0)
    const { detail } = await desk.call('cases.get', { caseId })
    expect(detail?.row.sync).toBe('confirmed')
    expect(detail?.events.filter((each) => (each.event as { name: string }).name === 'slip.sent')).toHaveLength(1)
    expect(detail?.clock?.isProvisional).toBe(false)
    // D1: received when the server delivered it, two hours later than the desk could know.
    expect(Date.parse(detail!.clock!.dueAt!)).toBeGreaterThan(Date.parse(shownDueAt))
    const { differences } = await desk.call('outbox.list', {})
    expect(differences.find((each) => each.caseId === caseId)?.text).toContain('Hạn xử lý đổi từ')
  }, 60_000)

  it('lets a known person sign in, and refuses a wrong password and a stranger, each with its reason', async () => {
    const dir = folder()
    const first = await open(dir)
    await signIn(first)
    await first.close()
    desks.splice(0)
    const away = await openDesk(dir, 'http://127.0.0.1:9')
    desks.push(away)
    const attempt = (username: string, password: string) => away.call('session.signIn', { username, password })
    await expect(attempt('ha.lt', 'demo-1022')).resolves.toMatchObject({ isOffline: true })
    await expect(attempt('ha.lt', 'sai-mat-khau')).rejects.toThrow('wrong-password')
    await expect(attempt('nguoi.la', 'demo-1022')).rejects.toThrow('offline-unknown')
    expect((await away.call('cases.list', { view: 'all' })).total).toBeGreaterThanOrEqual(200)
    await openCase(away)
    await away.close()
    desks.splice(0)
    // Back in reach: the person who signed in without a link is not asked again.
    const back = await open(dir)
    await back.until((state) => state.link.kind === 'connected' && state.waiting === 0)
  }, 30_000)

  it('signs in for real, by itself, a person who signed in while the server was away', async () => {
    const dir = folder()
    const first = await open(dir)
    await signIn(first)
    await first.call('session.signOut', {})
    const { port, dataDir } = server
    await server.close()
    await first.until((state) => state.link.kind !== 'connected')
    expect(await first.call('session.signIn', { username: 'ha.lt', password: 'demo-1022' })).toMatchObject({
      isOffline: true,
    })
    const { caseId } = await openCase(first)
    server = await openServer({ at: '2026-11-16T13:40:00+07:00', port, dataDir })
    await first.until((state) => state.link.kind === 'connected' && state.waiting === 0)
    expect((await first.call('cases.get', { caseId })).detail?.row.sync).toBe('confirmed')
  }, 60_000)

  it('measures how wrong the computer’s clock is, and says the server’s instants', async () => {
    const threeDays = 3 * 24 * 3600 * 1000
    const desk = await open(folder(), { now: () => server.clock.now() - threeDays })
    const state = await signIn(desk)
    expect(Math.abs(state.clockOffsetMs - threeDays)).toBeLessThan(5_000)
    const { caseId } = await openCase(desk)
    await desk.until((each) => each.waiting === 0)
    const { detail } = await desk.call('cases.get', { caseId })
    expect(Math.abs(Date.parse(detail!.state.openedAt) - server.clock.now())).toBeLessThan(60_000)
  })
})

describe('who works at a desk', () => {
  it('an officer of an agency is told where to work; an administrator has the province but no register', async () => {
    const desk = await open(folder())
    const officer = desk.call('session.signIn', { username: 'thuan.nh', password: 'demo-1022' })
    await expect(officer).rejects.toThrow('not-a-desk-account')
    expect((await desk.call('desk.state', {})).account).toBeNull()
    const state = await signIn(desk, 'triet.cm')
    expect(state.account?.role).toBe('admin')
    expect((await desk.call('reference.get', {})).reference?.provinceId).toBe('dong-thap')
    expect((await desk.call('cases.list', { view: 'all' })).total).toBe(0)
  })
})

describe('what a desk keeps', () => {
  it('numbers anew when the server has already answered its numbers for other commands', async () => {
    const dir = folder()
    const desk = await open(dir)
    await signIn(desk)
    await openCase(desk)
    await desk.until((state) => state.waiting === 0)
    await desk.close()
    desks.splice(0)
    // A copy of an older self: the cache is gone, the desk's own number is not.
    for (const name of ['ban-truc.sqlite', 'ban-truc.sqlite-wal', 'ban-truc.sqlite-shm'])
      rmSync(join(dir, name), { force: true })
    const again = await open(dir)
    await signIn(again)
    const { caseId } = await openCase(again)
    await again.until((state) => state.waiting === 0)
    expect((await again.call('cases.get', { caseId })).detail?.row.sync).toBe('confirmed')
  })

  it('keeps drafts and their codes for their author alone, through a restart', async () => {
    const dir = folder()
    const desk = await open(dir)
    await signIn(desk)
    const { code } = await desk.call('codes.reserve', { draftId: 'x' })
    await desk.call('drafts.save', { draftId: 'x', form: { content: 'Nước yếu' }, code })
    expect((await desk.call('codes.reserve', { draftId: 'x' })).code).toBe(code)
    await desk.close()
    desks.splice(0)
    const again = await open(dir)
    expect((await again.call('drafts.list', {})).drafts).toMatchObject([
      { draftId: 'x', code, form: { content: 'Nước yếu' } },
    ])
    const { reference } = await again.call('reference.get', {})
    expect(reference?.provinceId).toBe('dong-thap')
  })

  it('sets a torn database aside, says so, fetches the register again and sends what was unsent', async () => {
    const dir = folder()
    const desk = await open(dir)
    await signIn(desk)
    await desk.close()
    desks.splice(0)
    const away = await openDesk(dir, 'http://127.0.0.1:9')
    const { caseId } = await openCase(away)
    await away.close()
    const file = join(dir, 'ban-truc.sqlite')
    const bytes = readFileSync(file)
    // The header's schema cookie and page counts stay; an inner page is torn as by a power cut.
    bytes.fill(0x5a, 40 * 4096, 44 * 4096)
    writeFileSync(file, bytes)

    const rebuilt = await open(dir)
    const before = await rebuilt.call('desk.state', {})
    expect(before.notice?.code).toBe('store-rebuilt')
    await rebuilt.until((state) => state.link.kind === 'connected' && state.waiting === 0)
    expect((await rebuilt.call('cases.list', { view: 'all' })).total).toBeGreaterThanOrEqual(200)
    if (Number(before.notice?.params.commands) > 0) {
      expect((await rebuilt.call('cases.get', { caseId })).detail?.row.sync).toBe('confirmed')
    }
  }, 60_000)

  it('folds anew, without a link, the cases that an older program had folded', async () => {
    const dir = folder()
    const desk = await open(dir)
    await signIn(desk)
    const { caseId } = await openCase(desk)
    await desk.until((state) => state.waiting === 0)
    await desk.close()
    const db = new Database(join(dir, 'ban-truc.sqlite'))
    db.exec("UPDATE cases SET confirmed = json_remove(confirmed, '$.urgings'), shown = json_remove(shown, '$.urgings')")
    db.exec("UPDATE meta SET value = '1' WHERE key = 'fold_version'")
    db.close()
    const again = await openDesk(dir, 'http://127.0.0.1:9')
    desks.push(again)
    await again.call('session.signIn', { username: 'ha.lt', password: 'demo-1022' })
    expect((await again.call('cases.get', { caseId })).detail?.state.urgings).toEqual([])
  })

  it('tells a server of another version from a missing one, and keeps the outbox', async () => {
    const dir = folder()
    const desk = await open(dir)
    await signIn(desk)
    await desk.close()
    desks.splice(0)
    // A server of the day after tomorrow: it says hello in a protocol we do not speak.
    const later = createHttp((_request, response) => {
      response.setHeader('content-type', 'application/json')
      const hello = {
        product: 'ban-truc-1022',
        version: '9.0.0',
        protocol: 9,
        provinceId: 'dong-thap',
        provinceName: 'Đồng Tháp',
        now: monday,
      }
      response.end(JSON.stringify(hello))
    })
    await new Promise<void>((done) => later.listen(0, '127.0.0.1', done))
    const strange = await openDesk(dir, `http://127.0.0.1:${(later.address() as AddressInfo).port}`)
    desks.push(strange)
    const state = await strange.until((each) => each.link.kind === 'incompatible')
    expect(state.link).toMatchObject({
      kind: 'incompatible',
      serverVersion: '9.0.0',
      serverProtocol: 9,
      update: 'desk',
    })
    await openCase(strange)
    expect((await strange.call('desk.state', {})).waiting).toBe(1)
    later.close()
  }, 30_000)
})
