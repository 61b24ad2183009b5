import { toIso } from '../../../src-shared/deadlines/instants.ts'
import type { Clock } from '../clock.ts'
import type { Reading } from '../store/store.ts'

const pageRows = 500

/**
 * The register after a cursor as NDJSON, and last where it ended (S8, S9): in pages, so that a slow reader holds 500 lines in
 * memory and not 100,000.
 */
export async function* eventLines(
  { register }: Pick<Reading, 'register'>,
  clock: Clock,
  from: number,
  limit: number,
): AsyncGenerator<string> {
  // Read once: a stream that chased new events could not end.
  const upTo = await register.lastSeq()
  let cursor = from
  let left = limit
  while (left > 0 && cursor < upTo) {
    const rows = await register.eventsAfter(cursor, Math.min(pageRows, left))
    const known = rows.filter((row) => row.seq <= upTo)
    if (known.length === 0) break
    cursor = known.at(-1)!.seq
    left -= known.length
    yield `${known.map((row) => row.line).join('\n')}\n`
  }
  yield `${JSON.stringify({ end: { cursor, hasMore: cursor < upTo, now: toIso(clock.now()) } })}\n`
}
