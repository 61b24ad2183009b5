import type { Command } from '../../src-shared/cases/commands.ts'
import type { Refusal } from '../../src-shared/cases/refusals.ts'
import type { WritableDatabase } from './database.ts'
import type { Meta } from './meta.ts'

/**
 * ```
 *  waiting ──accepted by the server──► accepted ──its events arrived by pull──► (sent, for thirty days)
 *     │ ▲                                 └───────────┬────────────────────────────┘
 *     │ └──── the register was lost (S20) ────────────┘
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

/** A command as it was kept; `n` is given anew. */
export interface KeptCommand {
  readonly command: Command
  readonly code: string | null
  readonly madeAt: number
}

export interface Outbox {
  /** Takes the next gapless `n` and keeps the command; call inside the transaction that predicts it. */
  add(make: (n: number) => Command, code: string | null, madeAt: number): Command
  /** In order of `n`: what the server has not answered yet. */
  waiting(limit: number): Command[]
  /** Waiting and accepted commands of a case, in order: what is decided on top of the register's truth. */
  pendingOf(caseId: string): Command[]
  /** S29: `attention` where a refused command waits for a person, else `waiting` where something is under way. */
  syncOf(caseId: string): 'confirmed' | 'waiting' | 'attention'
  /** Every case that something here belongs to. */
  caseIds(): Set<string>
  /** Numbers what waits anew from `from`: nothing of it was ever answered, and the command's id is what it is known by. */
  renumber(from: number): void
  /** Puts commands before all that waits, in their order; those that are here already stay as they are. */
  queueBefore(commands: readonly KeptCommand[]): void
  /**
   * S20: the register has lost its past. What was sent since `since` (epoch ms at which it had settled) and what is accepted waits again
   * in its old order, before all that waits; numbers go on from `from`. Doing it twice does no more than doing it once.
   */
  sendAgain(since: number, from: number): void
  /** Out of a salvaged database: a command that was answered, as it stood; one that is here already stays as it is. */
  takeOver(command: KeptCommand, answer: { accepted: number } | { refused: Refusal }): void
  takeOverSent(command: KeptCommand, lastSeq: number, settledAt: number): void
  answer(commandId: string, answer: { accepted: number } | { refused: Refusal }): void
  /** Keeps as sent the commands whose events have all arrived; answers the cases they belong to. */
  settle(cursor: number, now: number): string[]
  items(): OutboxItem[]
  dismiss(commandId: string): string | null
  counts(): { waiting: number; attention: number }
  /** When the oldest command that the server has not answered was made; null where none waits. */
  waitingSince(): number | null
}

/** S20: what is older than this is not sent again. */
export const sentKeptMs = 30 * 24 * 3600 * 1000

interface Row {
  command_id: string
  case_id: string
  body: string
  code: string | null
  made_at: number
  state: OutboxItem['state']
  last_seq: number | null
  refusal: string | null
}

export function openOutbox(db: WritableDatabase, meta: Meta): Outbox {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO outbox (n, command_id, case_id, code, body, made_at, state) VALUES (?, ?, ?, ?, ?, ?, 'waiting')`,
  )
  const insertAnswered = db.prepare(
    `INSERT OR IGNORE INTO outbox (command_id, case_id, code, body, made_at, state, last_seq, refusal) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertSent = db.prepare(
    `INSERT OR IGNORE INTO sent (command_id, case_id, code, body, made_at, last_seq, settled_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const waiting = db.prepare<[number], Row>(`SELECT * FROM outbox WHERE state = 'waiting' ORDER BY id LIMIT ?`)
  const pending = db.prepare<[string], Row>(
    `SELECT * FROM outbox WHERE case_id = ? AND state <> 'attention' ORDER BY id`,
  )
  const states = db.prepare<[string], { state: string }>('SELECT DISTINCT state FROM outbox WHERE case_id = ?')
  const cases = db.prepare<[], { case_id: string }>('SELECT DISTINCT case_id FROM outbox')
  const accept = db.prepare(
    `UPDATE outbox SET state = 'accepted', n = NULL, last_seq = ? WHERE command_id = ? AND state = 'waiting'`,
  )
  const refuse = db.prepare<unknown[], { code: string | null; body: string }>(
    `UPDATE outbox SET state = 'attention', n = NULL, refusal = ? WHERE command_id = ? AND state = 'waiting'
     RETURNING code, body`,
  )
  // The number was told to somebody and no case came of it (S21); whoever tries again takes it with him.
  const toldAfterAll = db.prepare('INSERT OR IGNORE INTO reserved_codes (draft_id, code) VALUES (?, ?)')
  const keepAsSent = db.prepare(
    `INSERT OR REPLACE INTO sent (command_id, case_id, code, body, made_at, last_seq, settled_at)
     SELECT command_id, case_id, code, body, made_at, last_seq, ? FROM outbox
     WHERE state = 'accepted' AND last_seq <= ? ORDER BY id`,
  )
  const settled = db.prepare<[number], { case_id: string }>(
    `DELETE FROM outbox WHERE state = 'accepted' AND last_seq <= ? RETURNING case_id`,
  )
  const forgetSent = db.prepare('DELETE FROM sent WHERE settled_at < ?')
  const sentSince = db.prepare<[number], Row>('SELECT * FROM sent WHERE settled_at >= ? ORDER BY id')
  const accepted = db.prepare<[], Row>(`SELECT * FROM outbox WHERE state = 'accepted' ORDER BY id`)
  const remove = db.prepare('DELETE FROM outbox WHERE command_id = ?')
  const removeSent = db.prepare('DELETE FROM sent WHERE command_id = ?')
  const all = db.prepare<[], Row>('SELECT * FROM outbox ORDER BY id DESC')
  const dismiss = db.prepare<[string], { case_id: string }>(
    `DELETE FROM outbox WHERE command_id = ? AND state = 'attention' RETURNING case_id`,
  )
  const counts = db.prepare<[], { state: string; count: number }>(
    'SELECT state, count(*) AS count FROM outbox GROUP BY state',
  )
  const oldest = db.prepare<[], { made_at: number | null }>(
    `SELECT min(made_at) AS made_at FROM outbox WHERE state = 'waiting'`,
  )
  // What this desk wrote itself is not parsed again: one that a newer program cannot read is the server's to answer (S27).
  const commandOf = (row: Row): Command => JSON.parse(row.body) as Command
  const kept = (row: Row): KeptCommand => ({ command: commandOf(row), code: row.code, madeAt: row.made_at })

  const queueBefore = (commands: readonly KeptCommand[], from?: number) => {
    const behind = waiting.all(-1).map(kept)
    for (const { command } of behind) remove.run(command.commandId)
    let n = from ?? behind[0]?.command.n ?? (meta.getNumber('next_n') || 1)
    for (const { command, code, madeAt } of [...commands, ...behind]) {
      const body = JSON.stringify({ ...command, n })
      const { changes } = insert.run(n, command.commandId, command.caseId, code, body, madeAt)
      n += changes
    }
    meta.set('next_n', n)
  }

  return {
    add(make, code, madeAt) {
      const n = meta.getNumber('next_n') || 1
      const command = make(n)
      const { changes } = insert.run(n, command.commandId, command.caseId, code, JSON.stringify(command), madeAt)
      if (changes === 0) throw new Error(`command ${command.commandId} is in the outbox already, or its number ${n} is`)
      meta.set('next_n', n + 1)
      return command
    },
    waiting: (limit) => waiting.all(limit).map(commandOf),
    pendingOf: (caseId) => pending.all(caseId).map(commandOf),
    syncOf(caseId) {
      const found = states.all(caseId).map((row) => row.state)
      return found.includes('attention') ? 'attention' : found.length > 0 ? 'waiting' : 'confirmed'
    },
    caseIds: () => new Set(cases.all().map((row) => row.case_id)),
    renumber: (from) => queueBefore([], from),
    queueBefore: (commands) => queueBefore(commands),
    sendAgain(since, from) {
      const again = [...sentSince.all(since), ...accepted.all()].map(kept)
      for (const { command } of again) {
        removeSent.run(command.commandId)
        remove.run(command.commandId)
      }
      queueBefore(again, from)
    },
    takeOver({ command, code, madeAt }, answer) {
      const [state, lastSeq, refusal] =
        'accepted' in answer
          ? (['accepted', answer.accepted, null] as const)
          : (['attention', null, JSON.stringify(answer.refused)] as const)
      const body = JSON.stringify(command)
      insertAnswered.run(command.commandId, command.caseId, code, body, madeAt, state, lastSeq, refusal)
    },
    takeOverSent({ command, code, madeAt }, lastSeq, settledAt) {
      const body = JSON.stringify(command)
      insertSent.run(command.commandId, command.caseId, code, body, madeAt, lastSeq, settledAt)
    },
    answer(commandId, answer) {
      if ('accepted' in answer) {
        accept.run(answer.accepted, commandId)
        return
      }
      const refused = refuse.get(JSON.stringify(answer.refused), commandId)
      if (refused === undefined || refused.code === null) return
      const { name } = JSON.parse(refused.body) as Command
      if (name === 'case.open' || name === 'case.redirect') toldAfterAll.run(`refused:${commandId}`, refused.code)
    },
    settle(cursor, now) {
      keepAsSent.run(now, cursor)
      forgetSent.run(now - sentKeptMs)
      return settled.all(cursor).map((row) => row.case_id)
    },
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
