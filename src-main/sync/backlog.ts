import type { LeasedBlock, PushResult } from '../../src-shared/api/sync.ts'
import type { Command } from '../../src-shared/cases/commands.ts'
import type { Store } from '../store/store.ts'

/** Below this many codes a new block is asked for: enough for a shift without a link. */
const renewBelow = 60
const blockSize = 120

/** What the engine sends and asks for, out of the store. */
export interface Backlog {
  cursor(): number
  toSend(limit: number): Command[]
  answered(results: readonly PushResult[]): void
  renumber(from: number): void
  /** Blocks to lease now; in December also for the year to come. */
  codesWanted(): { year: number; count: number }[]
  addCodes(block: LeasedBlock): void
}

export function openBacklog(
  store: Store,
  parts: { yearNow(): number; isYearEnding(): boolean; onAnswered(caseIds: readonly string[]): void },
): Backlog {
  return {
    cursor: () => store.meta.getNumber('cursor'),
    toSend: (limit) => store.outbox.waiting(limit),
    answered(results) {
      store.transaction(() => {
        for (const { commandId, outcome } of results) {
          if (outcome.kind === 'accepted') store.outbox.answer(commandId, { accepted: outcome.lastSeq })
          else store.outbox.answer(commandId, { refused: { refused: outcome.code, why: outcome.why } })
        }
      })
      const answered = new Set(results.map((result) => result.commandId as string))
      const items = store.outbox.items().filter((item) => answered.has(item.command.commandId))
      parts.onAnswered([...new Set(items.map((item) => item.command.caseId as string))])
    },
    renumber: (from) => store.transaction(() => store.outbox.renumber(from)),
    codesWanted() {
      const years = parts.isYearEnding() ? [parts.yearNow(), parts.yearNow() + 1] : [parts.yearNow()]
      return years.filter((year) => store.codes.left(year) < renewBelow).map((year) => ({ year, count: blockSize }))
    },
    addCodes: (block) => store.transaction(() => store.codes.add(block)),
  }
}
