import { createHash } from 'node:crypto'
import { zstdDecompressSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { type SnapshotManifest, snapshotManifestSchema } from '../../../src-shared/api/snapshot.ts'
import { fold } from '../../../src-shared/cases/apply.ts'
import { clockView } from '../../../src-shared/cases/case-clock.ts'
import { columnsOf, soonAtOf } from '../../../src-shared/cases/columns.ts'
import { type RegisteredEvent, readRegisteredLine } from '../../../src-shared/cases/events.ts'
import { cacheIndexes, cacheTables, caseColumnNames, snapshotTables } from '../../../src-shared/sync/cache-schema.ts'
import type { Running } from '../running.ts'

/** At every event a server of these settings makes another snapshot when it is asked to begin. */
export const eager = { BT1022_SNAPSHOT_FROM_EVENTS: '1' }

/** A snapshot of all that the register holds now, made by the server's own process. */
export async function newestOf({ deps: { snapshots } }: Running): Promise<SnapshotManifest> {
  await snapshots.settled()
  await snapshots.begin()
  await snapshots.settled()
  const newest = await snapshots.newest()
  if (newest === null) throw new Error('no snapshot was made')
  return newest
}

export async function manifestOf(server: Running, token: string): Promise<SnapshotManifest> {
  return snapshotManifestSchema.parse(await server.json('/api/sync/snapshot', { token }))
}

export async function partOf(server: Running, token: string, id: string, index: number): Promise<Buffer> {
  const response = await server.request(`/api/sync/snapshot/${id}/${index}`, { token })
  if (response.status !== 200) throw new Error(`part ${index} answered ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export function emptyCache(): Database.Database {
  const db = new Database(':memory:')
  for (const table of Object.values(cacheTables)) db.exec(table)
  return db
}

/** A desk's load at its plainest: each part opened in memory and its rows copied over, indexes afterwards. */
export async function loaded(manifest: SnapshotManifest, bytesOf: (index: number) => Promise<Buffer>) {
  const db = emptyCache()
  db.unsafeMode(true)
  for (const table of Object.keys(snapshotTables.search)) db.exec(`DELETE FROM ${table}`)
  for (const part of manifest.parts) {
    const bytes = await bytesOf(part.index)
    if (sha256Of(bytes) !== part.sha256) throw new Error(`part ${part.index} is another`)
    const image = new Database(zstdDecompressSync(bytes))
    for (const [table, columns] of Object.entries(snapshotTables[part.holds])) {
      const into = db.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      )
      const from = image.prepare(`SELECT ${columns.join(', ')} FROM ${table}`).raw()
      db.transaction(() => {
        for (const row of from.iterate()) into.run(row as unknown[])
      })()
    }
    image.close()
  }
  for (const index of cacheIndexes) db.exec(index)
  return db
}

/** What a desk has that streamed everything up to the event, in one go. */
export function streamed(lines: readonly string[], { reference, clock }: Running['deps']): Database.Database {
  const db = emptyCache()
  const ofCase = new Map<string, RegisteredEvent[]>()
  const addEvent = db.prepare('INSERT INTO events (seq, case_id, case_seq, body) VALUES (?, ?, ?, ?)')
  for (const line of lines) {
    const event = readRegisteredLine(line)
    ofCase.set(event.caseId, [...(ofCase.get(event.caseId) ?? []), event])
    addEvent.run(event.seq, event.caseId, event.caseSeq, line)
  }
  const names = caseColumnNames
  const addCase = db.prepare(
    `INSERT INTO cases (${names.join(', ')}) VALUES (${names.map((name) => `$${name}`).join(', ')})`,
  )
  const addMark = db.prepare('INSERT INTO case_marks (mark, row) VALUES (?, ?)')
  const addWords = db.prepare('INSERT INTO cases_fts (rowid, text) VALUES (?, ?)')
  let row = 0
  for (const [caseId, events] of ofCase) {
    row += 1
    const state = fold(events)!
    const view = clockView(state, reference.hours, clock.now(), false)
    const c = columnsOf(state, view, soonAtOf(state, view, reference), 'confirmed')
    addCase.run({
      row,
      case_id: caseId,
      confirmed: JSON.stringify(state),
      shown: null,
      code: state.code,
      stage: state.stage,
      agency_id: c.agencyId,
      call_id: c.callId,
      phone: c.phone,
      opened_by: c.openedBy,
      opened_at: c.openedAt,
      updated_at: c.updatedAt,
      is_late: Number(state.isLate),
      is_final: Number(c.isFinal),
      is_returned: Number(c.isReturned),
      is_to_tell: Number(c.isToTell),
      is_to_publish: Number(c.isToPublish),
      clock_state: c.clockState,
      due_at: c.dueAt,
      soon_at: c.soonAt,
      sync: c.sync,
      is_indexed: 1,
    })
    for (const mark of c.marks) addMark.run(mark, row)
    addWords.run(row, c.text)
  }
  return db
}

/** Every row of every table; of the index every word of every case with its place. */
export function rowsOf(db: Database.Database) {
  db.exec('CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, cases_fts, instance)')
  db.prepare(`INSERT INTO cases_fts (cases_fts) VALUES ('integrity-check')`).run()
  return {
    events: db.prepare('SELECT * FROM events ORDER BY seq').all(),
    cases: db.prepare('SELECT * FROM cases ORDER BY row').all() as Record<string, unknown>[],
    marks: db.prepare('SELECT mark, row FROM case_marks ORDER BY mark, row').all(),
    words: db.prepare('SELECT term, doc, offset FROM temp.words ORDER BY term, doc, offset').all(),
  }
}

/** The first row in which two differ, per table; nothing where they are the same. Quicker than a matcher on 100,000 rows. */
export function differencesOf(one: ReturnType<typeof rowsOf>, other: ReturnType<typeof rowsOf>): unknown[] {
  return (Object.keys(one) as (keyof typeof one)[]).flatMap((table) => {
    const [left, right] = [one[table].map((row) => JSON.stringify(row)), other[table].map((row) => JSON.stringify(row))]
    const at = Array.from({ length: Math.max(left.length, right.length) }, (_, i) => i).find(
      (i) => left[i] !== right[i],
    )
    return at === undefined ? [] : [{ table, at, left: left[at], right: right[at] }]
  })
}

export const linesOf = async (server: Running, upTo = Number.MAX_SAFE_INTEGER): Promise<string[]> =>
  (await server.deps.store.read.register.eventsAfter(0, 1_000_000))
    .filter(({ seq }) => seq <= upTo)
    .map(({ line }) => line)
