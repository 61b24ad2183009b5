import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CodeClaimAnswer, codeClaimAnswerSchema, type LeasedBlock } from '../../../src-shared/api/sync.ts'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import type { DeskId } from '../../../src-shared/ids.ts'
import { openDesk, openInput, password, people, type Running, startServer } from '../running.ts'
import { refusal } from './meeting-desk.ts'

let server: Running
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.remove())

const gap = 'restored-gap' as DeskId
// A year of its own for each test: the numbers of one are not those of another.
let year = 2029
const block = (from: number, to: number): LeasedBlock => ({ year, from, to })
const put = (deskId: string, from: number, to: number) =>
  server.deps.store.write((tx) => tx.register.addCodeBlock({ deskId: deskId as DeskId, year, from, to }, 0))
const blocksOf = async (deskId: string) =>
  (await server.deps.store.read.register.codeBlocks(deskId, year)).map(({ from, to }) => [from, to])
const ownerOf = async (number: number) => (await server.deps.store.read.register.blockOf(year, number))?.deskId ?? null
const claimAt = async (deskId: string, blocks: LeasedBlock[]): Promise<CodeClaimAnswer> => {
  const token = await server.signIn(people.agent, deskId)
  return codeClaimAnswerSchema.parse(await server.json('/api/sync/codes/claim', { token, body: { deskId, blocks } }))
}

describe('claims', () => {
  test('S22: a block of the gap is taken over, and the rest of the gap goes on being reserved', async () => {
    year += 1
    await put('desk-old', 1, 100)
    await put(gap, 101, 100_100)
    const claimed = block(151, 200)
    expect(await claimAt('desk-a', [claimed])).toEqual({ taken: [claimed], refused: [] })
    expect(await blocksOf(gap)).toEqual([
      [101, 150],
      [201, 100_100],
    ])
    for (const [number, owner] of [
      [100, 'desk-old'],
      [101, gap],
      [150, gap],
      [151, 'desk-a'],
      [200, 'desk-a'],
      [201, gap],
      [100_100, gap],
      [100_101, null],
    ] as const) {
      expect([number, await ownerOf(number)]).toEqual([number, owner])
    }
    // Nothing that the gap reserves is leased meanwhile.
    const { from } = await server.deps.register.leaseCodes('desk-b' as DeskId, year, 10)
    expect(from).toBe(100_101)
  })

  test('S22: from its first number, to its last, and the whole of a gap', async () => {
    year += 1
    await put(gap, 1, 100)
    await put(gap, 101, 110)
    expect((await claimAt('desk-a', [block(1, 10), block(91, 100), block(101, 110)])).refused).toEqual([])
    expect(await blocksOf(gap)).toEqual([[11, 90]])
    expect(await blocksOf('desk-a')).toEqual([
      [1, 10],
      [91, 100],
      [101, 110],
    ])
  })

  test('S22: what the register still has as this desk’s is taken, and again, and after that', async () => {
    year += 1
    await put('desk-a', 1, 50)
    for (const _ of [1, 2]) expect((await claimAt('desk-a', [block(1, 50)])).taken).toHaveLength(1)
    expect(await blocksOf('desk-a')).toEqual([[1, 50]])
  })

  test('S22: numbers that no block covers, below and above what was leased', async () => {
    year += 1
    await put('desk-old', 51, 60)
    expect((await claimAt('desk-a', [block(1, 50), block(61, 80)])).refused).toEqual([])
    expect((await server.deps.register.leaseCodes('desk-b' as DeskId, year, 5)).from).toBe(81)
  })

  test('S22: a block of which one number was leased to another desk is refused whole, and nothing of it is given', async () => {
    year += 1
    await put(gap, 1, 100)
    await put('desk-b', 101, 120)
    await put(gap, 121, 200)
    const over = block(91, 130)
    expect(await claimAt('desk-a', [over])).toEqual({ taken: [], refused: [over] })
    expect(await blocksOf('desk-a')).toEqual([])
    expect(await blocksOf(gap)).toEqual([
      [1, 100],
      [121, 200],
    ])
  })

  test('S22: of two that claim the same numbers the first has them', async () => {
    year += 1
    await put(gap, 1, 100_000)
    const answers = await Promise.all(['desk-a', 'desk-b', 'desk-c'].map((deskId) => claimAt(deskId, [block(1, 50)])))
    expect(answers.map(({ taken }) => taken.length).sort()).toEqual([0, 0, 1])
  })

  test('S22: partly its own, partly the gap’s, partly nobody’s: every number becomes its own once', async () => {
    year += 1
    await put('desk-a', 11, 20)
    await put(gap, 31, 40)
    expect((await claimAt('desk-a', [block(5, 45)])).taken).toHaveLength(1)
    for (let number = 5; number <= 45; number++) expect([number, await ownerOf(number)]).toEqual([number, 'desk-a'])
    expect([await ownerOf(4), await ownerOf(46)]).toEqual([null, null])
  })

  test('S22: what can be no memory of a lease is refused', async () => {
    year += 1
    const impossible = [block(10, 9), block(1, 100_001), block(200_000, 200_010), { year: 1999, from: 1, to: 2 }]
    expect(await claimAt('desk-a', impossible)).toEqual({ taken: [], refused: impossible })
    expect(await blocksOf('desk-a')).toEqual([])
  })

  test('S22, S13: with a claimed code a case is opened, with a refused one it is not', async () => {
    year = 2026
    const desk = await openDesk(server, people.agent, 'desk-claims')
    const other = await openDesk(server, people.agent, 'desk-other')
    const last = (await server.deps.store.read.register.codeBlocks(other.deskId, year)).at(-1)!
    await put(gap, last.to + 1, last.to + 100)
    const mine = block(last.to + 11, last.to + 20)
    const theirs = block(last.from, last.to)
    expect(await claimAt(desk.deskId, [mine, theirs])).toEqual({ taken: [mine], refused: [theirs] })
    const open = (number: number) => desk.give('case.open', uuidv7(), openInput(formatCode(year, number)))
    expect(await open(mine.from)).toMatchObject({ kind: 'accepted' })
    expect(await open(mine.to + 1)).toMatchObject({ code: 'code-not-leased' })
    expect(await open(theirs.to)).toMatchObject({ code: 'code-not-leased' })
  })

  test("S22: nobody comes in as the register's own desk, or as the gap", async () => {
    for (const deskId of ['server', gap]) {
      const body = { username: people.agent.username, password, deskId }
      expect(await refusal(server.request('/api/sign-in', { body }))).toEqual([403, 'other-desk'])
    }
  })

  test('S22: a session claims for its own desk only, and of a role that takes calls', async () => {
    const token = await server.signIn(people.agent, 'desk-a')
    const ask = (given: string) =>
      server.request('/api/sync/codes/claim', { token: given, body: { deskId: 'desk-b', blocks: [] } })
    expect(await refusal(ask(token))).toEqual([403, 'other-desk'])
    expect(await refusal(ask(await server.signIn(people.admin, 'desk-b')))).toEqual([403, 'not-for-role'])
  })
})
