import './node-threads.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { type Chance, chanceOf } from '../shared/deadlines/second-clock/random.ts'
import { actOnCase, dealWithRefusals, sitDown, takeCall } from './desk-acts.ts'
import type { DeskComputer } from './desk-computer.ts'
import { brokenInTheEnd } from './invariants.ts'
import type { Weather } from './line.ts'
import { makeOlder } from './older-desk.ts'
import { deskPeople } from './people.ts'
import type { PlantedFault } from './planted-faults.ts'
import { beat, changeCalendar, changeRights, officerActs, orderAWipe, takeRights } from './register-acts.ts'
import { watchHistory, watchTaking } from './watching.ts'
import { makeWorld, type World } from './world.ts'

export interface Outcome {
  readonly seed: number
  readonly broken: readonly string[]
  /** Differs where anything in the history differs. */
  readonly digest: string
  readonly simulatedMs: number
  readonly counts: Counts
}

export interface Counts {
  readonly steps: number
  readonly events: number
  readonly done: number
  readonly told: number
  readonly refused: number
  readonly deskDeaths: number
  readonly serverDeaths: number
  readonly wipes: number
  readonly restored: number
  /** Desks that may hold nothing in the end. */
  readonly withoutRegister: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const days = 30
const quietMs = 3 * hourMs

/** About thirty days of a small province under one seed. What in the end is not so is answered in words. */
export async function runSeed(
  seed: number,
  { onNote, fault }: { onNote?: (at: number, words: string) => void; fault?: PlantedFault } = {},
): Promise<Outcome> {
  const chance = chanceOf(seed)
  const firstAt = fromIso(
    chance.pick(['2026-10-05T06:00:00+07:00', '2026-11-16T06:00:00+07:00', '2026-12-12T06:00:00+07:00']),
  )
  let deskDeaths = 0
  const world: World = await makeWorld({
    seed,
    firstAt,
    desks: chance.pick([2, 2, 2, 3, 3, 4]),
    serverSkews: Array.from({ length: chance.between(1, 2) }, () => chance.between(-2_000, 2_000)),
    weather: someWeather(chance),
    ...(onNote === undefined ? {} : { onNote }),
    ...(fault === undefined ? {} : { fault }),
    onStarted() {},
    onDied(desk) {
      deskDeaths += 1
      const after = chance.percent(80)
        ? chance.between(1_000, 10 * minuteMs)
        : chance.between(10 * minuteMs, 20 * hourMs)
      world.timeline.after(after, `${desk.name} starts again`, () => desk.start())
    },
    onTaken: (desk) => watchTaking(world, desk),
  })
  try {
    const staff = new Map(world.desks.map((desk) => [desk.name, staffOf(chance)]))
    planFaults(world, chance)
    planWork(world, chance, staff)
    const { timeline } = world
    await timeline.runTo(firstAt + days * dayMs - quietMs)
    await heal(world, chance, staff)
    const broken = await brokenInTheEnd(world)
    const [server] = world.host.alive()
    const events = (await server?.store.read.register.lastSeq()) ?? 0
    for (const line of (await server?.store.read.register.eventsAfter(0, 1_000_000)) ?? []) timeline.note(line.line)
    const counts = {
      steps: timeline.steps,
      events,
      done: world.ledger.done.size,
      told: world.ledger.told.size,
      refused: world.ledger.dismissed.size,
      deskDeaths,
      serverDeaths: world.host.deaths,
      wipes: world.desks.reduce((sum, desk) => sum + desk.life, 0),
      restored: world.host.restored,
      withoutRegister: world.desks.filter(({ process }) => process?.inStep.backlog.holds() === 'nothing').length,
    }
    return { seed, broken, digest: timeline.digest(), simulatedMs: timeline.now() - firstAt, counts }
  } finally {
    await world.end()
  }
}

const someWeather = (chance: Chance): Weather => ({
  lostRequests: chance.between(0, 10),
  lostAnswers: chance.between(0, 15),
  repeats: chance.between(0, 12),
  cutBodies: chance.between(0, 25),
  silentSockets: chance.between(0, 30),
  slowestMs: chance.pick([200, 900, 4_000]),
})

function planFaults(world: World, chance: Chance): void {
  const { timeline, host, desks, firstAt } = world
  const some = (count: number, what: string, work: () => unknown) => {
    for (let i = 0; i < count; i += 1) timeline.at(firstAt + chance.between(0, days * dayMs - 2 * quietMs), what, work)
  }
  host.startAll()
  some(chance.between(1, 6), 'a server is to die', () =>
    host.arm(chance.between(1, 150), chance.percent(60) ? 'process' : 'power'),
  )
  for (const desk of desks) {
    if (chance.percent(60)) desk.skewMs = chance.between(-3 * dayMs, 3 * dayMs)
    // One that comes late takes the register from a snapshot.
    const late = chance.percent(25) ? 12 * dayMs : 2 * hourMs
    timeline.after(chance.between(0, late), `${desk.name} starts`, () => desk.start())
    some(chance.between(1, 4), `${desk.name} is to die`, () => desk.mortal?.arm(chance.between(1, 400)))
    some(chance.between(0, 2), `${desk.name} is killed`, () => desk.mortal?.kill())
    some(chance.between(1, 4), `${desk.name} loses its line`, () => desk.line.cut(timeline.now() + outageMs(chance)))
    some(chance.between(1, 4), `${desk.name} is switched off`, () => {
      desk.close()
      // Between two days another version may be installed.
      if (chance.percent(15)) {
        world.ledger.updatedAt.set(desk.name, timeline.now())
        desk.tamper((folder) => makeOlder(folder, chance.pick([1, 2])))
      }
      timeline.after(chance.between(minuteMs, 14 * hourMs), `${desk.name} is switched on`, () => desk.start())
    })
    some(chance.between(0, 2), `the clock of ${desk.name} is set`, () => {
      if (!desk.isUpright()) return
      desk.skewMs = chance.between(-3 * dayMs, 3 * dayMs)
      // A desk looks every second.
      timeline.after(1_000, `${desk.name} sees its clock`, () => desk.process?.lookAtClock())
    })
  }
}

const outageMs = (chance: Chance): number => {
  if (chance.percent(30)) return chance.between(1_000, 30 * minuteMs)
  return chance.percent(70) ? chance.between(30 * minuteMs, 8 * hourMs) : chance.between(8 * hourMs, 26 * hourMs)
}

/** Names of those who sit at one desk by turns. */
type Staff = ReadonlyMap<string, readonly string[]>

/** At some desks anybody may sit; at others one or two, and when they lose the right the desk may hold nothing. */
function staffOf(chance: Chance): string[] {
  const [, ...others] = deskPeople.map(({ username }) => username)
  if (chance.percent(60)) return deskPeople.map(({ username }) => username)
  return [chance.pick(others), chance.pick(others)]
}

function planWork(world: World, chance: Chance, staff: Staff): void {
  const { timeline, firstAt } = world
  const burst = (at: number) => {
    const acts = chance.between(3, 8)
    for (let act = 0; act < acts; act += 1) {
      const desk = chance.pick(world.desks)
      const after = chance.between(0, 40 * minuteMs)
      timeline.at(at + after, `somebody at ${desk.name}`, () => someAct(world, desk, chance, staff))
    }
  }
  for (let at = firstAt; at < firstAt + days * dayMs; at += chance.between(4 * hourMs, 30 * hourMs)) {
    timeline.at(at, 'a second of the servers', async () => {
      await beat(world)
      await watchHistory(world)
    })
  }
  const bursts = chance.between(5, 8)
  for (let i = 0; i < bursts; i += 1) burst(firstAt + chance.between(hourMs, days * dayMs - 2 * quietMs))
  const rare = (count: number, what: string, work: () => unknown) => {
    for (let i = 0; i < count; i += 1) timeline.at(firstAt + chance.between(0, days * dayMs - 2 * quietMs), what, work)
  }
  rare(chance.between(0, 5), 'rights change', () => changeRights(world))
  rare(chance.between(0, 2), 'the calendar changes', () => changeCalendar(world))
  rare(chance.percent(40) ? chance.between(1, 2) : 0, 'a desk is lost', () => {
    const there = world.desks.filter(({ process }) => process !== null)
    return there.length === 0 ? undefined : orderAWipe(world, chance.pick(there).process!.deskId)
  })
  if (!chance.percent(30)) return
  // What is done between the backup and the loss is what there is to lose.
  const backUpAt = firstAt + chance.between(dayMs, (days - 5) * dayMs)
  const lostAt = backUpAt + chance.between(hourMs, 4 * dayMs)
  burst(backUpAt + chance.between(0, lostAt - backUpAt - 40 * minuteMs))
  timeline.at(backUpAt, 'a backup', () => world.host.backUp())
  timeline.at(lostAt, 'the register is lost', () => world.host.restore())
}

function someAct(world: World, desk: DeskComputer, chance: Chance, staff: Staff): unknown {
  if (chance.percent(12)) return officerActs(world)
  const { process } = desk
  if (process === null) return undefined
  if (process.session.account() === null || process.session.token() === null || chance.percent(15)) {
    return sitDown(desk, chance.pick(staff.get(desk.name)!)).then(() => someWork(world, desk, chance))
  }
  return someWork(world, desk, chance)
}

function someWork(world: World, desk: DeskComputer, chance: Chance): void {
  if (chance.percent(8)) dealWithRefusals(world, desk)
  if (chance.percent(45)) takeCall(world, desk)
  else for (let i = chance.between(1, 3); i > 0; i -= 1) actOnCase(world, desk, chance)
}

/** Everything is up, somebody sits everywhere, and nobody does anything any more. */
async function heal(world: World, chance: Chance, staff: Staff): Promise<void> {
  const { timeline, host, desks } = world
  world.heal()
  host.startAll()
  const from = timeline.now()
  for (const desk of desks) {
    timeline.at(from + chance.between(0, minuteMs), `${desk.name} is up`, () => desk.start())
    const own = staff.get(desk.name)!
    const anybody = own.length > 2 ? ['an'] : [...own, 'hoa']
    // Where nobody of them may see the cases any more, an administrator who comes in hears that nothing is to be held.
    if (own.length <= 2 && chance.percent(60)) {
      timeline.at(from + 90_000, `who sits at ${desk.name} loses the right`, () => takeRights(world, own))
    }
    // A timer that was to come late may be hours away.
    for (const minute of [1, 45]) {
      timeline.at(from + minute * minuteMs, `${desk.name} meets`, () => desk.process?.remind())
    }
    for (const [turn, minute] of [2, 10, 20, 30].entries()) {
      timeline.at(from + minute * minuteMs, `${desk.name} is manned`, async () => {
        const isEmpty = desk.process?.session.token() === null
        if (isEmpty) await sitDown(desk, anybody[turn % anybody.length]!)
      })
    }
  }
  for (const minute of [3, 20, 60]) timeline.at(from + minute * minuteMs, 'a second of the servers', () => beat(world))
  await timeline.runTo(from + quietMs)
}
