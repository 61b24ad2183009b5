import { chainInput, chainStart } from '../../../src-shared/cases/chain.ts'
import type { CaseEvent, RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { sha256Hex } from '../auth/hashes.ts'
import type { StoredCase } from '../store/store.ts'
import type { Bench } from './bench.ts'

/**
 * Numbers events in commit order and links them into two chains: the case's own, which a stranger with one case file can
 * verify, and the server day's, over all cases, whose head of yesterday can be printed and kept elsewhere.
 */
export async function chainOn(
  events: readonly CaseEvent[],
  before: StoredCase | null,
  { tx, now, day, numbers }: Pick<Bench, 'tx' | 'now' | 'day' | 'numbers'>,
): Promise<RegisteredEvent[]> {
  let seq = await numbers.takeSeq(events.length)
  let caseSeq = before?.state.version ?? 0
  let prevHash = before?.headHash ?? chainStart
  const registered: RegisteredEvent[] = []
  const rows: { event: RegisteredEvent; at: number; day: string; line: string }[] = []
  for (const body of events) {
    caseSeq += 1
    const numbered = { ...body, seq, caseSeq }
    const input = chainInput(prevHash, numbered)
    const hash = sha256Hex(input)
    const event: RegisteredEvent = { ...numbered, prevHash, hash }
    registered.push(event)
    rows.push({ event, at: now, day, line: withHashes(input.slice(prevHash.length + 1), hash, prevHash) })
    prevHash = hash
    seq += 1
  }
  await tx.register.appendEvents(rows)
  await numbers.linkDay(day, registered)
  return registered
}

/** `head = sha256(previous head + "\n" + event hash)`; a day begins with the head of the day before it. */
export const nextDayHead = (head: string, eventHash: string): string => sha256Hex(`${head}\n${eventHash}`)

/**
 * The canonical text of an event with its two hashes, made of the text without them: spelling it out twice costs more than
 * hashing it. What a person wrote stands in `data`, before the last `madeAt` and `seq`, so it cannot be taken for them.
 */
export function withHashes(canonical: string, hash: string, prevHash: string): string {
  const madeAt = canonical.lastIndexOf(',"madeAt":')
  const seq = canonical.lastIndexOf(',"seq":')
  if (madeAt < 0 || seq < madeAt) throw new Error('an event without its places in the chain')
  const middle = canonical.slice(madeAt, seq)
  return `${canonical.slice(0, madeAt)},"hash":"${hash}"${middle},"prevHash":"${prevHash}"${canonical.slice(seq)}`
}
