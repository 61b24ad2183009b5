import type { Clock } from '../clock.ts'

/**
 * How often somebody may try. Counts failures only, per key (a user name, an address); a success clears the name's.
 * In memory: a restart forgives, which costs a guesser more than it gives.
 */
export interface Attempts {
  /** Milliseconds to wait before the next try may be made, or 0. */
  waitMs(key: string): number
  failed(key: string): void
  succeeded(key: string): void
}

export function limitAttempts(clock: Clock, limit: { failures: number; withinMs: number }): Attempts {
  const failures = new Map<string, number[]>()
  const recent = (key: string): number[] => {
    const kept = (failures.get(key) ?? []).filter((at) => clock.now() - at < limit.withinMs)
    if (kept.length === 0) failures.delete(key)
    else failures.set(key, kept)
    return kept
  }
  return {
    waitMs(key) {
      const kept = recent(key)
      return kept.length < limit.failures ? 0 : Math.max(0, kept[0]! + limit.withinMs - clock.now())
    },
    failed(key) {
      failures.set(key, [...recent(key), clock.now()])
      if (failures.size > 10_000) for (const other of failures.keys()) recent(other)
    },
    succeeded: (key) => void failures.delete(key),
  }
}
