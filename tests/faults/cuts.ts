import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { bigRegister, demoPassword, registerEndsAt } from '../bench/sync/big-register.ts'
import { type Desk, openDesk } from '../fixtures/desk.ts'
import { people } from '../server/running.ts'
import { openCase } from './at-work.ts'
import { type Cut, type CuttingProxy, openCuttingProxy, type Way } from './cutting-proxy.ts'
import { cursorOf, readDeskFile } from './desk-file.ts'
import { brokenPromises, differencesOf, type RegisterFacts, readRegister } from './invariants.ts'
import { openLedger } from './ledger.ts'
import { type Register, type RunningServer, startServerProcess, verify } from './running-server.ts'

export interface SyncCut {
  readonly way: Way
  readonly afterBytes: number
  /** Whether there were so many bytes. */
  readonly isCut: boolean
  /** Bytes both ways beyond those of a sync without a cut, as a share of it. */
  readonly repeated: number
}

export interface FirstSyncOutcome {
  readonly cases: number
  readonly events: number
  /** Both ways, without a cut. */
  readonly wholeBytes: { readonly up: number; readonly down: number }
  readonly cuts: readonly SyncCut[]
  readonly broken: readonly string[]
}

export interface PushOutcome {
  readonly rounds: number
  readonly commands: number
  readonly cuts: number
  /** Bytes up in the rounds that were cut, by what the same rounds need without a cut. */
  readonly upAgain: number
  readonly broken: readonly string[]
}

const how = (index: number): Cut['how'] => (index % 2 === 0 ? 'reset' : 'close')

/**
 * R6, P3: a new desk's first sync, from its sign-in to its last event, cut after so many byte offsets, spread evenly over all that
 * comes down and, for a tenth of them, over all that goes up. Each desk is then read whole against the register.
 */
export async function cutFirstSyncs(offsets: number, cases: number): Promise<FirstSyncOutcome> {
  return withServer(cases, async ({ proxy, register, dir, facts }) => {
    const broken: string[] = []
    let desks = 0
    const sync = async (cut: Cut | null): Promise<{ up: number; down: number; isCut: boolean }> => {
      desks += 1
      const dataDir = join(dir, `desk-${desks}`)
      let isCut = false
      proxy.takeBytes()
      if (cut !== null) void proxy.cut(cut).then(() => (isCut = true))
      const desk = await openDesk(dataDir, proxy.url)
      await signIn(desk)
      await desk.until((state) => state.link.kind === 'connected' && state.progress === null && state.codesLeft > 0)
      while ((await cursorOf(dataDir)) < facts.lastSeq) await after(20)
      const bytes = proxy.takeBytes()
      await desk.close()
      proxy.disarm()
      const about = cut === null ? 'uncut' : `cut ${cut.way} after ${cut.afterBytes}`
      broken.push(...differencesOf(facts, await readDeskFile(about, dataDir)))
      rmSync(dataDir, { recursive: true })
      return { ...bytes, isCut }
    }
    await sync(null)
    const uncut = [await sync(null), await sync(null), await sync(null)]
    const least = (way: Way) => Math.min(...uncut.map((bytes) => bytes[way]))
    const wholeBytes = { up: least('up'), down: least('down') }
    const whole = wholeBytes.up + wholeBytes.down
    const cuts: SyncCut[] = []
    for (let index = 0; index < offsets; index += 1) {
      const way: Way = index % 10 === 9 ? 'up' : 'down'
      const afterBytes = 1 + Math.floor((index / offsets) * (wholeBytes[way] - 1))
      const { up, down, isCut } = await sync({ way, afterBytes, how: how(index) })
      cuts.push({ way, afterBytes, isCut, repeated: Math.max(0, (up + down - whole) / whole) })
    }
    const verdict = verifyAfter(register)
    return { cases, events: facts.lastSeq, wholeBytes, cuts, broken: [...broken, ...verdict] }
  })
}

/**
 * R6, S1, S2: what waited at a desk is sent when the line is back, and the line is cut again after so many bytes of the question
 * or of its answer. In the end each act stands in the register once.
 */
export async function cutPushes(offsets: number, commandsEach = 12): Promise<PushOutcome> {
  return withServer(50, async ({ proxy, register, dir, server, facts: before }) => {
    const ledger = openLedger()
    const dataDir = join(dir, 'desk')
    const desk = await openDesk(dataDir, proxy.url)
    await signIn(desk)
    const isDone = (state: { link: { kind: string }; waiting: number; codesLeft: number }) =>
      state.link.kind === 'connected' && state.waiting === 0 && state.codesLeft > commandsEach
    await desk.until(isDone)
    let cuts = 0
    let isCut = false
    const round = async (cut: Cut | null, index = 0) => {
      proxy.breakOff()
      await desk.until((state) => state.link.kind === 'offline')
      for (let act = 0; act < commandsEach; act += 1) await openCase(desk, 'ban-1', ledger)
      proxy.takeBytes()
      isCut = false
      if (cut !== null) {
        void proxy.cut(cut).then(() => {
          isCut = true
          // What was asked on a kept connection is asked again at once: now and then that is cut too.
          if (index % 3 === 0) void proxy.cut(cut)
        })
      }
      proxy.restore()
      await desk.until(isDone)
      proxy.disarm()
      if (isCut) cuts += 1
      return proxy.takeBytes()
    }
    const uncut = [await round(null), await round(null), await round(null)]
    const whole = { up: Math.max(...uncut.map(({ up }) => up)), down: Math.max(...uncut.map(({ down }) => down)) }
    let up = 0
    for (let index = 0; index < offsets; index += 1) {
      const way: Way = index % 2 === 0 ? 'up' : 'down'
      const afterBytes = 1 + Math.floor((index / offsets) * (whole[way] - 1))
      up += (await round({ way, afterBytes, how: how(index >> 1) }, index)).up
    }
    await desk.close()
    await server.stop()
    const facts = await readRegister(register, before.lastSeq)
    const file = await readDeskFile('ban-1', dataDir)
    const broken = [...brokenPromises(facts, ledger, [file]), ...differencesOf(facts, file), ...verifyAfter(register)]
    return { rounds: offsets + 3, commands: ledger.acts.length, cuts, upAgain: up / (offsets * whole.up), broken }
  })
}

interface World {
  readonly dir: string
  readonly register: Register
  readonly server: RunningServer
  readonly proxy: CuttingProxy
  readonly facts: RegisterFacts
}

async function withServer<T>(cases: number, work: (world: World) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-cuts-'))
  const { dataDir } = await bigRegister(cases)
  const register: Register = { dataDir, databaseUrl: null }
  const env = { BT1022_CLOCK: 'steerable', BT1022_CLOCK_AT: registerEndsAt }
  const server = await startServerProcess(register, { env })
  const proxy = await openCuttingProxy(server.url)
  try {
    return await work({ dir, register, server, proxy, facts: await readRegister(register) })
  } finally {
    await server.kill()
    await proxy.remove()
    for (const made of [dir, dataDir]) rmSync(made, { recursive: true, force: true })
  }
}

/** Until it is done: where the line was cut in it, the person tries again. */
async function signIn(desk: Desk): Promise<void> {
  for (;;) {
    try {
      await desk.call('session.signIn', { username: people.agent.username, password: demoPassword })
      return
    } catch (error) {
      if (!/^offline/.test(String((error as Error).message))) throw error
    }
  }
}

function verifyAfter(register: Register): string[] {
  const verdict = verify(register)
  return verdict.ok ? [] : [`verify: ${verdict.problem}`]
}
