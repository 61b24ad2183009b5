import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as after } from 'node:timers/promises'
import { bigRegister, demoPassword, registerEndsAt } from '../bench/sync/big-register.ts'
import { people } from '../server/running.ts'
import { openCase } from './at-work.ts'
import { killNow, spawnTied } from './child.ts'
import { cursorOf, type DeskFile, readDeskFile } from './desk-file.ts'
import { brokenPromises, differencesOf, readRegister } from './invariants.ts'
import { openLedger } from './ledger.ts'
import { openWire, type Wire } from './namespaces.ts'
import { CallRefused, type RunningDesk, startDesk } from './running-desk.ts'
import { type Register, startServerProcess, verify } from './running-server.ts'

/** What is wrong with a network. */
export interface Trouble {
  readonly name: string
  /** Of a hundred packets, each way. */
  readonly loss?: number
  readonly rate?: string
  /** Each way. */
  readonly delayMs?: number
  /** How often the wire is pulled for a second while the desk sends what waited. */
  readonly flaps?: number
}

export interface TroubleOutcome {
  readonly trouble: Trouble
  readonly firstSyncMs: number
  readonly firstSyncBytes: number
  readonly pushMs: number
  readonly broken: readonly string[]
}

/**
 * R6: a server and a desk in networks of their own with one bad wire between them. A new desk takes the register, works while the wire is
 * pulled, and sends what waited when it is back. Then the next trouble, with a new desk.
 */
export async function runTroubles(troubles: readonly Trouble[], cases: number, commands: number) {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-networks-'))
  const { dataDir } = await bigRegister(cases)
  const register: Register = { dataDir, databaseUrl: null }
  const wire = openWire()
  const outcomes: TroubleOutcome[] = []
  const ledger = openLedger()
  const files: DeskFile[] = []
  try {
    const { lastSeq } = await readRegister(register)
    const env = { BT1022_CLOCK: 'steerable', BT1022_CLOCK_AT: registerEndsAt, BT1022_HOST: wire.serverAddress }
    const server = await startServerProcess(register, { env, under: wire.atServer })
    for (const [index, trouble] of troubles.entries()) {
      const before = await readRegister(register)
      const seat = `ban-${index + 1}`
      const deskDir = join(dir, seat)
      wire.lose(trouble.loss ?? 0)
      wire.limit(trouble.rate ?? '1gbit')
      const far = trouble.delayMs === undefined ? null : await farAway(server.url, trouble.delayMs, wire)
      const desk = await startDesk({ dataDir: deskDir, server: far?.url ?? server.url, under: wire.atDesk })
      try {
        const bytesBefore = wire.bytes().down
        const from = performance.now()
        await signIn(desk)
        await reached(deskDir, before.lastSeq)
        await desk.until((state) => state.codesLeft > 0)
        const firstSyncMs = performance.now() - from
        const firstSyncBytes = wire.bytes().down - bytesBefore

        wire.pull()
        for (let act = 0; act < commands; act += 1) await openCase(desk, seat, ledger)
        wire.plug()
        const again = performance.now()
        const flapping = flap(wire, trouble.flaps ?? 0)
        await desk.until((state) => state.waiting === 0)
        const pushMs = performance.now() - again
        await flapping
        const done = await readRegister(register)
        await reached(deskDir, done.lastSeq)
        await desk.close()
        const file = await readDeskFile(seat, deskDir)
        files.push(file)
        outcomes.push({
          trouble,
          firstSyncMs,
          firstSyncBytes,
          pushMs,
          broken: [...desk.errors, ...differencesOf(done, file)],
        })
      } finally {
        await desk.kill()
        if (far !== null) await killNow(far.child)
      }
    }
    await server.stop()
    const broken = brokenPromises(await readRegister(register, lastSeq), ledger, files)
    const verdict = verify(register)
    if (!verdict.ok) broken.push(`verify: ${verdict.problem}`)
    return { outcomes, broken, verdict, commands: ledger.acts.filter((act) => act.isAcknowledged).length }
  } finally {
    wire.remove()
    for (const made of [dir, dataDir]) rmSync(made, { recursive: true, force: true })
  }
}

/** A line in the desk's network on which everything takes its time. */
async function farAway(server: string, delayMs: number, wire: Wire) {
  const program = resolve(import.meta.dirname, 'cutting-proxy.ts')
  const child = spawnTied([process.execPath, program, '--server', server, '--delay', String(delayMs)], {
    under: wire.atDesk,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
  return { url: (JSON.parse(line) as { listening: string }).listening, child }
}

async function flap(wire: Wire, times: number): Promise<void> {
  for (let flap = 0; flap < times; flap += 1) {
    await after(700)
    wire.pull()
    await after(1_000)
    wire.plug()
  }
}

async function reached(dataDir: string, cursor: number): Promise<void> {
  while ((await cursorOf(dataDir)) < cursor) await after(20)
}

/** Where the line was bad in the middle of it, the person tries again. */
async function signIn(desk: RunningDesk): Promise<void> {
  for (;;) {
    try {
      await desk.call('session.signIn', { username: people.agent.username, password: demoPassword })
      return
    } catch (error) {
      if (!(error instanceof CallRefused && error.code.startsWith('offline'))) throw error
      await after(200)
    }
  }
}
