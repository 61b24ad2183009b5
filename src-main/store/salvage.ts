import { type Command, parseCommand } from '../../src-shared/cases/commands.ts'
import type { Refusal } from '../../src-shared/cases/refusals.ts'
import { openForSalvage, type StoreKey, type WritableDatabase } from './database.ts'
import type { KeptCommand } from './outbox.ts'
import type { Store } from './store.ts'

export interface Salvaged {
  readonly salvagedCommands: number
  readonly salvagedDrafts: number
}

/**
 * S33: reads unsent commands, refused ones, drafts, codes and what was sent lately out of a file that was set aside; the cases come
 * again. Row by row, because one torn page must not cost the rows on the others. Safe to do twice: what is here already stays.
 */
export function salvageInto(aside: string, key: StoreKey, store: Store): Salvaged {
  let db: WritableDatabase
  try {
    db = openForSalvage(aside, key)
  } catch {
    return { salvagedCommands: 0, salvagedDrafts: 0 }
  }
  const deskId = store.meta.get('desk_id')!
  const outbox = readRows(db, 'SELECT * FROM outbox')
  const sent = readRows(db, 'SELECT * FROM sent ORDER BY id')
  const drafts = readRows(db, 'SELECT account_id, draft_id, form, saved_at FROM drafts')
  const reserved = readRows(db, 'SELECT draft_id, code FROM reserved_codes')
  const blocks = readRows(db, 'SELECT year, first, last, next FROM code_blocks')
  db.close()

  return store.transaction(() => {
    // They keep their own ids, by which a repeat is known; the numbers start over, and the server says where to go on.
    const commands = outbox.flatMap((row) => commandOf(row, deskId)).sort((a, b) => a.order - b.order)
    const waiting = commands.filter(({ state }) => state === 'waiting')
    store.outbox.queueBefore(waiting.map((each) => each.kept))
    for (const { state, kept, lastSeq, refusal } of commands) {
      if (state !== 'waiting')
        store.outbox.takeOver(kept, refusal === null ? { accepted: lastSeq } : { refused: refusal })
    }
    for (const row of sent) {
      for (const { kept, lastSeq } of commandOf(row, deskId))
        store.outbox.takeOverSent(kept, lastSeq, Number(row.settled_at))
    }
    for (const row of drafts) {
      const form = parsed(row.form)
      if (form === null) continue
      store.drafts.takeOver(String(row.account_id), { draftId: String(row.draft_id), form }, Number(row.saved_at))
    }
    store.codes.takeOver({
      blocks: blocks.map((row) => ({
        year: Number(row.year),
        from: Number(row.first),
        to: Number(row.last),
        next: Number(row.next),
      })),
      reserved: reserved.map((row) => ({ draftId: String(row.draft_id), code: String(row.code) })),
    })
    return { salvagedCommands: waiting.length, salvagedDrafts: drafts.length }
  })
}

interface SalvagedCommand {
  readonly order: number
  readonly state: string
  readonly kept: KeptCommand
  readonly lastSeq: number
  readonly refusal: Refusal | null
}

/** None where the row's page was torn in the middle of it. */
function commandOf(row: Record<string, unknown>, deskId: string): SalvagedCommand[] {
  const body = parsed(row.body)
  if (body === null) return []
  let command: Command
  try {
    command = parseCommand({ ...body, deskId })
  } catch {
    return []
  }
  return [
    {
      // An older desk ordered by the number, a newer one by the row.
      order: Number(row.id ?? row.n),
      state: String(row.state),
      kept: { command, code: (row.code as string | null) ?? null, madeAt: Number(row.made_at) },
      lastSeq: Number(row.last_seq),
      refusal: parsed(row.refusal) as Refusal | null,
    },
  ]
}

function parsed(text: unknown): Record<string, unknown> | null {
  try {
    return JSON.parse(String(text)) as Record<string, unknown> | null
  } catch {
    return null
  }
}

function readRows(db: WritableDatabase, sql: string): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = []
  try {
    for (const row of db.prepare<[], Record<string, unknown>>(sql).iterate()) rows.push(row)
  } catch {
    // The page after the last good row is torn, or an older desk had no such table: what came before it is kept.
  }
  return rows
}
