import type { CaseId } from '../../../src-shared/ids.ts'
import type { Act } from '../../../sync-server/src/cases/register.ts'
import { type Chance, chanceOf } from '../../shared/deadlines/second-clock/random.ts'
import { changeCalendar, openCase, someAct } from './kill-acts.ts'
import { brokenRules, overdueAt } from './kill-invariants.ts'
import { armed, makeWorld, type Process, type World } from './kill-world.ts'
import { Died, Fault } from './mortal-store.ts'

export interface Outcome {
  readonly seed: number
  readonly broken: readonly string[]
  readonly cases: number
  readonly deaths: number
  readonly escalations: number
  readonly reminders: number
  readonly recounts: number
}

const minuteMs = 60_000
const hourMs = 3_600_000

/**
 * Some weeks of a small province under one seed: slips come, people act, the calendar changes, clocks are put forward and back,
 * and the servers, up to three on one register, die between any two statements, by an exception or with the disk as it stands.
 * In the end everything is alive for some weeks more; what then is not so is answered.
 */
export async function runSeed(seed: number): Promise<Outcome> {
  const chance = chanceOf(seed)
  const world = await makeWorld()
  const broken: string[] = []
  let deaths = 0
  try {
    const skews = Array.from({ length: chance.between(1, 3) }, (_, i) => (i === 0 ? 0 : chance.between(-2_000, 2_000)))
    for (const skew of skews) await world.start(skew)
    const cases: CaseId[] = []
    const wanted = chance.between(2, 6)
    for (let step = 0; step < 60; step += 1) {
      moveClock(world, chance)
      const process = chance.pick(world.processes)
      if (chance.percent(35)) armed(process, chance)
      const work = pickWork(world, process, chance, cases, wanted)
      const ended = await survive(() => work(), world, process)
      if (ended !== 'done') deaths += 1
      if (ended === 'done' && process.faults.length === 0) {
        const now = world.now() + process.skewMs
        await process.reference.refresh()
        if ((await survive(() => process.keeper.tick(), world, process)) === 'done') {
          broken.push(...(await overdueAt(now, process)))
        }
      }
    }
    for (let day = 0; day < 30; day += 1) {
      world.setTo(world.now() + 13 * hourMs)
      for (const { reference, keeper } of world.processes) {
        await reference.refresh()
        await keeper.tick()
      }
    }
    const [process] = world.processes
    broken.push(...(await overdueAt(world.now() + process!.skewMs, process!)))
    broken.push(...(await brokenRules(process!.store.read, process!.reference.hours)))
    broken.push(...(await otherWhenFoldedAnew(process!)))
    const count = await countsOf(process!)
    return { seed, broken, cases: cases.length, deaths, ...count }
  } finally {
    await world.remove()
  }
}

/** Mostly some minutes or hours on; now and then a step of a clock that was set, forward or back. */
function moveClock(world: World, chance: Chance): void {
  const by = chance.percent(8)
    ? chance.between(-180, 240) * minuteMs
    : chance.percent(50)
      ? chance.between(0, 90) * minuteMs + chance.between(0, 999)
      : chance.between(1, 14) * hourMs
  world.setTo(world.now() + by)
}

function pickWork(
  world: World,
  process: Process,
  chance: Chance,
  cases: CaseId[],
  wanted: number,
): () => Promise<unknown> {
  if (cases.length < wanted && chance.percent(40)) {
    return async () => cases.push(await openCase(world, process, chance))
  }
  if (cases.length > 0 && chance.percent(30)) {
    let act: Act | null = null
    return async () => {
      // Whoever got no answer asks again with the same command.
      act ??= await someAct(world, process, chance, chance.pick(cases))
      if (act !== null) await process.register.submit(act)
    }
  }
  if (chance.percent(12)) return () => changeCalendar(world, process, chance)
  if (chance.percent(10)) return () => process.keeper.recount()
  return () => Promise.all([...world.processes, process].map(({ keeper }) => keeper.tick()))
}

/** Does it; a process that dies of it is started again, and one that was only told no goes on. */
async function survive(
  work: () => Promise<unknown>,
  world: World,
  process: Process,
): Promise<'done' | 'fault' | 'died'> {
  const failures: unknown[] = []
  await work().catch((failure: unknown) => failures.push(failure))
  // Ticks that ran beside it end before anything is opened anew.
  for (const each of [...world.processes]) await each.keeper.settled()
  process.store.disarm()
  const [failure] = failures
  if (failure !== undefined && !(failure instanceof Died) && !(failure instanceof Fault)) throw failure
  if (!process.store.isDead()) return failure === undefined ? 'done' : 'fault'
  await world.restart(process)
  return 'died'
}

/** Every read model can be made anew from the events, and is then the same. */
async function otherWhenFoldedAnew({ store, register }: Process): Promise<string[]> {
  const before = await store.read.register.openAfter('', 1_000)
  await register.rebuild()
  const after = await store.read.register.openAfter('', 1_000)
  const text = (all: typeof before) => JSON.stringify(all.map(({ state, dueAt }) => [state, dueAt]))
  return text(before) === text(after) ? [] : ['folded anew the cases are other than before']
}

async function countsOf({ store }: Process): Promise<Pick<Outcome, 'escalations' | 'reminders' | 'recounts'>> {
  const lines = await store.read.register.eventsAfter(0, 1_000_000)
  const names = lines.map(({ line }) => (JSON.parse(line) as { name: string }).name)
  const count = (...wanted: string[]) => names.filter((name) => wanted.includes(name)).length
  return {
    escalations: count('slip.escalated', 'case.became-late'),
    reminders: count('slip.due-soon'),
    recounts: count('clock.recounted'),
  }
}
