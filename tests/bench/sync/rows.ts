import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { embeddedFile } from '../../../sync-server/src/open-store.ts'

/** What a register holds, a line a row, for those who are to carry the same: the cases as documents, and the events. */
export interface RowFiles {
  readonly casesFile: string
  readonly eventsFile: string
  readonly cases: number
  readonly events: number
  readonly casesBytes: number
  readonly eventsBytes: number
}

export async function writeRows(dataDir: string): Promise<RowFiles> {
  const db = new Database(embeddedFile({ dataDir }), { readonly: true })
  const write = async (file: string, sql: string) => {
    const out = createWriteStream(file)
    let rows = 0
    let bytes = 0
    for (const { line } of db.prepare<[], { line: string }>(sql).iterate()) {
      const text = Buffer.from(`${line}\n`)
      rows += 1
      bytes += text.length
      if (!out.write(text)) await once(out, 'drain')
    }
    await new Promise<void>((resolve) => out.end(() => resolve()))
    return { rows, bytes }
  }
  const casesFile = join(dataDir, 'cases.ndjson')
  const eventsFile = join(dataDir, 'events.ndjson')
  const cases = await write(casesFile, 'SELECT state_json AS line FROM cases ORDER BY rowid')
  const events = await write(eventsFile, 'SELECT line FROM events ORDER BY seq')
  db.close()
  return {
    ...{ casesFile, cases: cases.rows, casesBytes: cases.bytes },
    ...{ eventsFile, events: events.rows, eventsBytes: events.bytes },
  }
}

export async function* linesOf(file: string): AsyncGenerator<string> {
  yield* createInterface({ input: createReadStream(file, { highWaterMark: 1 << 20 }) })
}

/** So many lines at a time. */
export async function* batchesOf(file: string, size: number): AsyncGenerator<string[]> {
  let batch: string[] = []
  for await (const line of linesOf(file)) {
    batch.push(line)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
