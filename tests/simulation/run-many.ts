import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Outcome } from './run-seed.ts'

/** Seeds on all cores, a thread each. `onOutcome` hears of each as it is done, in whatever order. */
export async function runMany(
  seeds: readonly number[],
  onOutcome: (outcome: Outcome) => void,
  threads = availableParallelism(),
): Promise<void> {
  let next = 0
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url))
      const give = () => {
        if (next >= seeds.length) return void worker.terminate().then(() => resolve(), reject)
        worker.postMessage(seeds[next])
        next += 1
      }
      worker.on('message', (outcome: Outcome) => {
        onOutcome(outcome)
        give()
      })
      worker.on('error', reject)
      give()
    })
  await Promise.all(Array.from({ length: Math.min(threads, seeds.length) }, one))
}
