import type { LeasedBlock } from '../../src-shared/api/sync.ts'
import { formatCode } from '../../src-shared/cases/codes.ts'
import type { CodeLedger } from './code-ledger.ts'
import type { WritableDatabase } from './database.ts'

/** Numbers leased to this desk alone, so that a code told to a citizen during an outage is final and unique. */
export interface CodeBlocks {
  add(block: LeasedBlock): void
  /**
   * The next number of a year for a draft, noted beside the database (S38), or null when the lease is used up. Call inside the
   * transaction that reserves it: where that fails, the number is given to nobody any more.
   */
  take(year: number, draftId: string): number | null
  left(year: number): number
  /** Every block that is this desk's; `next` is the first number that nobody was told (S21, S22). */
  blocks(): (LeasedBlock & { next: number })[]
  reserved(draftId: string): string | null
  reserve(draftId: string, code: string): void
  /** The code went into a case: a told code is never given again. */
  release(code: string): void
  /** Codes that were told and have no case here yet (S21). */
  told(): string[]
  /** Codes that the register has in a case are no longer only told. */
  releaseConfirmed(): void
  /** Blocks that a claim was refused (S22): used no more. */
  drop(blocks: readonly LeasedBlock[]): void
  /** Reads a salvaged database's reservations and blocks in; the ledger cuts what it contradicts. */
  takeOver(from: {
    blocks: readonly (LeasedBlock & { next: number })[]
    reserved: readonly { draftId: string; code: string }[]
  }): void
}

interface BlockRow {
  year: number
  first: number
  last: number
  next: number
}

export function openCodeBlocks(db: WritableDatabase, ledger: CodeLedger): CodeBlocks {
  const add = db.prepare('INSERT OR IGNORE INTO code_blocks (year, first, last, next) VALUES (?, ?, ?, ?)')
  const open = db.prepare<[number], BlockRow>(
    'SELECT * FROM code_blocks WHERE year = ? AND next <= last ORDER BY first LIMIT 1',
  )
  const advance = db.prepare('UPDATE code_blocks SET next = max(next, ?) WHERE year = ? AND first = ?')
  const drop = db.prepare('DELETE FROM code_blocks WHERE year = ? AND first = ?')
  const left = db.prepare<[number], { count: number | null }>(
    'SELECT sum(last - next + 1) AS count FROM code_blocks WHERE year = ?',
  )
  const one = db.prepare<[number, number], BlockRow>('SELECT * FROM code_blocks WHERE year = ? AND first = ?')
  const all = db.prepare<[], BlockRow>('SELECT * FROM code_blocks ORDER BY year, first')
  const reserved = db.prepare<[string], { code: string }>('SELECT code FROM reserved_codes WHERE draft_id = ?')
  const reserve = db.prepare('INSERT OR REPLACE INTO reserved_codes (draft_id, code) VALUES (?, ?)')
  const reserveIfNew = db.prepare('INSERT OR IGNORE INTO reserved_codes (draft_id, code) VALUES (?, ?)')
  const reserveIfFree = db.prepare(
    `INSERT OR IGNORE INTO reserved_codes (draft_id, code) SELECT $draftId, $code
     WHERE NOT EXISTS (SELECT 1 FROM cases WHERE code = $code) AND NOT EXISTS (SELECT 1 FROM outbox WHERE code = $code)
       AND NOT EXISTS (SELECT 1 FROM sent WHERE code = $code)`,
  )
  const release = db.prepare('DELETE FROM reserved_codes WHERE code = ?')
  const releaseConfirmed = db.prepare(
    `DELETE FROM reserved_codes
     WHERE EXISTS (SELECT 1 FROM cases WHERE cases.code = reserved_codes.code AND confirmed IS NOT NULL)`,
  )
  const told = db.prepare<[], { code: string }>('SELECT code FROM reserved_codes ORDER BY code')

  /** The database and the ledger say the same of a block from here on; what only the ledger knew is its draft's again. */
  const agree = (row: BlockRow) => {
    if (ledger.isDropped(row.year, row.first)) {
      drop.run(row.year, row.first)
      return
    }
    const noted = ledger.next(row.year, row.first)
    if (noted < row.next) ledger.note(row.year, row.first, row.next, '')
    if (noted <= row.next) return
    for (const { number, draftId } of ledger.takenFrom(row.year, row.first, row.next)) {
      reserveIfFree.run({ draftId, code: formatCode(row.year, number) })
    }
    advance.run(noted, row.year, row.first)
  }
  db.transaction(() => all.all().forEach(agree))()

  return {
    add: (block) => {
      add.run(block.year, block.from, block.to, block.from)
      agree(one.get(block.year, block.from)!)
    },
    take(year, draftId) {
      for (;;) {
        const block = open.get(year)
        if (block === undefined) return null
        const { first, last } = block
        // Noted, and then the transaction failed: the same draft asks again and nobody else was shown it.
        const mine = ledger.takenFrom(year, first, block.next).find((taken) => taken.draftId === draftId)
        const noted = Math.max(block.next, ledger.next(year, first))
        const number = mine?.number ?? noted
        if (mine === undefined && number <= last) ledger.note(year, first, number + 1, draftId)
        advance.run(Math.max(noted, number + 1), year, first)
        if (number <= last) return number
      }
    },
    left: (year) => left.get(year)?.count ?? 0,
    blocks: () => all.all().map(({ year, first, last, next }) => ({ year, from: first, to: last, next })),
    reserved: (draftId) => reserved.get(draftId)?.code ?? null,
    reserve: (draftId, code) => {
      reserve.run(draftId, code)
    },
    release: (code) => {
      release.run(code)
    },
    told: () => told.all().map((row) => row.code),
    releaseConfirmed: () => {
      releaseConfirmed.run()
    },
    drop(blocks) {
      for (const { year, from } of blocks) {
        ledger.drop(year, from)
        drop.run(year, from)
      }
    },
    takeOver(from) {
      for (const block of from.blocks) {
        add.run(block.year, block.from, block.to, block.next)
        agree(one.get(block.year, block.from)!)
      }
      for (const { draftId, code } of from.reserved) reserveIfNew.run(draftId, code)
    },
  }
}
