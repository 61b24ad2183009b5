import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterEach, describe, expect, it } from 'vitest'
import { parseCode } from '../../../src-shared/cases/codes.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import { makeAnother } from '../../../sync-server/src/sync/another-register.ts'
import { demoServer, inStep, openCase, openRoom, type Server, signIn } from './at-a-desk.ts'
import { openCountingProxy } from './counting-proxy.ts'

const room = openRoom()
let server: Server
afterEach(async () => {
  await room.clear()
  await server.close()
  server.remove()
})

const register = (dataDir: string) => join(dataDir, 'register.sqlite')
const copyOf = (dataDir: string) => join(dataDir, 'older-copy')

/** Ends the server and keeps a copy of its register, then goes on. */
async function keepCopy(): Promise<void> {
  const { port, dataDir } = server
  await server.close()
  copyFileSync(register(dataDir), copyOf(dataDir))
  server = await demoServer({ at: '2026-11-16T10:00:00+07:00', port, dataDir })
}

/** The server's disk is lost: it goes on with the older copy, as another register (S19). */
async function goBack(): Promise<void> {
  const { port, dataDir } = server
  await server.close()
  for (const tail of ['', '-wal', '-shm']) rmSync(register(dataDir) + tail, { force: true })
  copyFileSync(copyOf(dataDir), register(dataDir))
  const store = await openSqliteStore(register(dataDir))
  await store.write((tx) => makeAnother(tx, Date.parse('2026-11-16T11:00:00+07:00'), uuidv7()))
  await store.close()
  server = await demoServer({ at: '2026-11-16T11:00:00+07:00', port, dataDir })
}

const codesOnServer = async () => {
  const lines = await server.deps.store.read.register.eventsAfter(0, 100_000)
  const events = lines.map(({ line }) => JSON.parse(line) as { name: string; data: { code: string } })
  return events.filter(({ name }) => name === 'case.opened').map(({ data }) => data.code)
}

describe('a register that was brought back from a backup', () => {
  it('S20: is taken anew, and gets again what it had answered and lost; S22: with the codes of then', async () => {
    server = await demoServer()
    const desk = await room.open(room.folder(), server.url)
    const { codesLeft } = await signIn(desk)
    const before = await openCase(desk)
    await desk.until(inStep)
    await keepCopy()
    await desk.until(inStep)
    // Answered, come back and settled: the copy knows nothing of it.
    const acknowledged = await openCase(desk)
    await desk.until((state) => state.waiting === 0)
    expect((await desk.call('cases.get', { caseId: acknowledged.caseId })).detail?.row.sync).toBe('confirmed')
    const { code: told } = await desk.call('codes.reserve', { draftId: 'told' })

    await goBack()
    const offline = await openCase(desk)
    const state = await desk.until((each) => inStep(each) && each.notice?.code === 'register-reset')
    expect(state.notice?.params.sentAgain).toBeGreaterThanOrEqual(1)
    for (const { caseId } of [before, acknowledged, offline]) {
      expect((await desk.call('cases.get', { caseId })).detail?.row.sync).toBe('confirmed')
    }
    // The blocks were claimed: their numbers go on where they stood, and none is given twice.
    expect(state.codesLeft).toBe(codesLeft - 4)
    expect((await desk.call('codes.reserve', { draftId: 'told' })).code).toBe(told)
    const after = await openCase(desk)
    await desk.until((each) => each.waiting === 0)
    expect((await desk.call('outbox.list', {})).items).toEqual([])
    const codes = await codesOnServer()
    expect(new Set(codes).size).toBe(codes.length)
    const own = [before, acknowledged, offline, after].map(({ code }) => code)
    expect(codes.filter((code) => own.includes(code)).sort()).toEqual([...own].sort())
    expect(own).not.toContain(told)
    expect(desk.errors).toEqual([])
  }, 240_000)

  it('S22: a block that the register gives to nobody any more is used no more, and its desk is told', async () => {
    server = await demoServer()
    const dir = room.folder()
    const desk = await room.open(dir, server.url)
    await signIn(desk)
    const { code } = await desk.call('codes.reserve', { draftId: 'x' })
    await room.close(desk)
    await keepCopy()
    await goBack()
    const proxy = await openCountingProxy(server.url)
    const year = 2026
    // A code is told from the beginning of a block.
    const from = numberOf(code!)
    proxy.answer('POST /api/sync/codes/claim', 200, { taken: [], refused: [{ year, from, to: from + 119 }] })
    const again = await room.open(dir, proxy.url)
    const state = await again.until((each) => inStep(each) && each.codesLeft > 0)
    expect(proxy.asked).toContain('POST /api/sync/codes/claim')
    await again.call('desk.dismissNotice', {})
    expect((await again.call('desk.state', {})).notice).toMatchObject({ code: 'codes-refused', params: { count: 119 } })
    // A new block, of numbers that nobody had.
    expect(state.codesLeft).toBe(120)
    const next = await openCase(again)
    expect(numberOf(next.code)).toBeGreaterThan(from + 119)
    await again.until((each) => each.waiting === 0)
    await proxy.close()
  }, 240_000)
})

const numberOf = (code: string): number => {
  const parsed = parseCode(code)
  if (!parsed.ok) throw new Error(code)
  return parsed.number
}
