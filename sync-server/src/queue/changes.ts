import type { QueueChange, QueueEvent } from '../../../src-shared/api/queue.ts'

/** The numbered stream of changes that every source must keep; numbers start at 1 and have no gaps. */
export class Changes {
  #seq = 0
  #lastAt: number
  #listeners = new Set<(change: QueueChange) => void>()
  #now: () => number
  #onListenerError: (error: unknown) => void

  constructor(now: () => number, onListenerError: (error: unknown) => void) {
    this.#now = now
    this.#lastAt = now()
    this.#onListenerError = onListenerError
  }

  get seq(): number {
    return this.#seq
  }

  /** Instant of the last change, in milliseconds of the epoch. */
  get lastAt(): number {
    return this.#lastAt
  }

  append(event: QueueEvent): void {
    this.#seq += 1
    this.#lastAt = this.#now()
    const change: QueueChange = { seq: this.#seq, at: new Date(this.#lastAt).toISOString(), event }
    for (const listener of [...this.#listeners]) {
      // A reader that fails must not end a call: the stream stands between the line and its readers.
      try {
        listener(change)
      } catch (error) {
        this.#onListenerError(error)
      }
    }
  }

  subscribe(listener: (change: QueueChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  clear(): void {
    this.#listeners.clear()
  }
}
