import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { password, people } from '../server/running.ts'
import type { Chance } from '../shared/deadlines/second-clock/random.ts'
import { actOnce } from './at-work.ts'
import { type CuttingProxy, openCuttingProxy } from './cutting-proxy.ts'
import { cursorOf, readDeskFile } from './desk-file.ts'
import { everythingBroken } from './invariants.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { CallRefused, DeskDied, type RunningDesk, startDesk } from './running-desk.ts'
import {
  prepareRegister,
  type Register,
  type RunningServer,
  startServerProcess,
  type verify,
} from './running-server.ts'
import { warmUp } from './warm-up.ts'

export interface KillOutcome {
  readonly deskKills: number
  readonly serverKills: number
  /** Kills that struck while bytes were on the victim's line: at most 25 ms after the last one. */
  readonly amidTraffic: number
  /** Desk kills right behind a question that nobody had answered yet. */
  readonly amidActs: number
  readonly desks: number
  readonly acknowledged: number
  /** Acts whose desk died before it said anything: done once, or not at all. */
  readonly unanswered: number
  readonly told: number
  readonly refused: number
  readonly drafts: number
  readonly verdict: ReturnType<typeof verify>
  readonly broken: readonly string[]
  /** What desks logged as bugs. */
  readonly errors: readonly string[]
}

const amidMs = 25
const isAmid = (line: CuttingProxy): boolean => Date.now() - line.lastByteAt() <= amidMs

/** How much is still to be done until the next kill: the register grows by the kills, not by the speed of the machine. */
interface Pace {
  acts: number
}
const actsAKill = 15

/** A place where somebody sits, and the folder of the computer that stands there now. */
interface Place {
  readonly seat: string
  readonly dataDir: string
  readonly username: string
  /** Its own line, and to which server it goes. */
  readonly line: CuttingProxy
  readonly server: number
  desk: RunningDesk | null
  isOver: boolean
  /** The next question is to be its last: killed so many milliseconds behind it. */
  killBehindMs: number | null
  killed: (() => void) | null
}

/**
 * R1: people work at real desks against real servers, all of them processes that are killed with SIGKILL at random moments, half of
 * them desks and half servers, and started again. Now and then a new computer takes the place of an old one, so that kills fall into
 * first syncs too. In the end everything is started once more, comes to rest, and is read by itself.
 * @param databaseUrl where it is not null, two servers on one PostgreSQL
 * @param onKill told before each: how many are left, and what it strikes
 */
export async function runKills(
  kills: number,
  databaseUrl: string | null,
  chance: Chance,
  onKill: (left: number, what: string) => void = () => {},
): Promise<KillOutcome> {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-kills-'))
  const register: Register = { dataDir: join(dir, 'server'), databaseUrl }
  const ledger = openLedger()
  const errors: string[] = []
  const servers: RunningServer[] = []
  const all: Place[] = []
  const workers: Promise<void>[] = []
  const pace: Pace = { acts: actsAKill }
  let amidTraffic = 0
  let amidActs = 0
  const deskKills = Math.floor(kills / 2)
  const serverKills = kills - deskKills
  try {
    await prepareRegister(register)
    await warmUp(register)
    for (let i = 0; i < (databaseUrl === null ? 1 : 2); i += 1) {
      servers.push(await startServerProcess(register))
    }
    const take = async (place: number): Promise<Place> => {
      const server = place % servers.length
      const taken: Place = {
        seat: `ban-${place + 1}-${all.length + 1}`,
        dataDir: join(dir, `ban-${place + 1}-${all.length + 1}`),
        username: place === 0 ? people.agent.username : people.secondAgent.username,
        line: await openCuttingProxy(servers[server]!.url),
        server,
        desk: null,
        isOver: false,
        killBehindMs: null,
        killed: null,
      }
      all.push(taken)
      workers.push(work(taken, pace, ledger, errors, chance))
      return taken
    }
    const places = await Promise.all([0, 1, 2].map(take))
    await Promise.all(places.map(async (place) => (await hasDesk(place)).until((state) => state.codesLeft > 0)))

    const victims = [...Array<'desk'>(deskKills).fill('desk'), ...Array<'server'>(serverKills).fill('server')]
    while (victims.length > 0) {
      pace.acts = Math.max(0, pace.acts) + actsAKill
      const [victim] = victims.splice(chance.between(0, victims.length - 1), 1)
      const which = chance.between(0, places.length - 1)
      const place = places[which]!
      onKill(victims.length, `${victim} at ${place.seat}`)
      const desk = await hasDesk(place)
      // Half of them anywhere in its life, from its first statement on; half while it talks, where there is most to lose.
      if (chance.percent(50)) await after(chance.between(0, 600))
      else await talking(place.line, chance.between(0, 20))
      if (victim === 'server') {
        if (isAmid(place.line)) amidTraffic += 1
        await servers[place.server]!.kill()
        const server = await startServerProcess(register)
        servers[place.server] = server
        for (const other of all) if (other.server === place.server) other.line.pointTo(server.url)
        continue
      }
      if (chance.percent(50)) {
        // Behind a question: before, within or just after the transaction that keeps it.
        const struck = Promise.withResolvers<void>()
        place.killed = struck.resolve
        place.killBehindMs = chance.between(0, 5)
        await Promise.race([struck.promise, after(3_000)])
        if (desk.isDead()) amidActs += 1
        place.killBehindMs = null
      }
      if (isAmid(place.line)) amidTraffic += 1
      await desk.kill()
      if (chance.percent(8)) {
        place.isOver = true
        places[which] = await take(which)
      }
    }

    for (const place of all) place.isOver = true
    await Promise.all(workers)
    await settle(all, errors)
    for (const server of servers) await server.stop()
    const files = await Promise.all(all.map((place) => readDeskFile(place.seat, place.dataDir)))
    const { broken, verdict } = await everythingBroken(register, ledger, files)
    return {
      deskKills,
      serverKills,
      amidTraffic,
      amidActs,
      desks: all.length,
      acknowledged: ledger.acts.filter((act) => act.isAcknowledged).length,
      unanswered: ledger.acts.filter((act) => !act.isAcknowledged && !act.isRefused).length,
      told: ledger.told.size,
      refused: files.reduce((sum, file) => sum + file.attention.length, 0),
      drafts: ledger.drafts.size,
      verdict,
      broken: [
        ...broken,
        ...files.flatMap((file) => file.setAside.map((name) => `${file.seat} was set aside: ${name}`)),
      ],
      errors,
    }
  } finally {
    for (const place of all) {
      place.isOver = true
      await place.desk?.kill()
    }
    await Promise.allSettled(workers)
    for (const server of servers) await server.kill()
    for (const place of all) await place.line.remove()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Somebody works at a place until it is given up; a desk that died is started again. */
async function work(place: Place, pace: Pace, ledger: Ledger, errors: string[], chance: Chance): Promise<void> {
  while (!place.isOver) {
    try {
      const desk = await startDesk({ dataDir: place.dataDir, server: place.line.url })
      place.desk = desk
      try {
        await signedIn(desk, place)
        while (!place.isOver) {
          // A few acts without a pause, then a breath: the line is busy, and now and then it is not.
          for (let act = chance.between(1, 4); act > 0 && !place.isOver; act -= 1) {
            if (pace.acts <= 0 && place.killBehindMs === null) break
            pace.acts -= 1
            const acting = actOnce(desk, place.seat, ledger, chance).catch(patiently)
            acting.catch(() => {})
            if (place.killBehindMs !== null) {
              await after(place.killBehindMs)
              await desk.kill()
              place.killed?.()
            }
            await acting
          }
          await after(chance.between(20, 250))
        }
        await desk.close()
      } finally {
        errors.push(...desk.errors)
        if (!desk.isDead()) await desk.kill()
      }
    } catch (error) {
      if (!(error instanceof DeskDied)) throw error
    }
  }
}

async function signedIn(desk: RunningDesk, { username }: Place): Promise<void> {
  for (;;) {
    const { account } = await desk.call('desk.state', {})
    if (account !== null) return
    try {
      await desk.call('session.signIn', { username, password })
    } catch (error) {
      await patiently(error)
    }
  }
}

/** What a desk may say when its server was never reached yet; a person waits and tries again. */
const passing = ['offline', 'offline-unknown', 'never-synced', 'not-signed-in']
async function patiently(error: unknown): Promise<void> {
  if (!(error instanceof CallRefused) || !passing.includes(error.code)) throw error
  await after(50)
}

/** Resolves so many milliseconds behind a byte on the line; where none comes for long, anyway. */
async function talking(line: CuttingProxy, behindMs: number): Promise<void> {
  for (let looked = 0; looked < 1_000 && Date.now() - line.lastByteAt() > 3; looked += 1) await after(2)
  await after(behindMs)
}

async function hasDesk(place: Place): Promise<RunningDesk> {
  for (;;) {
    if (place.desk !== null && !place.desk.isDead()) return place.desk
    await after(10)
  }
}

/** Everybody comes once more, sends what is left, and takes what the others have sent. */
async function settle(all: readonly Place[], errors: string[]): Promise<void> {
  const desks: { desk: RunningDesk; dataDir: string }[] = []
  for (const place of all) {
    const desk = await startDesk({ dataDir: place.dataDir, server: place.line.url })
    desks.push({ desk, dataDir: place.dataDir })
    await signedIn(desk, place)
    await desk.until((state) => state.link.kind === 'connected' && state.waiting === 0)
  }
  // All has been sent: whoever is behind is told by a poke, or looks at the next meeting.
  for (;;) {
    const cursors = await Promise.all(desks.map(({ dataDir }) => cursorOf(dataDir)))
    if (cursors.every((cursor) => cursor === cursors[0])) break
    await after(100)
  }
  for (const { desk } of desks) {
    errors.push(...desk.errors)
    await desk.close()
  }
}
