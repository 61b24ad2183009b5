import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import type { StoredCalendar } from '../../../sync-server/src/calendars/append-only.ts'
import { openRegister, type Register } from '../../../sync-server/src/cases/register.ts'
import { type Keeper, openKeeper } from '../../../sync-server/src/deadlines/keeper.ts'
import type { ProvinceReference } from '../../../sync-server/src/demo/province-files.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import { byNewest, type LiveReference, openReference } from '../../../sync-server/src/sync/open-reference.ts'
import { demonstrationReference } from '../../fixtures/province.ts'
import type { Chance } from '../../shared/deadlines/second-clock/random.ts'
import { type Death, type MortalStore, mortal } from './mortal-store.ts'

export const agencyIds = ['so-xay-dung', 'so-y-te', 'trung-tam-phuc-vu-hanh-chinh-cong', 'dien-luc'] as const

/** One server's part in it: its own connections, its own reading of the reference, its own clock. */
export interface Process {
  readonly store: MortalStore
  readonly register: Register
  readonly reference: LiveReference
  readonly keeper: Keeper
  readonly skewMs: number
  /** What the keeper wrote into its log as wrong. */
  readonly faults: string[]
}

export interface World {
  now(): number
  setTo(instant: number): void
  /** A server of the register, started now. */
  start(skewMs: number): Promise<Process>
  /** Ends the one, or everything that runs where the disk was cut off with it. */
  restart(process: Process): Promise<Process>
  readonly processes: Process[]
  newId(): string
  remove(): Promise<void>
}

// What is tried here is the order of statements, not the disk.
const firstDay = fromIso('2026-11-16T07:00:00+07:00')
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

const province = smallProvince()
let empty: Promise<Buffer> | null = null

export async function makeWorld(): Promise<World> {
  const dir = mkdtempSync(join(place, 'bt1022-keeper-'))
  let file = join(dir, 'register-0.sqlite')
  empty ??= emptyRegister()
  writeFileSync(file, await empty)
  let images = 0
  let nextFile: string | null = null
  let now = firstDay
  let ids = 0
  const processes: Process[] = []
  const newId = () => `id-${String(ids++).padStart(6, '0')}`

  /** The disk as a computer finds it that lost its power: the file and its log as they stand, unfinished transaction and all. */
  const takeImage = () => {
    if (nextFile !== null) return
    images += 1
    nextFile = join(dir, `register-${images}.sqlite`)
    copyFileSync(file, nextFile)
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${nextFile}-wal`)
  }

  const world: World = {
    now: () => now,
    setTo(instant) {
      now = instant
    },
    newId,
    processes,
    async start(skewMs) {
      const database = mortal(await openSqliteStore(file), takeImage)
      const clock = { now: () => now + skewMs }
      const reference = await openReference(database, province, clock)
      const store: MortalStore = { ...database, ...byNewest(database, reference) }
      const register = openRegister({ store, clock, reference, newId })
      const faults: string[] = []
      const log = { error: (facts: object, words: string) => void faults.push(`${words} ${describe(facts)}`) }
      const keeper = openKeeper({ store, register, clock, reference, log })
      const process = { store, register, reference, keeper, skewMs, faults }
      processes.push(process)
      return process
    },
    async restart(process) {
      const gone = nextFile === null ? [process] : [...processes]
      for (const each of gone) {
        await each.keeper.settled()
        await each.store.close()
        processes.splice(processes.indexOf(each), 1)
      }
      if (nextFile !== null) file = nextFile
      nextFile = null
      let mine: Process | null = null
      for (const each of gone) {
        const started = await world.start(each.skewMs)
        if (each === process) mine = started
      }
      return mine!
    },
    async remove() {
      for (const each of processes) await each.store.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
  return world
}

/** Made once: a register with its tables and the province in it. */
async function emptyRegister(): Promise<Buffer> {
  const dir = mkdtempSync(join(place, 'bt1022-keeper-'))
  const file = join(dir, 'register.sqlite')
  const store = await openSqliteStore(file)
  await openReference(store, province, { now: () => firstDay })
  await store.close()
  const bytes = readFileSync(file)
  rmSync(dir, { recursive: true, force: true })
  return bytes
}

export const armed = (process: Process, chance: Chance): Death => {
  const death = chance.pick(['throw', 'throw', 'image', 'fault'] as const)
  process.store.arm(chance.between(1, 45), death)
  return death
}

const describe = (facts: object): string => {
  const { err } = facts as { err?: Error }
  return err === undefined ? JSON.stringify(facts) : String(err.message)
}

/** Of the demonstration province what the keeper asks for, so that a server starts in milliseconds. */
function smallProvince(): ProvinceReference {
  const { revision: _, ...reference } = demonstrationReference(1)
  const { directory } = reference
  const wanted = new Set<string>([...agencyIds, 'van-phong-ubnd-tinh'])
  const { policy } = reference
  const calendarIds = new Set<string>(directory.agencies.filter(({ id }) => wanted.has(id)).map((a) => a.calendarId))
  const calendars = (reference.calendars as StoredCalendar[])
    .filter(({ id }) => calendarIds.has(id))
    .map((calendar) => ({ ...calendar, days: calendar.days?.filter(({ on }) => on > '2026-06') ?? [] }))
  return {
    ...reference,
    directory: { ...directory, agencies: directory.agencies.filter(({ id }) => wanted.has(id)) },
    calendars,
    policies: reference.policies ?? [policy],
    articles: [],
    fingerprint: 'kills',
  }
}
