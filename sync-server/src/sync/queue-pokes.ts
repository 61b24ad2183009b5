import type { QueueSource } from '../queue/queue-source.ts'
import type { PokeHub } from './poke-hub.ts'

const togetherMs = 50
const reconcileMs = 15_000

/** Changes of the line that come together go out together; a periodic snapshot reconciles whoever missed one. */
export function pokeQueue(source: QueueSource, pokes: PokeHub): () => void {
  let pending: NodeJS.Timeout | null = null
  const send = () => {
    pending = null
    pokes.queue(source.snapshot())
  }
  const unsubscribe = source.subscribe(() => {
    pending ??= setTimeout(send, togetherMs).unref()
  })
  const periodic = setInterval(send, reconcileMs).unref()
  return () => {
    unsubscribe()
    clearInterval(periodic)
    if (pending !== null) clearTimeout(pending)
  }
}
