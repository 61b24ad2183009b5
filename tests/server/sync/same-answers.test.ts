import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pullEndSchema } from '../../../src-shared/api/sync.ts'
import { openDesk, openInput, people, type Running, startServer } from '../running.ts'

let server: Running
let desk: Awaited<ReturnType<typeof openDesk>>

beforeAll(async () => {
  server = await startServer()
  desk = await openDesk(server, people.agent, 'desk-same')
})
afterAll(() => server.remove())

const open = () => desk.give('case.open', uuidv7(), openInput(desk.nextCode()))
async function pull(cursor: number) {
  const response = await server.request(`/api/sync/pull?cursor=${cursor}`, { token: desk.token })
  const lines = (await response.text()).trimEnd().split('\n')
  const { end } = pullEndSchema.parse(JSON.parse(lines.at(-1)!))
  return { seqs: lines.slice(0, -1).map((line) => (JSON.parse(line) as { seq: number }).seq), end }
}

test('P14, S8: what many ask for after a commit is worded once, and never holds back what was committed since', async () => {
  await open()
  expect((await pull(0)).seqs).toEqual([1])
  // The clock of this server stands still: only the register itself says that the answer is old.
  await open()
  expect((await pull(0)).seqs).toEqual([1, 2])
  expect((await pull(1)).seqs).toEqual([2])
  const all = await Promise.all([open(), pull(2), pull(2), open(), pull(2)])
  for (const each of all) if ('seqs' in each) expect(each.end.cursor).toBe(2 + each.seqs.length)
  expect((await pull(2)).seqs).toEqual([3, 4])
})

test('S9: the end line says the time of its own quarter of a second', async () => {
  const before = Date.parse((await pull(0)).end.now)
  server.clock.advance(60_000)
  expect(Date.parse((await pull(0)).end.now)).toBe(before + 60_000)
})
