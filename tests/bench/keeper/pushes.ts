import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Town } from './town.ts'

interface Waits {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/**
 * A new call's write before the burst and during it: one after another, 25 ms after the answer to the last, as from a room in which
 * somebody always writes. The server is a thread of its own: who asks must not be held up by who answers.
 */
export async function pushesDuring(town: Town): Promise<{ idle: Waits; during: Waits; count: number }> {
  const file = town.copy()
  const server = new Worker(fileURLToPath(import.meta.resolve('./push-server.ts')), {
    workerData: { file, at: town.dueAt + 1000 },
  })
  await once(server, 'message')
  let isDrained = false
  let answered: () => void = () => undefined
  server.on('message', (message: 'answered' | 'drained') => {
    if (message === 'drained') isDrained = true
    else answered()
  })
  let n = 0
  const series = async (goOn: (asked: number) => boolean): Promise<number[]> => {
    const waits: number[] = []
    while (goOn(waits.length)) {
      await new Promise((done) => setTimeout(done, 25))
      n += 1
      const from = performance.now()
      const answer = new Promise<void>((done) => {
        answered = done
      })
      server.postMessage({ n })
      await answer
      waits.push(performance.now() - from)
    }
    return waits
  }
  await series((asked) => asked < 50)
  const idle = await series((asked) => asked < 400)
  server.postMessage('drain')
  const during = await series((asked) => !isDrained && asked < 400)
  await server.terminate()
  town.drop(file)
  return { idle: waitsOf(idle), during: waitsOf(during), count: during.length }
}

function waitsOf(values: readonly number[]): Waits {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1)! }
}
