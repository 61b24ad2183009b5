/**
 * When the desk last knew that it has everything, epoch milliseconds of the right time: the age of what is shown without a link.
 * Written down once a minute, for each writing waits for the disk; a desk that is killed takes what it has for a minute older.
 */
export interface LastSync {
  at(): number | null
  now(): void
  /** Before the store is closed. */
  keep(): void
}

const keptEveryMs = 60_000

export function openLastSync(
  held: {
    readonly at: number | null
    /** Writes it down; false where it cannot. */
    keep(at: number): boolean
  },
  now: () => number,
): LastSync {
  let kept = held.at
  let last = kept
  const keep = () => {
    if (last !== null && last !== kept && held.keep(last)) kept = last
  }
  return {
    at: () => last,
    now() {
      last = now()
      // A clock that was put right may lie before what is kept.
      if (kept === null || Math.abs(last - kept) >= keptEveryMs) keep()
    },
    keep,
  }
}
