import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import {
  type calendarChangedSchema,
  type calendarEntriesSchema,
  calendarPreviewSchema,
  type NewDay,
} from '../../../src-shared/api/deadlines.ts'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { type openDesk, openInput, people, type Running, sendInput } from '../running.ts'

const shipped = resolve(import.meta.dirname, '../../../resources')

/** A copy of the shipped resources that a test may change; `remove` takes it away again. */
export function ownResources() {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-resources-'))
  cpSync(shipped, dir, { recursive: true, filter: (path) => !path.includes('screenshots') })
  return {
    dir,
    edit<T>(path: string, change: (json: T) => unknown) {
      const file = join(dir, path)
      writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as T)))
    },
    write: (path: string, json: unknown) => writeFileSync(join(dir, path), JSON.stringify(json)),
    move: (from: string, to: string) => renameSync(join(dir, from), join(dir, to)),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}

interface Dated {
  days: { on: string }[]
}
/** The shipped calendars as they were before the holiday of 24/11 was entered. */
export function resourcesWithoutNovember() {
  const resources = ownResources()
  resources.edit<Dated>('calendars/dong-thap-offices.json', (calendar) => ({
    ...calendar,
    days: calendar.days.filter(({ on }) => on !== '2026-11-24'),
  }))
  return resources
}

export const culturalDay: NewDay = {
  on: '2026-11-24',
  working: [],
  kind: 'holiday',
  reason: 'nghỉ Ngày Văn hóa Việt Nam',
  act: 'Nghị quyết số 80-NQ/TW',
}

type Entries = z.input<typeof calendarEntriesSchema>
type Changed = z.infer<typeof calendarChangedSchema>

/** The administrator who enters what the acts say; signs in anew each time, for the clock of these tests leaps over days. */
export function openAdmin(server: Running) {
  const post = async (path: string, body: object) =>
    server.request(`/api/calendars/${path}`, { token: await server.signIn(people.admin), body })
  const preview = async (entries: Entries) => calendarPreviewSchema.parse(await (await post('preview', entries)).json())
  const request = (entries: Entries, revision: number, changeId: string = uuidv7()) =>
    post('change', { ...entries, revision, changeId })
  return {
    preview,
    request,
    /** Previews and then enters, as the screen does. */
    async enter(entries: Entries, changeId?: string): Promise<Changed> {
      const response = await request(entries, (await preview(entries)).revision, changeId)
      if (response.status !== 200) throw new Error(JSON.stringify(await response.json()))
      return (await response.json()) as Changed
    },
  }
}

export type RegisterDesk = Awaited<ReturnType<typeof openDesk>>

/** A case whose slip the agency receives now. */
export async function slipAt(server: Running, desk: RegisterDesk, agencyId = 'so-xay-dung'): Promise<string> {
  const caseId = uuidv7()
  for (const outcome of [
    await desk.give('case.open', caseId, openInput(desk.nextCode())),
    await desk.give('slip.send', caseId, sendInput(server, agencyId)),
  ]) {
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome))
  }
  return caseId
}

export const at = (server: Running, text: string) => server.clock.setTo(fromIso(text))

export async function eventsOf(server: Running, caseId: string): Promise<RegisteredEvent[]> {
  const lines = await server.deps.store.read.register.eventsOfCase(caseId)
  return lines.map(({ line }) => JSON.parse(line) as RegisteredEvent)
}

export const recountsOf = async (server: Running, caseId: string) =>
  (await eventsOf(server, caseId)).flatMap((event) => (event.name === 'clock.recounted' ? [event.data] : []))

/** The due instant as the register's own clock reads it now. */
export async function dueOf(server: Running, caseId: string): Promise<string | null> {
  const { dueAt } = readCaseClock(await stateOf(server, caseId), server.deps.reference.hours, server.clock.now())
  return dueAt === null ? null : toIso(dueAt)
}

export const stateOf = async (server: Running, caseId: string) =>
  (await server.deps.store.read.register.case(caseId))!.state
