/** A clock that a test moves by hand. A wait of 0 ms runs as soon as the present work is done, as with a real timer. */
export class HandClock {
  #nowMs: number
  #waits = new Set<{ at: number; run: () => void }>()

  constructor(startsAt: string) {
    this.#nowMs = Date.parse(startsAt)
  }

  now(): number {
    return this.#nowMs
  }

  after(delayMs: number, run: () => void): () => void {
    if (delayMs === 0) {
      const immediate = setImmediate(run)
      return () => clearImmediate(immediate)
    }
    const wait = { at: this.#nowMs + delayMs, run }
    this.#waits.add(wait)
    return () => this.#waits.delete(wait)
  }

  advanceSeconds(seconds: number): void {
    const end = this.#nowMs + seconds * 1000
    for (;;) {
      const due = [...this.#waits].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      this.#waits.delete(due)
      this.#nowMs = Math.max(this.#nowMs, due.at)
      due.run()
    }
    this.#nowMs = end
  }
}
