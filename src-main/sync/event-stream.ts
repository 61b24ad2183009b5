import type { Readable } from 'node:stream'
import { type PullEnd, pullEndSchema } from '../../src-shared/api/sync.ts'
import { type RegisteredEvent, readRegisteredLine } from '../../src-shared/cases/events.ts'

/** So many are handed over together at most: a transaction of this size pays for its sync of the disk. */
const most = 2_000
/** What has come is handed over after so long, also where the line is slow; on a busy computer not sooner than the last took to keep. */
const longestMs = 50
const newline = 0x0a

/**
 * Reads the register's stream (S9): whole lines, in order, handed over some at a time; what the reader does with them holds the
 * stream back, so that no more of it is in memory than one such batch and what the line holds.
 * @returns the end line, or null when the stream was cut before it.
 * @throws ZodError for a whole line that is no event: a fault of a program, not of the line.
 */
export async function readEvents(
  body: Readable,
  onEvents: (events: readonly RegisteredEvent[]) => void | Promise<void>,
): Promise<PullEnd | null> {
  let events: RegisteredEvent[] = []
  let since = performance.now()
  let patienceMs = longestMs
  const handOver = async () => {
    const from = performance.now()
    const some = events
    events = []
    if (some.length > 0) await onEvents(some)
    since = performance.now()
    patienceMs = Math.max(longestMs, since - from)
  }
  let end: PullEnd | null = null
  for await (const lines of wholeLines(body)) {
    for (const line of lines) {
      // Read on to the last byte after the end line too: only then the connection can be kept.
      if (line === '' || end !== null) continue
      end = endOf(line)
      if (end === null) events.push(readRegisteredLine(line))
      if (events.length >= most) await handOver()
    }
    if (performance.now() - since >= patienceMs) await handOver()
  }
  await handOver()
  return end
}

/** Only the last line begins so: an event's own keys come in the order of their names. */
const endOf = (line: string): PullEnd | null =>
  line.startsWith('{"end"') ? pullEndSchema.parse(JSON.parse(line)).end : null

/** The lines of each chunk that are whole; a cut ends them, and so does what a cut leaves of a compressed stream. */
async function* wholeLines(body: Readable): AsyncGenerator<string[]> {
  const rest: Buffer[] = []
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      const at = chunk.lastIndexOf(newline)
      if (at < 0) {
        rest.push(chunk)
        continue
      }
      const whole = Buffer.concat([...rest, chunk.subarray(0, at)]).toString('utf8')
      rest.length = 0
      if (at + 1 < chunk.length) rest.push(chunk.subarray(at + 1))
      yield whole.split('\n')
    }
  } catch {
    // The line was cut; what came whole stands.
  }
}
