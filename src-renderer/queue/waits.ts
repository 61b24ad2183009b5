import type { WaitingCall } from '../../src-shared/api/queue.ts'
import { elapsed } from '../deadlines/times.ts'

/** `02:14` of the one who has waited longest; a dash when nobody waits. */
export function longestWait(waiting: readonly WaitingCall[], at: number): string {
  const first = waiting.reduce<WaitingCall | null>(
    (oldest, call) => (oldest === null || call.since < oldest.since ? call : oldest),
    null,
  )
  return first === null ? '–' : elapsed(first.since, at)
}
