import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Chance, chanceOf } from '../shared/deadlines/second-clock/random.ts'
import { type DeskComputer, openComputer } from './desk-computer.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { calm, openLine, type Weather } from './line.ts'
import { Died } from './mortality.ts'
import type { PlantedFault } from './planted-faults.ts'
import { openHost, type RegisterHost } from './register-host.ts'
import { openTimeline, type Timeline } from './timeline.ts'

export interface World {
  readonly timeline: Timeline
  readonly chance: Chance
  readonly host: RegisterHost
  readonly desks: readonly DeskComputer[]
  readonly ledger: Ledger
  readonly firstAt: number
  newId(): string
  /** The id that was made last. */
  lastId(): string
  /** From now on nothing is late, lost or slack any more. */
  heal(): void
  /** Switches everything off and takes the disks away. */
  end(): Promise<void>
}

export interface WorldPlan {
  readonly seed: number
  readonly firstAt: number
  readonly desks: number
  readonly serverSkews: readonly number[]
  readonly weather: Weather
  readonly fault?: PlantedFault
  onNote?(at: number, words: string): void
  onStarted(desk: DeskComputer): void
  onDied(desk: DeskComputer): void
  onTaken(desk: DeskComputer): void
}

// What is tried here is the order of statements, not the disk.
const where = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
// An idle desk meets every ten minutes, and one without a link asks every fifteen seconds: of a hundred such questions in a row
// each is like the other, so most come later than was asked. What is shorter comes to the millisecond.
const longTimerMs = 7_000

export async function makeWorld(plan: WorldPlan): Promise<World> {
  const place = mkdtempSync(join(where, 'bt1022-simulation-'))
  const timeline = openTimeline(plan.firstAt, (failure) => failure instanceof Died, plan.onNote)
  const ledger = openLedger()
  // Each part draws from a sequence of its own, so that one more draw here changes nothing there.
  const chances = (part: number) => chanceOf(plan.seed * 1_009 + part)
  let ids = 0
  let last = ''
  const newId = () => {
    ids += 1
    last = `01990000-0000-7000-8000-${String(ids).padStart(12, '0')}`
    return last
  }
  let isHealed = false
  const host = await openHost({
    place,
    timeline,
    chance: chances(1),
    skews: plan.serverSkews,
    firstAt: plan.firstAt,
    fault: plan.fault ?? null,
    newId,
  })
  const networkChance = chances(2)
  const slackChance = chances(3)
  const server = () => {
    const alive = host.alive()
    return alive.length === 0 ? null : networkChance.pick(alive)
  }
  const desks = Array.from({ length: plan.desks }, (_, index): DeskComputer => {
    const name = `desk-${index + 1}`
    return openComputer({
      name,
      place,
      timeline,
      chance: chances(10 + index),
      line: openLine({ name, timeline, chance: networkChance, weather: plan.weather, server }),
      fault: plan.fault ?? null,
      newId,
      slack: (milliseconds) =>
        isHealed || milliseconds < longTimerMs || slackChance.percent(20)
          ? milliseconds
          : milliseconds * slackChance.between(1, milliseconds < 120_000 ? 2_000 : 400),
      onStarted: plan.onStarted,
      onDied: plan.onDied,
      onTaken: plan.onTaken,
      onBug: (error) => ledger.break(`${name}: ${error instanceof Error ? error.stack : String(error)}`),
    })
  })
  return {
    timeline,
    chance: chances(0),
    host,
    desks,
    ledger,
    firstAt: plan.firstAt,
    newId,
    lastId: () => last,
    heal() {
      isHealed = true
      host.disarm()
      for (const { line, mortal } of desks) {
        line.setWeather(calm)
        line.mend()
        mortal?.disarm()
      }
    },
    async end() {
      for (const desk of desks) desk.close()
      host.stopAll()
      await timeline.runTo(timeline.now())
      rmSync(place, { recursive: true, force: true })
    },
  }
}
