import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import type { RegisterReading } from '../store/store.ts'

const pageSize = 2_000
const together = 20
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

/** In a line of the register this can only be the event's own name: inside a text every quotation mark is escaped. */
const received = '"name":"slip.received"'

/**
 * The journals of all cases of which an agency received a slip, up to the event `seq` and no further, one after the other: one
 * page and one case are in memory at a time, and every few cases the telephone has its turn.
 * @param isWanted asked of the event that brought the first slip, before the rest of the case is read.
 */
export async function* pastCases(
  register: Pick<RegisterReading, 'eventsAfter' | 'eventsOfCase'>,
  seq: number,
  isWanted: (first: RegisteredEvent) => boolean = () => true,
): AsyncGenerator<readonly RegisteredEvent[]> {
  let taken = 0
  for (let cursor = 0; cursor < seq; ) {
    const page = await register.eventsAfter(cursor, pageSize)
    if (page.length === 0) return
    for (const line of page) {
      if (line.seq > seq) return
      if (!line.line.includes(received)) continue
      const event = JSON.parse(line.line) as RegisteredEvent
      if (!isWanted(event)) continue
      taken += 1
      if (taken % together === 0) await breathe()
      const journal = await journalOf(register, event.caseId, seq)
      // A second slip of the same case: it was handed over with the first.
      if (journal.find(({ name }) => name === 'slip.received')?.seq === event.seq) yield journal
    }
    cursor = page.at(-1)!.seq
    await breathe()
  }
}

async function journalOf(
  register: Pick<RegisterReading, 'eventsOfCase'>,
  caseId: string,
  seq: number,
): Promise<RegisteredEvent[]> {
  const lines = await register.eventsOfCase(caseId)
  return lines.filter((line) => line.seq <= seq).map(({ line }) => JSON.parse(line) as RegisteredEvent)
}
