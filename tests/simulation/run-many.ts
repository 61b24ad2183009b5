import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Outcome } from './run-seed.ts'
import type { Job } from './worker.ts'

/** Seeds on all cores, a thread each. `onOutcome` hears of each as it is done, in whatever order; what it answers may end it. */
export async function runMany(
  seeds: readonly number[],
  // biome-ignore lint/suspicious/noConfusingVoidType: most answer nothing
  onOutcome: (outcome: Outcome) => 'enough' | void,
  { threads = availableParallelism(), fault = null }: { threads?: number; fault?: string | null } = {},
): Promise<void> {
  let next = 0
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url))
      const give = () => {
        if (next >= seeds.length) return void worker.terminate().then(() => resolve(), reject)
        worker.postMessage({ seed: seeds[next]!, fault } satisfies Job)
        next += 1
      }
      worker.on('message', (outcome: Outcome) => {
        if (onOutcome(outcome) === 'enough') next = seeds.length
        give()
      })
      worker.on('error', reject)
      give()
    })
  await Promise.all(Array.from({ length: Math.min(threads, seeds.length) }, one))
}
