import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { showOpenCases } from '../../../src-main/cases/open-cases-anew.ts'
import { openRegisterCopy } from '../../../src-main/cases/register-copy.ts'
import { openRules } from '../../../src-main/cases/rules.ts'
import { openStore } from '../../../src-main/store/store.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { caseIdSchema } from '../../../src-shared/ids.ts'
import {
  at,
  culturalDay,
  eventsOf,
  openAdmin,
  recountsOf,
  resourcesWithoutNovember,
  slipAt,
} from '../../server/calendars/entering.ts'
import { openDesk, people, type Running, startServer } from '../../server/running.ts'

let server: Running
const resources = resourcesWithoutNovember()
const dir = mkdtempSync(join(tmpdir(), 'desk-recount-'))
beforeAll(async () => {
  server = await startServer({ at: '2026-11-23T13:30:00+07:00', env: { BT1022_RESOURCES_DIR: resources.dir } })
})
afterAll(async () => {
  await server.remove()
  resources.remove()
  rmSync(dir, { recursive: true, force: true })
})

test('D14: a recount that reaches the desk before its calendars is shown by them once they are there', async () => {
  const caseId = await slipAt(server, await openDesk(server, people.agent, 'desk-recount'))
  const older = server.deps.reference.reference
  at(server, '2026-11-23T14:00:00+07:00')
  await openAdmin(server).enter({ calendarId: 'dong-thap-offices', days: [culturalDay] })
  await server.deps.register.submit({
    commandId: uuidv7(),
    actor: { kind: 'system', part: 'keeper' },
    caseId: caseIdSchema.parse(caseId),
    name: 'clock.recount',
    input: {},
  })
  expect(await recountsOf(server, caseId)).toMatchObject([{ dueAfter: '2026-11-25T11:30:00+07:00' }])

  const now = fromIso('2026-11-24T12:00:00+07:00')
  let rules = openRules(older)
  const { store } = openStore(join(dir, 'desk.sqlite'), { now: () => now, toIso, newId: uuidv7 }, null)
  const copy = openRegisterCopy(
    store,
    () => rules,
    () => now,
  )
  const near = () => store.cases.list('due-soon', { accountId: '', now, offset: 0, limit: 10, match: null }).total
  copy.take(await eventsOf(server, caseId), 99)
  // By the calendars it still has, the case would have fallen due half an hour ago.
  expect(near()).toBe(1)
  rules = openRules(server.deps.reference.reference)
  await showOpenCases(store, copy, { isOver: () => false, onShown() {} })
  expect(near()).toBe(0)
  store.close()
})
