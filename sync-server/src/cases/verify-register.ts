import { type ChainEnd, linkProblem, noChain } from '../../../src-shared/cases/chain.ts'
import { parseRegisteredEvent } from '../../../src-shared/cases/events.ts'
import { sha256Hex } from '../auth/hashes.ts'
import type { Reading } from '../store/store.ts'
import { nextDayHead } from './chain-on.ts'

export type RegisterVerdict =
  | { readonly ok: true; readonly events: number; readonly cases: number; readonly days: number }
  | { readonly ok: false; readonly problem: string }

/**
 * Recomputes every number, every case's chain and every day's chain from the events alone (S4 Đ.7, #41). Of each case only the end of
 * its chain is kept meanwhile: a register of years is not held in memory.
 */
export async function verifyRegister({ register }: Reading): Promise<RegisterVerdict> {
  const ends = new Map<string, ChainEnd>()
  let broken: string | null = null
  const heads = await register.dayHeads()
  let head = ''
  let cursor = 0
  let day = 0
  for (;;) {
    const page = await register.eventsAfter(cursor, 2_000)
    if (page.length === 0) break
    for (const { seq, line } of page) {
      const event = parseRegisteredEvent(JSON.parse(line))
      if (seq !== cursor + 1 || event.seq !== seq) return { ok: false, problem: `event ${cursor + 1} is missing` }
      cursor = seq
      const end = ends.get(event.caseId) ?? noChain
      const problem = linkProblem(end, event, sha256Hex)
      if (problem !== null) broken ??= `case ${event.caseId}, event ${event.caseSeq}: ${problem}`
      ends.set(event.caseId, { head: event.hash, count: end.count + 1 })
      head = nextDayHead(head, event.hash)
      const expected = heads[day]
      if (expected === undefined) return { ok: false, problem: `event ${seq} belongs to no day` }
      if (seq === expected.lastSeq) {
        if (head !== expected.head) return { ok: false, problem: `the day ${expected.day} has another head` }
        day += 1
      }
    }
  }
  if (broken !== null) return { ok: false, problem: broken }
  for (const [caseId, { head: last }] of ends) {
    const stored = await register.case(caseId)
    if (stored?.headHash !== last) return { ok: false, problem: `case ${caseId}: its head is not the stored one` }
  }
  if (day !== heads.length) return { ok: false, problem: `the day ${heads[day]!.day} has lost events` }
  return { ok: true, events: cursor, cases: ends.size, days: day }
}
