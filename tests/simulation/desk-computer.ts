import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import type { After } from '../../src-main/sync/sync-api.ts'
import type { Wiped } from '../../src-shared/api/sync.ts'
import type { Chance } from '../shared/deadlines/second-clock/random.ts'
import { type DeskProcess, startDesk } from './desk-process.ts'
import type { Line } from './line.ts'
import { Died, type Mortal, mortal, takeImage } from './mortality.ts'
import type { PlantedFault } from './planted-faults.ts'
import type { Timeline } from './timeline.ts'

/** The computer on which one desk runs: its disk, its clock, its line. They outlive the process. */
export interface DeskComputer {
  readonly name: string
  readonly line: Line
  /** Null while it is switched off or has died. */
  readonly process: DeskProcess | null
  readonly mortal: Mortal | null
  readonly secrets: Map<string, string>
  readonly folder: string
  /** Rises when the disk is emptied by a wipe. */
  readonly life: number
  readonly deaths: number
  /** What its clock says more than the true time. */
  skewMs: number
  isUpright(): boolean
  start(): void
  close(): void
  /** Of each life that a wipe ended, what the desk said was lost. */
  readonly lost: ReadonlyMap<number, number>
  readonly wipe: { readonly wiped: Wiped; isReported: boolean } | null
  /** Does something to the files of a desk that is switched off. */
  tamper(work: (folder: string) => void): void
  /** Does something at the desk; a desk that dies of it is found dead afterwards. */
  act<T>(work: (process: DeskProcess) => T): T | null
}

export interface ComputerParts {
  readonly name: string
  readonly place: string
  readonly timeline: Timeline
  readonly chance: Chance
  readonly line: Line
  readonly fault: PlantedFault | null
  newId(): string
  /** How much later than asked a long timer may come. */
  slack(milliseconds: number): number
  onStarted(computer: DeskComputer): void
  onDied(computer: DeskComputer): void
  onBug(error: unknown): void
  onTaken(computer: DeskComputer): void
}

export function openComputer(parts: ComputerParts): DeskComputer {
  const { name, place, timeline, chance, line } = parts
  const secrets = new Map<string, string>()
  let disk = 0
  let folder = `${place}/${name}-0`
  let process: DeskProcess | null = null
  let life: Mortal | null = null
  let isStarting = false
  let lives = 0
  let deaths = 0
  let wipe: { readonly wiped: Wiped; isReported: boolean } | null = null
  const lost = new Map<number, number>()
  mkdirSync(folder, { recursive: true })

  const nextFolder = () => {
    disk += 1
    return `${place}/${name}-${disk}`
  }
  const notDied = (failure: unknown) => {
    if (!(failure instanceof Died)) throw failure
  }

  /** As a wipe leaves the disk: the desk's own id, and that it was wiped. */
  const destroy = (wiped: Wiped) => {
    lost.set(lives, wiped.lostCommands)
    computer.close()
    const next = nextFolder()
    mkdirSync(next, { recursive: true })
    copyFileSync(`${folder}/desk.id`, `${next}/desk.id`)
    rmSync(folder, { recursive: true, force: true })
    folder = next
    secrets.clear()
    lives += 1
    wipe = { wiped, isReported: false }
    timeline.after(chance.between(500, 5_000), `${name} begins anew`, () => computer.start())
  }

  const computer: DeskComputer = {
    name,
    line,
    secrets,
    lost,
    skewMs: 0,
    get wipe() {
      return wipe
    },
    get process() {
      return life?.isDead() ? null : process
    },
    get mortal() {
      return life
    },
    get folder() {
      return folder
    },
    get life() {
      return lives
    },
    get deaths() {
      return deaths
    },
    isUpright: () => process !== null && life !== null && !life.isDead(),
    start() {
      if (process !== null || isStarting) return
      isStarting = true
      if (deaths > 0) parts.fault?.disk?.(folder)
      let next = ''
      const mine = mortal(folder, () => {
        next = nextFolder()
        takeImage(folder, next)
      })
      life = mine
      const isAlive = () => !mine.isDead() && life === mine
      const after: After = (milliseconds, work) =>
        timeline.after(parts.slack(milliseconds), `${name} timer`, () => {
          if (isAlive()) work()
        })
      const given = {
        folder,
        secrets,
        line,
        clock: { now: () => timeline.now() + computer.skewMs, monotonic: timeline.now },
        after,
        isAlive,
        newId: parts.newId,
        chance: chance.next,
        onBug: parts.onBug,
        onTaken: () => parts.onTaken(computer),
        fault: parts.fault,
        wipe,
        onWipe: (wiped: Wiped) => isAlive() && destroy(wiped),
      }
      // What remains of a process that died is cleared away when nothing of it runs any more.
      bury = () => {
        if (!mine.isDead()) return false
        bury = () => false
        life = null
        deaths += 1
        process?.close()
        process = null
        mine.bury()
        rmSync(folder, { recursive: true, force: true })
        folder = next
        parts.onDied(computer)
        return true
      }
      void startDesk(given)
        .then((started) => {
          process = started
        }, notDied)
        .catch(parts.onBug)
        .finally(() => {
          isStarting = false
          if (isAlive() && process !== null) parts.onStarted(computer)
        })
    },
    close() {
      if (!computer.isUpright()) return
      process!.close()
      process = null
      life!.bury()
      life = null
    },
    tamper(work) {
      if (process === null && !isStarting) work(folder)
    },
    act(work) {
      if (!computer.isUpright()) return null
      try {
        return work(process!)
      } catch (failure) {
        notDied(failure)
        return null
      }
    },
  }
  let bury = () => false
  timeline.onRest(() => bury())
  return computer
}
