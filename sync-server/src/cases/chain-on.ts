import { canonicalJson, chainInput, chainStart } from '../../../src-shared/cases/chain.ts'
import type { CaseEvent, RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { fromIso, localTimeOf } from '../../../src-shared/deadlines/instants.ts'
import { sha256Hex } from '../auth/hashes.ts'
import type { StoredCase, Writing } from '../store/store.ts'

/**
 * Numbers events in commit order and links them into two chains: the case's own, which a stranger with one case file can
 * verify, and the server day's, over all cases, whose head of yesterday can be printed and kept elsewhere.
 */
export async function chainOn(
  events: readonly CaseEvent[],
  before: StoredCase | null,
  { tx, now }: { tx: Writing; now: number },
): Promise<RegisteredEvent[]> {
  let seq = await tx.register.takeSeq(events.length)
  let caseSeq = before?.state.version ?? 0
  let prevHash = before?.headHash ?? chainStart
  const registered: RegisteredEvent[] = []
  for (const event of events) {
    caseSeq += 1
    const numbered = { ...event, seq, caseSeq }
    const hash = sha256Hex(chainInput(prevHash, numbered))
    registered.push({ ...numbered, prevHash, hash })
    prevHash = hash
    seq += 1
  }
  const day = dayOf(now)
  await tx.register.appendEvents(
    registered.map((event) => ({ event, at: fromIso(event.at), day, line: canonicalJson(event) })),
  )
  await extendDay(day, registered, tx)
  return registered
}

/** `head = sha256(previous head + "\n" + event hash)`; a day begins with the head of the day before it. */
export const nextDayHead = (head: string, eventHash: string): string => sha256Hex(`${head}\n${eventHash}`)

async function extendDay(day: string, events: readonly RegisteredEvent[], tx: Writing): Promise<void> {
  const latest = await tx.register.latestDayHead()
  let head = latest?.head ?? ''
  for (const event of events) head = nextDayHead(head, event.hash)
  // A clock put back must not reopen a day that is over: the latest day goes on.
  const isSame = latest !== null && latest.day >= day
  await tx.register.putDayHead({
    day: isSame ? latest.day : day,
    firstSeq: isSame ? latest.firstSeq : events[0]!.seq,
    lastSeq: events.at(-1)!.seq,
    head,
  })
}

function dayOf(now: number): string {
  const { year, month, day } = localTimeOf(now)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
