import type { Store } from '../store/store.ts'

/** So many at a time: the desk answers its windows in between. */
const together = 50

export interface Indexing {
  /** There may be something to index. */
  wake(): void
  /** Cases that a search does not find yet, as it was counted last. */
  left(): number
  stop(): void
}

/** S34: the search index is made behind the stream, a slice at a time. */
export function startIndexing(
  store: Pick<Store, 'index' | 'transaction'>,
  parts: {
    /** Runs when nothing else wants to run. */
    soon(work: () => void): void
    /** Whether one transaction may take some more: each costs a sync of the disk. Without it, it may not. */
    slice?(): () => boolean
    onProgress(left: number): void
    onFailed(error: unknown): void
  },
): Indexing {
  let isRunning = false
  let isStopped = false
  let left = 0
  const tell = (next: number) => {
    if (next === left) return
    left = next
    parts.onProgress(left)
  }
  let slices = 0
  const slice = () => {
    if (isStopped) return
    try {
      const isMore = store.transaction(() => {
        const mayGoOn = parts.slice?.() ?? (() => false)
        while (store.index.some(together)) if (!mayGoOn()) return true
        return false
      })
      slices += 1
      // Counting is work too.
      if (!isMore || slices % 20 === 1) tell(store.index.left())
      if (isMore) return parts.soon(slice)
    } catch (error) {
      // No room, or a torn page: the next event wakes it again.
      parts.onFailed(error)
    }
    isRunning = false
  }
  return {
    wake() {
      if (isRunning || isStopped) return
      isRunning = true
      slices = 0
      parts.soon(slice)
    },
    left: () => left,
    stop() {
      isStopped = true
    },
  }
}
