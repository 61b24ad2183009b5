import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../../sync-server/src/store/sqlite.ts'
import { makeAnother } from '../../sync-server/src/sync/another-register.ts'
import { openReference } from '../../sync-server/src/sync/open-reference.ts'
import type { Chance } from '../shared/deadlines/second-clock/random.ts'
import { Died, takeImage } from './mortality.ts'
import { deskPeople, officers } from './people.ts'
import type { PlantedFault } from './planted-faults.ts'
import { province } from './province.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import type { Timeline } from './timeline.ts'

/** Where the register lies and the servers run: they die one by one, or all together when the power goes. */
export interface RegisterHost {
  /** Those that are up. */
  alive(): ServerProcess[]
  /** What each of them wrote into its log as wrong, so far. */
  readonly faults: string[]
  readonly deaths: number
  /** Arms one of them to die at so many further statements, alone or with all the others. */
  arm(points: number, how: 'process' | 'power'): void
  disarm(): void
  /** Keeps the disk as it is now. */
  backUp(): void
  /** Puts the last backup in the place of the register, as the restore command does; false where there is none. */
  restore(): boolean
  /** How often the register was brought back. */
  readonly restored: number
  startAll(): void
  stopAll(): void
  /** The disk as it is, for whoever looks at it from outside. */
  readonly file: string
}

export interface HostParts {
  readonly place: string
  readonly timeline: Timeline
  readonly chance: Chance
  /** Of each server's clock. */
  readonly skews: readonly number[]
  readonly firstAt: number
  readonly fault: PlantedFault | null
  newId(): string
}

interface Slot {
  readonly name: string
  readonly skewMs: number
  starts: number
  process: ServerProcess | null
  isStarting: boolean
}

export async function openHost(parts: HostParts): Promise<RegisterHost> {
  const { place, timeline, chance, skews } = parts
  let disk = 0
  let folder = `${place}/register-0`
  let backup: string | null = null
  let backups = 0
  let restored = 0
  let deaths = 0
  let isPowerGone = false
  let isRestoring = false
  const faults: string[] = []
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/register.sqlite`, await emptyRegister(parts.firstAt))

  const slots = skews.map(
    (skewMs, index): Slot => ({
      name: `server-${index}`,
      skewMs,
      starts: 0,
      process: null,
      isStarting: false,
    }),
  )
  const fileOf = () => `${folder}/register.sqlite`
  const nextFolder = () => {
    disk += 1
    return `${place}/register-${disk}`
  }

  let deathOf: 'process' | 'power' = 'process'
  const died = () => {
    deaths += 1
    if (deathOf !== 'power' || isPowerGone) return
    isPowerGone = true
    const next = nextFolder()
    takeImage(folder, next)
    folder = next
  }

  const start = (slot: Slot) => {
    if (slot.process !== null || slot.isStarting || isRestoring) return
    slot.isStarting = true
    slot.starts += 1
    const own = `${place}/${slot.name}-${slot.starts}`
    mkdirSync(own)
    const clock = { now: () => timeline.now() + slot.skewMs }
    void startServer({
      name: slot.name,
      file: fileOf(),
      folder: own,
      snapshots: `${place}/${slot.name}-snapshots`,
      clock,
      fault: parts.fault,
      newId: parts.newId,
      onDeath: died,
      onNews(news) {
        for (const other of slots) {
          if (other === slot) continue
          // A notice is lost with the connection it was to come by; then the next look finds it.
          const isLost = chance.percent(10)
          timeline.after(isLost ? 3_000 : chance.between(1, 40), `${other.name} hears`, () =>
            isLost ? other.process?.look() : other.process?.hearOthers(news),
          )
        }
      },
    })
      .then(
        (process) => {
          slot.process = process
          faults.push(...process.faults)
        },
        (failure: unknown) => {
          if (!(failure instanceof Died)) throw failure
        },
      )
      .catch((failure: unknown) => faults.push(`a server did not start: ${String((failure as Error).stack)}`))
      .finally(() => {
        slot.isStarting = false
        if (slot.process === null) again(slot)
      })
  }
  const again = (slot: Slot) =>
    void timeline.after(
      chance.percent(80) ? chance.between(500, 60_000) : chance.between(60_000, 3 * 3_600_000),
      `${slot.name} starts`,
      () => start(slot),
    )

  const end = (slot: Slot) => {
    const { process } = slot
    slot.process = null
    if (process === null) return
    faults.push(...process.faults)
    void process.end()
  }
  timeline.onRest(() => {
    const gone = slots.filter(({ process }) => process !== null && (isPowerGone || !process.isAlive()))
    isPowerGone = false
    deathOf = 'process'
    for (const slot of gone) {
      end(slot)
      again(slot)
    }
    return gone.length > 0
  })

  const alive = () => slots.flatMap(({ process }) => (process?.isAlive() ? [process] : []))
  return {
    alive,
    faults,
    get deaths() {
      return deaths
    },
    get restored() {
      return restored
    },
    get file() {
      return fileOf()
    },
    arm(points, how) {
      const there = alive()
      if (there.length === 0) return
      deathOf = how
      chance.pick(there).mortal.arm(points)
    },
    disarm() {
      for (const { mortal } of alive()) mortal.disarm()
    },
    backUp() {
      backups += 1
      const to = `${place}/backup-${backups}`
      takeImage(folder, to)
      if (backup !== null) rmSync(backup, { recursive: true })
      backup = to
    },
    restore() {
      if (backup === null || isRestoring) return false
      isRestoring = true
      restored += 1
      for (const slot of slots) end(slot)
      const next = nextFolder()
      takeImage(backup, next)
      folder = next
      timeline.after(chance.between(60_000, 3_600_000), 'the register is brought back', async () => {
        const store = await openSqliteStore(fileOf())
        await store.write((tx) => makeAnother(tx, timeline.now(), parts.newId()))
        await store.close()
        isRestoring = false
        for (const slot of slots) start(slot)
      })
      return true
    },
    startAll() {
      for (const slot of slots) start(slot)
    },
    stopAll() {
      for (const slot of slots) end(slot)
    },
  }
}

let empty: Promise<Buffer> | null = null

/** Made once: a register with its tables, the province and the people in it. */
function emptyRegister(at: number): Promise<Buffer> {
  empty ??= (async () => {
    const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'bt1022-empty-'))
    const file = join(dir, 'register.sqlite')
    const store = await openSqliteStore(file)
    await openReference(store, province, { now: () => at })
    for (const person of [...deskPeople, ...officers]) await store.write((tx) => tx.people.putAccount(person, at))
    await store.close()
    const bytes = readFileSync(file)
    rmSync(dir, { recursive: true, force: true })
    return bytes
  })()
  return empty
}
