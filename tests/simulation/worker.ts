import { parentPort } from 'node:worker_threads'
import { Died } from './mortality.ts'
import { plantedFaults } from './planted-faults.ts'
import { type Outcome, runSeed } from './run-seed.ts'

/** What one of several threads is given to do; a fault by its words. */
export interface Job {
  readonly seed: number
  readonly fault: string | null
}

const port = parentPort!
const stray: string[] = []
// What a process had still to say when it died is said to nobody.
process.on('unhandledRejection', (failure: unknown) => {
  if (!(failure instanceof Died)) stray.push(`nobody caught: ${wordsOf(failure)}`)
})

port.on('message', ({ seed, fault: what }: Job) => {
  const fault = plantedFaults.find((each) => each.what === what)
  runSeed(seed, fault === undefined ? {} : { fault }).then(
    (outcome) => port.postMessage({ ...outcome, broken: [...outcome.broken, ...stray.splice(0)] }),
    (failure: unknown) => port.postMessage(fallen(seed, failure)),
  )
})

function fallen(seed: number, failure: unknown): Outcome {
  const nothing = { steps: 0, events: 0, done: 0, told: 0, refused: 0, deskDeaths: 0, serverDeaths: 0 }
  const counts = { ...nothing, wipes: 0, restored: 0, withoutRegister: 0 }
  return { seed, broken: [wordsOf(failure), ...stray.splice(0)], digest: '', simulatedMs: 0, counts }
}

const wordsOf = (failure: unknown): string =>
  failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)
