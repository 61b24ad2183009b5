import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Desk, openDesk, openServer } from '../../fixtures/desk.ts'
import { ownResources } from '../../server/calendars/entering.ts'
import { people } from '../../server/running.ts'

let server: Awaited<ReturnType<typeof openServer>>
const at = '2026-11-16T09:00:00+07:00'
const resources = ownResources()
const desks: Desk[] = []
const dirs: string[] = []
beforeAll(async () => {
  server = await openServer({ at, resourcesDir: resources.dir })
}, 120_000)
afterAll(async () => {
  await Promise.all(desks.map((desk) => desk.close()))
  await server.close()
  server.remove()
  resources.remove()
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
})

const signedIn = async (username: string) => {
  const dir = mkdtempSync(join(tmpdir(), 'desk-calendars-'))
  dirs.push(dir)
  const desk = await openDesk(dir, server.url)
  desks.push(desk)
  await desk.call('session.signIn', { username, password: 'demo-1022' })
  await desk.until((state) => state.link.kind === 'connected')
  return desk
}

it('D14: what an administrator enters at one desk moves the open clocks that another desk shows', async () => {
  const admin = await signedIn(people.admin.username)
  const agent = await signedIn(people.agent.username)
  const days = [
    { on: '2026-11-17', working: [], kind: 'closed' as const, reason: 'nghỉ tránh bão', act: 'Công điện 12/CĐ-UBND' },
  ]
  const entries = { calendarId: 'dong-thap-offices', weeks: [], days }
  const preview = await admin.call('calendars.preview', entries)
  expect(preview.problems).toEqual([])
  const [first] = preview.moved
  expect(preview.moved.length).toBeGreaterThan(0)

  const shown = async () => {
    const { detail } = await agent.call('cases.get', { caseId: first!.caseId })
    return { dueAt: detail?.clock?.dueAt, words: detail?.events.map(({ text }) => text).join('\n') }
  }
  expect((await shown()).dueAt).toBe(first!.dueBefore)
  const changed = await admin.call('calendars.change', {
    ...entries,
    revision: preview.revision,
    changeId: uuidv7(),
  })
  expect(changed.recounted).toBeGreaterThanOrEqual(preview.moved.length)
  await agent.until(() => agent.announced.some(({ announce }) => announce === 'reference.changed'))
  for (let now = await shown(); now.dueAt !== first!.dueAfter; now = await shown()) {
    const heard = agent.announced.length
    await agent.until(() => agent.announced.length > heard)
  }
  expect((await shown()).words).toContain('Công điện 12/CĐ-UBND')

  await expect(
    admin.call('calendars.change', { ...entries, revision: preview.revision, changeId: uuidv7() }),
  ).rejects.toThrow('calendar-changed')
  await expect(agent.call('calendars.preview', entries)).rejects.toThrow('not-for-role')
})

it('#28: where the policy reminds later, a desk lists less as nearly due, though nothing happened to any case', async () => {
  const agent = await signedIn(people.agent.username)
  const soon = async () => (await agent.call('cases.list', { view: 'due-soon' })).total
  const before = await soon()
  const { port, dataDir } = server
  await server.close()
  await agent.until((state) => state.link.kind === 'offline')
  resources.edit<{ remindersBeforeDueMinutes: object }>('policies/dong-thap.json', (policy) => ({
    ...policy,
    remindersBeforeDueMinutes: { focalOfficer: [1], head: [1] },
  }))
  server = await openServer({ at, dataDir, port, resourcesDir: resources.dir })
  await agent.until((state) => state.link.kind === 'connected')
  for (let now = await soon(); now === before; now = await soon()) {
    const heard = agent.announced.length
    await agent.until(() => agent.announced.length > heard)
  }
  expect(await soon()).toBeLessThan(before)
})
