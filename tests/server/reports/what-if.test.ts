import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type WhatIfAnswer, whatIfAnswerSchema } from '../../../src-shared/api/deadlines.ts'
import { fold } from '../../../src-shared/cases/apply.ts'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import type { CaseEvent } from '../../../src-shared/cases/events.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { replayCase } from '../../../src-shared/deadlines/what-if.ts'
import { ruleHours } from '../../../src-shared/deadlines/what-if-hours.ts'
import type { WhatIfSummary } from '../../../sync-server/src/deadlines/command-line/what-if.ts'
import { readDemonstration } from '../../../sync-server/src/demo/province-files.ts'
import { seedDemonstration } from '../../../sync-server/src/demo/seed.ts'
import { pastCases } from '../../../sync-server/src/reports/past-cases.ts'
import { calendarFolder, clock, root } from '../clock-command/clock-process.ts'
import { password, people, type Running, startServer } from '../running.ts'

let server: Running
/** One demonstration for all: a dry run changes nothing, and that is a test of its own. */
beforeAll(async () => {
  server = await startServer({ at: '2026-11-20T15:00:00+07:00', env: { BT1022_DEMO_PASSWORD: password } })
  await seedDemonstration(server.deps, readDemonstration(server.deps.config))
})
afterAll(() => server.remove())

async function journals(): Promise<CaseEvent[][]> {
  const { register } = server.deps.store.read
  const all: CaseEvent[][] = []
  for await (const journal of pastCases(register, await register.lastSeq())) all.push([...journal])
  return all
}

describe('under the rules in force the replay is the register', () => {
  test('over the whole demonstration past: the same marks, the same level, due instant and lateness', async () => {
    const { reference, clock } = server.deps
    const hours = ruleHours(reference.hours)
    const all = await journals()
    const levels = new Set<string>()
    for (const journal of all) {
      const replayed = replayCase(journal, { hours, policyOf: reference.policyOf }, { hours }, clock.now())!
      const state = fold(journal)!
      expect(replayed.state.clockMarks).toEqual(state.clockMarks)
      expect(replayed.state).toMatchObject({ stage: state.stage, isLate: state.isLate, slip: state.slip })
      expect(replayed.after).toEqual(replayed.before)
      const reading = readCaseClock(state, reference.hours, clock.now())
      expect(replayed.after.dueAt).toBe(reading.dueAt)
      levels.add(replayed.after.level)
    }
    expect(all.length).toBeGreaterThan(100)
    expect([...levels].sort()).toEqual(['focal-officer', 'head', 'late'])
  })
})

const wholePast = { openedFrom: '2020-01-01T00:00:00+07:00', openedTo: '2027-01-01T00:00:00+07:00' }
async function ask(rules: object): Promise<WhatIfAnswer> {
  const token = await server.signIn(people.office)
  const answer = await server.json('/api/what-if', { token, body: { ...wholePast, ...rules } })
  return whatIfAnswerSchema.parse(answer)
}

describe('POST /api/what-if', () => {
  test('without a change no case differs, and every case of which an agency received a slip is counted', async () => {
    const answer = await ask({})
    expect(answer.cases).toBe((await journals()).length)
    expect(answer.differingTotal).toBe(0)
    expect(answer.after).toEqual(answer.before)
    const { onTime, toHead, late } = answer.before
    expect(onTime + toHead + late).toBe(answer.cases)
    expect(answer).toMatchObject({ seq: await server.deps.store.read.register.lastSeq(), problems: [] })
    expect(late).toBeGreaterThan(0)
  })

  test('S4 Đ.10 k.2: half the head’s time makes more late, twice the officer’s fewer, and each that differs is named', async () => {
    const shorter = await ask({ headWorkingHours: 8 })
    expect(shorter.after.late).toBeGreaterThan(shorter.before.late)
    expect(shorter.after.onTime).toBe(shorter.before.onTime)
    const longer = await ask({ focalOfficerWorkingHours: 16 })
    expect(longer.after.onTime).toBeGreaterThan(longer.before.onTime)
    expect(longer.differing).toHaveLength(longer.differingTotal)
    const moved = longer.differing.find(({ before, after }) => before.level === 'head' && after.level !== 'head')!
    expect(moved.after).toMatchObject({ level: 'focal-officer', isLate: false })
    const stored = (await server.deps.store.read.register.case(moved.caseId))!
    expect(stored.state.code).toBe(moved.code)
    const { dueAt } = readCaseClock(stored.state, server.deps.reference.hours, server.clock.now())
    expect(moved.before.dueAt).toBe(toIso(dueAt!))
  })

  test('D2: the head counted from the first transfer is due earlier, never later', async () => {
    const { differing, differingTotal } = await ask({ headReading: 'R2' })
    expect(differingTotal).toBeGreaterThan(0)
    for (const { before, after } of differing) expect(Date.parse(after.dueAt!)).toBeLessThan(Date.parse(before.dueAt!))
  })

  test('D14: a week off as if it had always been known; the same under another calendar; a mistake is said where it stands', async () => {
    const [journal] = (await journals()).slice(-1)
    const on = journal![0]!.at.slice(0, 10)
    const day = { on, working: [], kind: 'closed', reason: '', act: '' }
    const entries = (days: object[]) => ({ entries: { calendarId: 'dong-thap-offices', weeks: [], days } })
    expect((await ask(entries([day]))).differingTotal).toBeGreaterThan(0)
    const always = await ask({ otherCalendar: { calendarId: 'dong-thap-offices', useInstead: 'utilities-24-7' } })
    expect(always.differingTotal).toBeGreaterThan(0)
    expect(always.after.onTime).toBeLessThan(always.before.onTime)

    const wrong = await ask(entries([day, { ...day, on: '2026-11-31', working: ['07:00-6:30'] }]))
    expect(wrong.problems.map(({ path, code }) => [path, code])).toEqual([
      ['days[1].on', 'bad-date'],
      ['days[1].working[0]', 'bad-interval'],
    ])
    expect(wrong).toMatchObject({ cases: 0, differing: [] })
    const unknown = await ask({ otherCalendar: { calendarId: 'dong-thap-offices', useInstead: 'ha-noi' } })
    expect(unknown.problems).toMatchObject([{ path: 'otherCalendar.useInstead', code: 'calendar-unknown' }])
  })

  test('only the cases opened in the period', async () => {
    const all = await journals()
    const openedFrom = all[Math.floor(all.length / 2)]![0]!.at
    const wanted = all.filter(([first]) => Date.parse(first!.at) >= Date.parse(openedFrom)).length
    expect((await ask({ openedFrom })).cases).toBe(wanted)
    expect((await ask({ openedTo: openedFrom })).cases).toBe(all.length - wanted)
  })

  test('nothing is written: neither an event nor a row nor a byte of the register’s files', async () => {
    const token = await server.signIn(people.office)
    const files = () =>
      readdirSync(server.dataDir)
        .filter((name) => name.startsWith('register.sqlite') && !name.endsWith('-shm'))
        .map((name) => [
          name,
          createHash('sha256')
            .update(readFileSync(join(server.dataDir, name)))
            .digest('hex'),
        ])
    const lastSeq = await server.deps.store.read.register.lastSeq()
    const before = files()
    const body = { ...wholePast, focalOfficerWorkingHours: 4, headWorkingHours: 8, headReading: 'R2' }
    expect((await server.request('/api/what-if', { token, body })).status).toBe(200)
    expect(files()).toEqual(before)
    expect(await server.deps.store.read.register.lastSeq()).toBe(lastSeq)
  })

  test('is for the office, the supervisors and the administrators', async () => {
    const statusFor = async (account: (typeof people)['office']) =>
      (await server.request('/api/what-if', { token: await server.signIn(account), body: wholePast })).status
    expect(await statusFor(people.supervisor)).toBe(200)
    expect(await statusFor(people.admin)).toBe(200)
    for (const account of [people.agent, people.officer, people.head, people.homeAffairs]) {
      expect(await statusFor(account)).toBe(403)
    }
  })
})

describe('npm run clock -- what-if', () => {
  test('says of the exported cases what the server says of its register', async () => {
    const { write, remove } = calendarFolder()
    try {
      const token = await server.signIn(people.office)
      const ids = (await journals()).map(([first]) => first!.caseId)
      const exported = await Promise.all(
        ids.map(async (id) => (await server.request(`/api/cases/${id}`, { token })).text()),
      )
      const cases = write('cases.ndjson', `${exported.join('\n')}\n`)
      const asked = ['what-if', '--cases', cases, '--focal-hours', '16', '--head-hours', '20', '--reading', 'R2']
      const ended = await clock(asked)
      expect(ended.err).toBe('')
      const said = JSON.parse(ended.out) as WhatIfSummary
      const answer = await ask({ focalOfficerWorkingHours: 16, headWorkingHours: 20, headReading: 'R2' })
      expect(said).toMatchObject({ cases: answer.cases, before: answer.before, after: answer.after })
      const byCode = (rows: readonly { code: string; before: object; after: object }[]) =>
        rows
          .map(({ code, before, after }) => JSON.stringify([code, before, after]).replaceAll('"dueAt"', '"due"'))
          .sort()
      expect(byCode(said.differing)).toEqual(byCode(answer.differing))
      expect(said.differing.length).toBeGreaterThan(5)

      const calendar = await clock([
        'what-if',
        '--cases',
        cases,
        '--calendar',
        join(root, 'resources/calendars/utilities-24-7.json'),
      ])
      const instead = await ask({ otherCalendar: { calendarId: 'dong-thap-offices', useInstead: 'utilities-24-7' } })
      expect((JSON.parse(calendar.out) as WhatIfSummary).after.late).toBeGreaterThanOrEqual(instead.after.late)

      // A case in which one instant was changed is no ground for anything.
      const forged = write('forged.ndjson', `${exported[0]}\n${exported[1]!.replace('"at":"2', '"at":"1')}\n`)
      const refused = await clock(['what-if', '--cases', forged])
      expect(refused.code).toBe(1)
      expect(refused.err).toContain('forged.ndjson, dòng 2: ')
      expect((await clock(['what-if', '--cases', cases, '--reading', 'R4'])).code).toBe(1)
    } finally {
      remove()
    }
  }, 120_000)
})
