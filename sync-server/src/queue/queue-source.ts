import type { QueueChange, QueueSnapshot } from '../../../src-shared/api/queue.ts'

/**
 * Where the board's numbers come from. No open standard carries "calls waiting, position, agent pause", so every
 * kind of telephone exchange is an adapter behind this one interface.
 *
 * The reader subscribes first, takes a snapshot, and then applies the changes whose `seq` is greater than the
 * snapshot's. A periodic snapshot reconciles whatever was missed.
 */
export type QueueSource = {
  readonly name: string
  snapshot(): QueueSnapshot
  /** Changes in order, one call each, until the returned function is called. A listener must not throw. */
  subscribe(listener: (change: QueueChange) => void): () => void
  close(): void
}
