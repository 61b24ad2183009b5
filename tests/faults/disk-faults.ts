import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { password, people } from '../server/running.ts'
import type { Chance } from '../shared/deadlines/second-clock/random.ts'
import { actOnce } from './at-work.ts'
import { readDeskFile } from './desk-file.ts'
import { everythingBroken } from './invariants.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { CallRefused, DeskDied, type RunningDesk, startDesk } from './running-desk.ts'
import { prepareRegister, type Register, startServerProcess, type verify } from './running-server.ts'
import { warmUp } from './warm-up.ts'

export interface DiskOutcome {
  readonly points: number
  /** Points at which a call of the window was answered with a failure. */
  readonly failedCalls: number
  /** Points at which the desk's process ended. */
  readonly ended: number
  /** Codes of the failures, and how often each was given. */
  readonly codes: Readonly<Record<string, number>>
  /** From the person's act to being told that it failed; milliseconds, in order. */
  readonly toldMs: readonly number[]
  readonly acknowledged: number
  readonly verdict: ReturnType<typeof verify>
  readonly broken: readonly string[]
}

/** Why a disk of a fixed size cannot be made here; null where it can. */
export const noSmallDisk: string | null = findMountReason()
/** Why failing writes cannot be made here; null where they can. */
export const noFailingWrites: string | null = findStraceReason()
for (const reason of [noSmallDisk, noFailingWrites]) if (reason !== null) console.log(`Skipped: ${reason}.`)

/** Failures that the desk has words for. */
const worded = ['disk-full', 'offline', 'offline-unknown', 'never-synced', 'not-signed-in']
const diskMegabytes = 64
const pageBytes = 4_096

/**
 * R5: a desk whose whole folder lies on a disk of a fixed size. Again and again all but a few kilobytes of it are taken by something
 * else, each time some more, while the person works on until the desk says that nothing can be written; then there is room again.
 * In the end what was acknowledged is in the register, and no file is torn.
 */
export async function fillDisk(points: number, chance: Chance): Promise<DiskOutcome> {
  return atDesk(async ({ mount, server, tally, work }) => {
    const disk = mount(diskMegabytes)
    let desk = await startDesk({ dataDir: join(disk, 'ban-1'), server })
    await signIn(desk)
    const ballast = join(disk, 'ballast')
    for (let point = 0; point < points; point += 1) {
      const { bavail, bsize } = statfsSync(disk)
      // From a full disk to room for some acts: each point ends within another write.
      const leave = chance.between(0, 150) * pageBytes
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - leave)))
      // Some start on the full disk: even opening may fail, and then it must open again when there is room.
      const isStartedFull = point % 16 === 15
      if (isStartedFull) await desk.kill()
      try {
        if (isStartedFull) desk = await startDesk({ dataDir: join(disk, 'ban-1'), server })
        // The status bar says it too.
        if (!(await work(desk, 100))) await desk.until((state) => state.isDiskFull)
      } catch (error) {
        if (!(error instanceof DeskDied)) throw error
        tally.ended()
      }
      rmSync(ballast)
      if (desk.isDead()) desk = await startDesk({ dataDir: join(disk, 'ban-1'), server })
      else await desk.until((state) => !state.isDiskFull)
    }
    await desk.until((state) => state.link.kind === 'connected' && state.waiting === 0)
    await desk.close()
    return { points, dataDir: join(disk, 'ban-1') }
  }, chance)
}

/**
 * R5: the disk says EIO at the n-th fsync of a desk's life, each life another n: from its opening through its first acts. What it
 * acknowledged before and after is still there when it is started on a disk that works.
 */
export async function failWrites(points: number, chance: Chance): Promise<DiskOutcome> {
  return atDesk(async ({ dir, server, tally, work }) => {
    const dataDir = join(dir, 'ban-1')
    const first = await startDesk({ dataDir, server })
    await signIn(first)
    await first.close()
    for (let point = 1; point <= points; point += 1) {
      const inject = `fsync,fdatasync:error=EIO:when=${point % 5 === 0 ? `${1 + (point % 40)}+` : 1 + (point % 40)}`
      const trace = [
        'strace',
        '-f',
        '--seccomp-bpf',
        '-qq',
        '-o',
        '/dev/null',
        '-e',
        'trace=fsync,fdatasync',
        '-e',
        `inject=${inject}`,
      ]
      let desk: RunningDesk | null = null
      try {
        desk = await startDesk({ dataDir, server, under: trace })
        await work(desk, 12)
        await desk.kill()
      } catch (error) {
        if (!(error instanceof DeskDied)) throw error
        tally.ended()
      } finally {
        await desk?.kill()
      }
    }
    const last = await startDesk({ dataDir, server })
    await signIn(last)
    await last.until((state) => state.link.kind === 'connected' && state.waiting === 0)
    await last.close()
    return { points, dataDir }
  }, chance)
}

interface AtDesk {
  readonly dir: string
  readonly server: string
  mount(megabytes: number): string
  readonly tally: { ended(): void }
  /** So many acts, or fewer, until one of them failed; whether all were done. */
  work(desk: RunningDesk, acts: number): Promise<boolean>
}

async function atDesk(
  run: (around: AtDesk) => Promise<{ points: number; dataDir: string }>,
  chance: Chance,
): Promise<DiskOutcome> {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-disk-'))
  const register: Register = { dataDir: join(dir, 'server'), databaseUrl: null }
  const disk = join(dir, 'disk')
  const ledger: Ledger = openLedger()
  const codes: Record<string, number> = {}
  const toldMs: number[] = []
  let failedCalls = 0
  let ended = 0
  await prepareRegister(register)
  await warmUp(register)
  const server = await startServerProcess(register)
  try {
    const { points, dataDir } = await run({
      dir,
      server: server.url,
      mount(megabytes) {
        mkdirSync(disk)
        execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk])
        return disk
      },
      tally: { ended: () => (ended += 1) },
      async work(desk, acts) {
        for (let act = 0; act < acts; act += 1) {
          const from = Date.now()
          try {
            await actOnce(desk, 'ban-1', ledger, chance)
          } catch (error) {
            if (!(error instanceof CallRefused)) throw error
            codes[error.code] = (codes[error.code] ?? 0) + 1
            if (!worded.includes(error.code)) ledger.surprises.push(`a call failed without words: ${error.message}`)
            failedCalls += 1
            toldMs.push(Date.now() - from)
            return false
          }
        }
        return true
      },
    })
    await server.stop()
    const file = await readDeskFile('ban-1', dataDir)
    const { broken, verdict } = await everythingBroken(register, ledger, [file])
    return {
      points,
      failedCalls,
      ended,
      codes,
      toldMs: toldMs.sort((a, b) => a - b),
      acknowledged: ledger.acts.filter((act) => act.isAcknowledged).length,
      verdict,
      broken: [...broken, ...file.setAside.map((name) => `set aside as torn: ${name}`)],
    }
  } finally {
    await server.kill()
    if (existsSync(disk)) spawnSync('umount', ['-l', disk])
    rmSync(dir, { recursive: true, force: true })
  }
}

async function signIn(desk: RunningDesk): Promise<void> {
  await desk.call('session.signIn', { username: people.agent.username, password })
  await desk.until((state) => state.link.kind === 'connected' && state.codesLeft > 0)
  await after(0)
}

function findMountReason(): string | null {
  if (process.getuid?.() !== 0) return 'only root may mount a disk of a fixed size'
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-mount-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir], { encoding: 'utf8' })
  if (mounted.status === 0) spawnSync('umount', [dir])
  rmSync(dir, { recursive: true, force: true })
  return mounted.status === 0 ? null : `no disk of a fixed size can be mounted here: ${mounted.stderr.trim()}`
}

function findStraceReason(): string | null {
  const tried = spawnSync('strace', ['-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', '-e', 'trace=fsync', 'true'])
  return tried.status === 0 ? null : 'strace, which makes writes fail, is not installed or may not trace'
}
