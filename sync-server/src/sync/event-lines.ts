import { toIso } from '../../../src-shared/deadlines/instants.ts'
import type { Clock } from '../clock.ts'
import type { Reading } from '../store/store.ts'

/** A cut loses what has come of a page (S9): some eighty kilobytes of text, and ten on the wire. */
const pageRows = 100

export interface LinePage {
  /** Whole lines: text, or the UTF-8 of it where the store has that. */
  readonly lines: string | Uint8Array
  readonly isLast: boolean
}

/**
 * The register after a cursor as NDJSON, and last where it ended (S8, S9): in pages, so that a slow reader holds 100 lines in
 * memory and not 100,000, and other requests have their turn in between.
 */
export async function* eventLines(
  { register }: Pick<Reading, 'register'>,
  clock: Clock,
  from: number,
  limit: number,
): AsyncGenerator<LinePage> {
  // Read once: a stream that chased new events could not end.
  const newest = await register.lastSeq()
  const upTo = Math.min(newest, from + limit)
  let cursor = from
  while (cursor < upTo) {
    const to = Math.min(cursor + pageRows, upTo)
    const lines = await register.linesBetween(cursor, to)
    cursor = to
    yield { lines, isLast: false }
  }
  const end = { cursor, hasMore: cursor < newest, now: toIso(clock.now()) }
  yield { lines: `${JSON.stringify({ end })}\n`, isLast: true }
}
