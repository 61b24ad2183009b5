import { type Command, parseCommand } from '../../src-shared/cases/commands.ts'
import type { Refusal } from '../../src-shared/cases/refusals.ts'
import type { WritableDatabase } from './database.ts'
import type { Meta } from './meta.ts'

/**
 * ```
 *  waiting ──accepted by the server──► accepted ──its events arrived by pull──► (gone)
 *     └──────refused by the server──► attention ──dismissed by a person──► (gone)
 * ```
 */
export interface OutboxItem {
  readonly command: Command
  readonly code: string | null
  readonly state: 'waiting' | 'accepted' | 'attention'
  readonly lastSeq: number | null
  readonly refusal: Refusal | null
}

export interface Outbox {
  /** Takes the next gapless `n` and keeps the command; call inside the transaction that predicts it. */
  add(make: (n: number) => Command, code: string | null, madeAt: number): Command
  /** In order of `n`: what the server has not answered yet. */
  waiting(limit: number): Command[]
  /** Waiting and accepted commands of a case, in order: what is decided on top of the register's truth. */
  pendingOf(caseId: string): Command[]
  /** Numbers what waits anew from `from`: nothing of it was ever answered, and the command's id is what it is known by. */
  renumber(from: number): void
  answer(commandId: string, answer: { accepted: number } | { refused: Refusal }): void
  /** Forgets commands whose events have all arrived; answers the cases they belong to. */
  settle(cursor: number): string[]
  items(): OutboxItem[]
  dismiss(commandId: string): string | null
  counts(): { waiting: number; attention: number }
  /** When the oldest command that the server has not answered was made; null where none waits. */
  waitingSince(): number | null
}

interface Row {
  body: string
  code: string | null
  state: OutboxItem['state']
  last_seq: number | null
  refusal: string | null
}

export function openOutbox(db: WritableDatabase, meta: Meta): Outbox {
  const insert = db.prepare(
    `INSERT INTO outbox (n, command_id, case_id, code, body, made_at, state) VALUES (?, ?, ?, ?, ?, ?, 'waiting')`,
  )
  const waiting = db.prepare<[number], Row>(`SELECT * FROM outbox WHERE state = 'waiting' ORDER BY n LIMIT ?`)
  const pending = db.prepare<[string], Row>(
    `SELECT * FROM outbox WHERE case_id = ? AND state <> 'attention' ORDER BY n`,
  )
  const accept = db.prepare(
    `UPDATE outbox SET state = 'accepted', last_seq = ? WHERE command_id = ? AND state = 'waiting'`,
  )
  const refuse = db.prepare(
    `UPDATE outbox SET state = 'attention', refusal = ? WHERE command_id = ? AND state = 'waiting'`,
  )
  const settled = db.prepare<[number], { case_id: string }>(
    `DELETE FROM outbox WHERE state = 'accepted' AND last_seq <= ? RETURNING case_id`,
  )
  // Two steps, because a new number may still be an old one's: first out of the way, below zero.
  const park = db.prepare('UPDATE outbox SET n = -n WHERE command_id = ?')
  const setNumber = db.prepare('UPDATE outbox SET n = ?, body = ? WHERE command_id = ?')
  const all = db.prepare<[], Row>('SELECT * FROM outbox ORDER BY n DESC')
  const dismiss = db.prepare<[string], { case_id: string }>(
    `DELETE FROM outbox WHERE command_id = ? AND state = 'attention' RETURNING case_id`,
  )
  const counts = db.prepare<[], { state: string; count: number }>(
    'SELECT state, count(*) AS count FROM outbox GROUP BY state',
  )
  const oldest = db.prepare<[], { made_at: number | null }>(
    `SELECT min(made_at) AS made_at FROM outbox WHERE state = 'waiting'`,
  )
  const commandOf = (row: Row): Command => parseCommand(JSON.parse(row.body))

  return {
    add(make, code, madeAt) {
      const n = meta.getNumber('next_n') || 1
      const command = make(n)
      insert.run(n, command.commandId, command.caseId, code, JSON.stringify(command), madeAt)
      meta.set('next_n', n + 1)
      return command
    },
    waiting: (limit) => waiting.all(limit).map(commandOf),
    renumber(from) {
      const rows = waiting.all(-1).map(commandOf)
      for (const { commandId } of rows) park.run(commandId)
      rows.forEach((command, index) => {
        const n = from + index
        setNumber.run(n, JSON.stringify({ ...command, n }), command.commandId)
      })
      meta.set('next_n', from + rows.length)
    },
    pendingOf: (caseId) => pending.all(caseId).map(commandOf),
    answer(commandId, answer) {
      if ('accepted' in answer) accept.run(answer.accepted, commandId)
      else refuse.run(JSON.stringify(answer.refused), commandId)
    },
    settle: (cursor) => settled.all(cursor).map((row) => row.case_id),
    items: () =>
      all.all().map((row) => ({
        command: commandOf(row),
        code: row.code,
        state: row.state,
        lastSeq: row.last_seq,
        refusal: row.refusal === null ? null : (JSON.parse(row.refusal) as Refusal),
      })),
    dismiss: (commandId) => dismiss.get(commandId)?.case_id ?? null,
    waitingSince: () => oldest.get()?.made_at ?? null,
    counts() {
      const by = new Map(counts.all().map((row) => [row.state, row.count]))
      // Accepted but not yet come back is still on its way.
      return { waiting: (by.get('waiting') ?? 0) + (by.get('accepted') ?? 0), attention: by.get('attention') ?? 0 }
    },
  }
}
