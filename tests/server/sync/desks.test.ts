import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DeskRow, desksSchema } from '../../../src-shared/api/desks.ts'
import { openDesk, openInput, people, type Running, startServer } from '../running.ts'
import { meetAt, refusal } from './meeting-desk.ts'
import { listen } from './poke-line.ts'

let server: Running
let admin: string
beforeAll(async () => {
  server = await startServer()
  admin = await server.signIn(people.admin, 'desk-of-the-admin')
})
afterAll(() => server.remove())

const list = async () => desksSchema.parse(await server.json('/api/desks', { token: admin }))
const rowOf = async (deskId: string): Promise<DeskRow> => (await list()).desks.find((row) => row.deskId === deskId)!
const sum = ({ inCases, told, withDesk, void: voided }: DeskRow['codes'][number]) => inCases + told + withDesk + voided

describe('what the server knows of a desk', () => {
  test('S26: what was told at the last meeting, who was there, and whether it listens', async () => {
    const desk = await openDesk(server, people.agent, 'desk-told')
    server.clock.advance(1_000)
    await server.signIn(people.supervisor, 'desk-told')
    const before = await rowOf('desk-told')
    expect(before).toMatchObject({ version: null, cursor: null, behind: null, waiting: null, isConnected: false })
    await desk.give('case.open', uuidv7(), openInput(desk.nextCode()))
    const told = {
      version: '0.9.1',
      cursor: 0,
      waiting: 3,
      attention: 1,
      waitingSinceAt: '2026-10-05T06:10:00+07:00',
      clockOffsetMs: -4_321.4,
    }
    const { lastSeq } = await meetAt(server, desk.token, desk.deskId, told)
    const { socket, closed, until } = await listen(server, desk.token)
    await until('events')
    server.clock.advance(60_000)
    expect(await rowOf('desk-told')).toMatchObject({
      ...told,
      clockOffsetMs: -4_321,
      seenAt: '2026-10-05T07:00:01+07:00',
      behind: lastSeq,
      isConnected: true,
      personName: people.supervisor.name,
      holds: 'register',
      wipe: null,
    })
    socket.close()
    await closed
    server = await server.restart()
    expect(await rowOf('desk-told')).toMatchObject({ version: '0.9.1', waiting: 3, isConnected: false })
  })

  test('S26: administrators and supervisors read it, administrators name it', async () => {
    for (const account of [people.agent, people.office, people.homeAffairs, people.officer, people.head]) {
      const token = await server.signIn(account)
      expect(await refusal(server.request('/api/desks', { token }))).toEqual([403, 'not-for-role'])
    }
    const supervisor = await server.signIn(people.supervisor, 'desk-named')
    expect((await server.request('/api/desks', { token: supervisor })).status).toBe(200)
    const name = (token: string, id: string, text: string) =>
      server.request(`/api/desks/${id}/name`, { token, body: { name: text } })
    expect(await refusal(name(supervisor, 'desk-named', 'Bàn 3'))).toEqual([403, 'not-for-role'])
    expect(await refusal(name(admin, 'desk-nobody-knows', 'Bàn 3'))).toEqual([404, 'desk-unknown'])
    expect((await name(admin, 'desk-named', ' Bàn 3, tầng 1 '.normalize('NFD'))).status).toBe(200)
    expect((await rowOf('desk-named')).name).toBe('Bàn 3, tầng 1')
    await meetAt(server, supervisor, 'desk-named')
    expect((await rowOf('desk-named')).name).toBe('Bàn 3, tầng 1')
  })

  test("S26: the server's own desk is no computer", async () => {
    await server.deps.store.write((tx) => server.deps.register.takeCode(tx, server.clock.now()))
    expect((await list()).desks.map(({ deskId }) => deskId)).not.toContain('server')
  })

  test('S21: each leased number is in a case, told, or with its desk; as the desk said last, and by its cases', async () => {
    const desk = await openDesk(server, people.agent, 'desk-account')
    const account = async () => (await rowOf('desk-account')).codes
    expect(await account()).toEqual([{ year: 2026, leased: 20, inCases: 0, told: 0, withDesk: 20, void: 0 }])
    const codes = [desk.nextCode(), desk.nextCode(), desk.nextCode()]
    await desk.give('case.open', uuidv7(), openInput(codes[0]!))
    await desk.give('case.open', uuidv7(), openInput(codes[2]!))
    // A desk of version 1 says nothing of its blocks: what lies below a code of a case was told before it.
    expect(await account()).toEqual([{ year: 2026, leased: 20, inCases: 2, told: 1, withDesk: 17, void: 0 }])
    const [block] = await server.deps.store.read.register.codeBlocks('desk-account', 2026)
    const { year, from, to } = block!
    const tell = (next: number) =>
      meetAt(server, desk.token, desk.deskId, { told: 4, blocks: [{ year, from, to, next }] })
    await tell(from + 6)
    expect(await account()).toEqual([{ year: 2026, leased: 20, inCases: 2, told: 4, withDesk: 14, void: 0 }])
    // A copy of an older self cannot take back what was told.
    await tell(from + 1)
    await tell(to + 500)
    expect(await account()).toEqual([{ year: 2026, leased: 20, inCases: 2, told: 18, withDesk: 0, void: 0 }])
    await server.json('/api/sync/codes', { token: desk.token, body: { deskId: desk.deskId, year: 2027, count: 50 } })
    const both = await account()
    expect(both.map(({ year }) => year)).toEqual([2027, 2026])
    for (const each of both) expect(sum(each)).toBe(each.leased)
  })

  test('S21: a block of another desk cannot be told for', async () => {
    const mine = await openDesk(server, people.agent, 'desk-mine')
    await openDesk(server, people.secondAgent, 'desk-theirs')
    const [{ year, from, to } = { year: 0, from: 0, to: 0 }] = await server.deps.store.read.register.codeBlocks(
      'desk-theirs',
      2026,
    )
    await meetAt(server, mine.token, mine.deskId, { blocks: [{ year, from, to, next: to }] })
    expect((await rowOf('desk-theirs')).codes[0]).toMatchObject({ told: 0, withDesk: 20 })
  })
})
