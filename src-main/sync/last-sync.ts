import type { Meta } from '../store/meta.ts'

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

export function openLastSync(meta: Meta, now: () => number): LastSync {
  let kept = meta.getNumber('last_sync_at')
  let last = kept
  const keep = () => {
    if (last === kept) return
    kept = last
    meta.set('last_sync_at', kept)
  }
  return {
    at: () => (last === 0 ? null : last),
    now() {
      last = now()
      // A clock that was put right may lie before what is kept.
      if (Math.abs(last - kept) >= keptEveryMs) keep()
    },
    keep,
  }
}
