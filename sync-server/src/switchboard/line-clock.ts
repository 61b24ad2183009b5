/** Time as an argument: `now()` in milliseconds of the epoch, `after` runs once and returns its own undoing. */
export type LineClock = {
  now(): number
  after(delayMs: number, run: () => void): () => void
}

/** The machine's timers behind a given `now`. The timers keep no process alive. */
export function lineClock(now: () => number): LineClock {
  return {
    now,
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs)
      timer.unref()
      return () => clearTimeout(timer)
    },
  }
}
