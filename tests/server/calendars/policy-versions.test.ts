import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { referenceSchema } from '../../../src-shared/api/sync.ts'
import type { Policy } from '../../../src-shared/deadlines/policy.ts'
import { readConfig } from '../../../sync-server/src/config.ts'
import { readProvince } from '../../../sync-server/src/demo/province-files.ts'
import { openDesk, openInput, people, type Running, sendInput, startServer } from '../running.ts'
import { at, dueOf, eventsOf, ownResources, type RegisterDesk, slipAt, stateOf } from './entering.ts'

let resources: ReturnType<typeof ownResources>
beforeEach(() => {
  resources = ownResources()
})
afterEach(() => resources.remove())

describe('a version of the pack that comes into force tomorrow, with 6 and 40 hours', () => {
  let server: Running
  let desk: RegisterDesk
  beforeEach(async () => {
    const [first] = readProvince(readConfig({})).policies as Policy[]
    const next = { focalOfficerWorkingHours: 6, headWorkingHours: 40, version: 2, validFrom: '2026-11-17' }
    resources.write('policies/dong-thap-2.json', { ...first, ...next })
    server = await startServer({ at: '2026-11-16T15:00:00+07:00', env: { BT1022_RESOURCES_DIR: resources.dir } })
    desk = await openDesk(server, people.agent, 'desk-policies')
  })
  afterEach(() => server.remove())

  const escalationOf = async (caseId: string) =>
    (await eventsOf(server, caseId)).flatMap((event) => (event.name === 'slip.escalated' ? [event.data] : []))

  test('rules the cases opened tomorrow; those of today keep 8 and 48, whenever they go on (#17, #21)', async () => {
    const [sent, unsent] = [await slipAt(server, desk), uuidv7()]
    await desk.give('case.open', unsent, openInput(desk.nextCode()))
    expect(await dueOf(server, sent)).toBe('2026-11-17T15:00:00+07:00')
    at(server, '2026-11-17T08:00:00+07:00')
    desk = await openDesk(server, people.agent, 'desk-policies-2')
    const tomorrow = await slipAt(server, desk)
    await desk.give('slip.send', unsent, sendInput(server))
    expect(await dueOf(server, tomorrow)).toBe('2026-11-17T16:00:00+07:00')
    expect(await dueOf(server, unsent)).toBe('2026-11-18T08:00:00+07:00')
    at(server, '2026-11-18T08:00:01+07:00')
    await server.deps.keeper.tick()
    for (const caseId of [sent, unsent]) {
      expect(await escalationOf(caseId)).toMatchObject([{ allowanceSeconds: 48 * 3600 }])
    }
    expect(await escalationOf(tomorrow)).toMatchObject([{ allowanceSeconds: 40 * 3600 }])
  })

  test('desks are sent all versions; the one for desks that know only one changes with the day, and is announced', async () => {
    const read = async () => {
      const token = await server.signIn(people.agent, 'desk-reading')
      return referenceSchema.parse(await server.json('/api/sync/reference', { token }))
    }
    const announced: number[] = []
    server.deps.reference.onChanged((revision) => announced.push(revision))
    const today = await read()
    expect(today.policies).toMatchObject([{ version: 1 }, { version: 2 }])
    expect(today.policy).toEqual(today.policies![0])
    at(server, '2026-11-16T23:59:59+07:00')
    expect((await read()).revision).toBe(today.revision)
    at(server, '2026-11-17T00:00:00+07:00')
    const tomorrow = await read()
    expect(tomorrow.policy).toEqual(today.policies![1])
    expect(tomorrow.revision).toBe(today.revision + 1)
    expect(announced).toEqual([tomorrow.revision])
    expect(server.deps.reference.policy.version).toBe(2)
  })
})

describe('the files of a pack', () => {
  test('two files of one version are refused by name', () => {
    const read = () => readProvince(readConfig({ BT1022_RESOURCES_DIR: resources.dir }))
    resources.write('policies/dong-thap-2.json', readProvince(readConfig({})).policies[0])
    expect(read).toThrow(/dong-thap-2\.json.*dong-thap\.json/)
  })

  test('a file of another province is none of this one', () => {
    resources.write('policies/dong-thap-muoi.json', {})
    expect(readProvince(readConfig({ BT1022_RESOURCES_DIR: resources.dir })).policies).toHaveLength(1)
  })
})

test('the pack of Đồng Nai runs whole: from the call to the closed case, in that province’s hours', async () => {
  resources.edit<object>('demo/dong-thap/province.json', (province) => ({
    ...province,
    id: 'dong-nai',
    name: 'tỉnh Đồng Nai',
  }))
  resources.edit<{ calendarId: string }[]>('demo/dong-thap/agencies.json', (agencies) =>
    agencies.map((each) => ({ ...each, calendarId: each.calendarId.replace('dong-thap-offices', 'dong-nai-offices') })),
  )
  resources.move('demo/dong-thap', 'demo/dong-nai')
  const server = await startServer({
    at: '2026-11-16T15:00:00+07:00',
    env: { BT1022_RESOURCES_DIR: resources.dir, BT1022_PROVINCE: 'dong-nai' },
  })
  try {
    expect(await server.json('/api/hello')).toMatchObject({ provinceId: 'dong-nai' })
    // S0 k.3: difficulties go by way of Home Affairs.
    expect(server.deps.reference.policy).toMatchObject({ id: 'dong-nai', difficultiesGoTo: 'home-affairs' })
    const desk = await openDesk(server, people.agent, 'desk-dong-nai')
    const [answered, silent] = [await slipAt(server, desk), await slipAt(server, desk)]
    // 07:30–12:00 and 13:00–16:30: an hour and a half on Monday, the rest by 15:00 on Tuesday.
    expect(await dueOf(server, answered)).toBe('2026-11-17T15:00:00+07:00')
    const officer = await server.signIn(people.officer)
    at(server, '2026-11-16T16:00:00+07:00')
    for (const [name, input] of [
      ['slip.answer', { text: 'Đã sửa xong.' }],
      ['citizen.tell', { via: 'call', at: '2026-11-16T16:00:00+07:00' }],
    ] as const) {
      const body = { commandId: uuidv7(), caseId: answered, name, input }
      expect(await server.json('/api/agency/commands', { token: officer, body })).toMatchObject({ outcome: 'done' })
    }
    expect(
      await desk.give('case.close', answered, {
        proof: 'Đã sửa xong, đã báo người dân.',
        contactedAt: '2026-11-16T16:00:00+07:00',
      }),
    ).toMatchObject({
      kind: 'accepted',
    })
    at(server, '2026-11-17T15:00:01+07:00')
    await server.tick()
    expect(await stateOf(server, answered)).toMatchObject({ stage: 'closed', isLate: false })
    expect(await stateOf(server, silent)).toMatchObject({ stage: 'with-head' })
  } finally {
    await server.remove()
  }
})
