import Database from 'better-sqlite3'

const batch = 5_000

/** The limit: one statement that moves every due row. What nobody can be told from it is who, when and why. */
export function oneUpdate(file: string, before: number, next: number): number {
  const db = open(file)
  const { changes } = db
    .prepare("UPDATE cases SET stage = 'with-head', due_at = ? WHERE due_at IS NOT NULL AND due_at < ?")
    .run(next, before)
  db.close()
  return changes
}

/** P9's measure: batches of 5,000, each row moved by its own statement, and a row in the outbox for each. */
export function batchedWithOutbox(file: string, before: number, next: number): number {
  const db = open(file)
  const due = db.prepare('SELECT case_id FROM cases WHERE due_at < ? ORDER BY due_at, case_id LIMIT ?')
  const move = db.prepare("UPDATE cases SET stage = 'with-head', due_at = ? WHERE case_id = ?")
  const tell = db.prepare(
    `INSERT INTO messages (message_id, case_id, kind, channel, recipient, recipient_name, params_json, state, not_before_at,
       next_try_at, attempts, created_at) VALUES (?, ?, 'slip-escalated', 'sms', '02775550100', 'Thủ trưởng', '{}', 'waiting', ?, ?, 0, ?)`,
  )
  let done = 0
  const some = db.transaction(() => {
    const rows = due.all(before, batch) as { case_id: string }[]
    for (const { case_id } of rows) {
      move.run(next, case_id)
      tell.run(`m-${case_id}`, case_id, before, before, before)
    }
    done += rows.length
    return rows.length
  })
  while (some() > 0);
  db.close()
  return done
}

/** What the keeper left behind, read from a register in which it has been. */
export interface Rows {
  readonly cases: readonly Record<string, unknown>[]
  readonly events: readonly Record<string, unknown>[]
  readonly answers: readonly Record<string, unknown>[]
  readonly messages: readonly Record<string, unknown>[]
}

export function rowsLeft(file: string): Rows {
  const db = open(file)
  const all = (sql: string) => db.prepare(sql).all() as Record<string, unknown>[]
  const rows = {
    events: all("SELECT * FROM events WHERE name = 'slip.escalated' ORDER BY seq"),
    cases: all(
      'SELECT case_id, stage, due_at, updated_at, last_seq, version, head_hash, state_json FROM cases ORDER BY last_seq',
    ),
    answers: all("SELECT * FROM answers WHERE command_id LIKE 'keeper-%' ORDER BY n"),
    messages: all("SELECT * FROM messages WHERE kind = 'slip-escalated' ORDER BY message_id"),
  }
  db.close()
  return rows
}

/** The same rows as the keeper's, byte for byte, with nothing left to find, decide, hash or word: what the disk alone costs. */
export function sameRows(file: string, { cases, events, answers, messages }: Rows): number {
  const db = open(file)
  const insert = (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row)
    return db.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map((name) => `@${name}`).join()})`)
  }
  const [event, answer, message] = [
    insert('events', events[0]!),
    insert('answers', answers[0]!),
    insert('messages', messages[0]!),
  ]
  const move = db.prepare(
    `UPDATE cases SET stage = @stage, due_at = @due_at, updated_at = @updated_at, last_seq = @last_seq, version = @version,
       head_hash = @head_hash, state_json = @state_json WHERE case_id = @case_id`,
  )
  const some = db.transaction((from: number, to: number) => {
    for (let i = from; i < to; i += 1) {
      event.run(events[i]!)
      move.run(cases[i]!)
      message.run(messages[i]!)
      answer.run(answers[i]!)
    }
  })
  for (let from = 0; from < cases.length; from += batch) some(from, Math.min(from + batch, cases.length))
  db.close()
  return cases.length
}

function open(file: string): Database.Database {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('cache_size = -32768')
  return db
}
