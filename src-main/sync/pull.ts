import type { RegisteredEvent } from '../../src-shared/cases/events.ts'
import type { DeskClock } from './desk-clock.ts'
import { Unreachable } from './failures.ts'
import type { SyncApi } from './sync-api.ts'

/** One long stream rather than many questions: what came before a cut is kept, so its length costs nothing. */
const longest = 100_000

/**
 * Takes what is new, in the register's order, until the server says that this is all (S8, S9). A stream that was cut is asked
 * for again from the last event that came; only one that brought nothing at all is a failure.
 */
export async function pullAll(parts: {
  readonly api: Pick<SyncApi, 'pull'>
  readonly clock: Pick<DeskClock, 'wall' | 'seen'>
  cursor(): number
  onEvents(events: readonly RegisteredEvent[], cursor: number): void | Promise<void>
  isOver(): boolean
}): Promise<void> {
  for (;;) {
    const from = parts.cursor()
    const askedAt = parts.clock.wall()
    const end = await parts.api.pull(from, longest, (events) => {
      const last = events.at(-1)
      return last === undefined ? undefined : parts.onEvents(events, last.seq)
    })
    if (parts.isOver()) return
    if (end === null) {
      if (parts.cursor() === from) throw new Unreachable('the stream of events was cut')
      continue
    }
    parts.clock.seen(Date.parse(end.now), askedAt)
    if (!end.hasMore) return
  }
}
