import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { fold } from '../../../src-shared/words/fold.ts'
import { answerParent } from './child-side.ts'
import { sharedNow } from './line.ts'
import { batchesOf } from './rows.ts'

const rowsPerTransaction = 10_000

/** Nothing but the work that nobody can leave out: parse a line, put it into a table. Each verb answers the milliseconds it took. */
answerParent({
  /** Documents of cases: 19 columns, four indexes; with `search`, also the search index. */
  async insertCases({ file, search }: { file: string; search: boolean }) {
    return inDatabase(async (db) => {
      db.exec(caseTable)
      const insert = db.prepare(`INSERT INTO cases VALUES (${Array.from({ length: 19 }, () => '?').join()})`)
      if (search) db.exec(searchTable)
      const index = search ? db.prepare('INSERT INTO cases_fts (rowid, text) VALUES (?, ?)') : null
      let row = 0
      await inBatches(db, file, (line) => {
        const state = JSON.parse(line) as CaseState
        row += 1
        insert.run(...columnsOf(row, state, line))
        index?.run(row, textOf(state))
      })
    })
  },
  /** The events of the stream: what stands in them to find them by, and their text; four indexes too. */
  async insertEvents({ file }: { file: string }) {
    return inDatabase(async (db) => {
      db.exec(eventTable)
      const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)')
      await inBatches(db, file, (line) => {
        const { seq, caseId, caseSeq, name, at, commandId } = JSON.parse(line) as RegisteredEvent
        insert.run(seq, caseId, caseSeq, name, Date.parse(at), commandId, line)
      })
    })
  },
  /** A file over HTTP, as it is. */
  async serve({ file }: { file: string }) {
    const server = createServer((_, response) => createReadStream(file, { highWaterMark: 1 << 17 }).pipe(response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  },
  async read({ url, count }: { url: string; count: number }) {
    const from = sharedNow()
    let lines = 0
    for await (const bytes of (await fetch(url)).body!) {
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1
    }
    if (lines !== count) throw new Error(`${lines} lines of ${count}`)
    return sharedNow() - from
  },
})

async function inDatabase(work: (db: Database.Database) => Promise<void>): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-limit-'))
  const db = new Database(join(dir, 'limit.sqlite'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  const from = sharedNow()
  await work(db)
  const took = sharedNow() - from
  db.close()
  rmSync(dir, { recursive: true, force: true })
  return took
}

async function inBatches(db: Database.Database, file: string, put: (line: string) => void): Promise<void> {
  const some = db.transaction((lines: readonly string[]) => {
    for (const line of lines) put(line)
  })
  for await (const lines of batchesOf(file, rowsPerTransaction)) some(lines)
}

const caseTable = `
  CREATE TABLE cases (row INTEGER PRIMARY KEY, case_id TEXT NOT NULL, code TEXT NOT NULL, stage TEXT NOT NULL, kind TEXT NOT NULL,
    channel TEXT NOT NULL, field_id TEXT, area_id TEXT, agency_id TEXT, citizen TEXT NOT NULL, phone TEXT NOT NULL, opened_by TEXT,
    opened_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, is_late INTEGER NOT NULL, is_urgent INTEGER NOT NULL,
    resolved_level INTEGER, version INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX cases_id ON cases (case_id);
  CREATE INDEX cases_code ON cases (code);
  CREATE INDEX cases_phone ON cases (phone, opened_at);
  CREATE INDEX cases_stage ON cases (stage, opened_at)`
const eventTable = `
  CREATE TABLE events (seq INTEGER PRIMARY KEY, case_id TEXT NOT NULL, case_seq INTEGER NOT NULL, name TEXT NOT NULL,
    at INTEGER NOT NULL, command_id TEXT NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE INDEX events_case ON events (case_id, case_seq);
  CREATE INDEX events_command ON events (command_id);
  CREATE INDEX events_at ON events (at);
  CREATE INDEX events_name ON events (name, at)`
const searchTable = `CREATE VIRTUAL TABLE cases_fts USING fts5 (text, content='', contentless_delete=1,
  tokenize='unicode61 remove_diacritics 2', prefix='2 3')`

function columnsOf(row: number, s: CaseState, line: string): (string | number | null)[] {
  const openedBy = s.openedBy.kind === 'person' ? s.openedBy.accountId : null
  const { name, phone } = s.citizen
  return [
    ...[
      row,
      s.id,
      s.code,
      s.stage,
      s.kind,
      s.channel,
      s.fieldId,
      s.areaId,
      s.slip?.agencyId ?? null,
      name,
      phone,
      openedBy,
    ],
    ...[
      Date.parse(s.openedAt),
      Date.parse(s.updatedAt),
      Number(s.isLate),
      Number(s.isUrgent),
      s.resolvedLevel,
      s.version,
      line,
    ],
  ]
}

const textOf = ({ code, citizen, content, answers }: CaseState): string =>
  fold([code, citizen.phone, citizen.name, citizen.address, content, ...answers.map(({ text }) => text)].join(' '))
