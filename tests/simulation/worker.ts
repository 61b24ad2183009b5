import { parentPort } from 'node:worker_threads'
import { type Outcome, runSeed } from './run-seed.ts'

/** One of several threads: it is given a seed, and answers what became of it. */
const port = parentPort!
port.on('message', (seed: number) => {
  runSeed(seed).then(
    (outcome) => port.postMessage(outcome),
    (failure: unknown) => port.postMessage(fallen(seed, failure)),
  )
})

function fallen(seed: number, failure: unknown): Outcome {
  const counts = {
    steps: 0,
    events: 0,
    done: 0,
    told: 0,
    refused: 0,
    deskDeaths: 0,
    serverDeaths: 0,
    wipes: 0,
    restored: 0,
  }
  const broken = [failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)]
  return { seed, broken, digest: '', simulatedMs: 0, counts }
}
