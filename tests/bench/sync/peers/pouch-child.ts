import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { answerParent } from '../child-side.ts'
import { sharedNow } from '../line.ts'
import { batchesOf } from '../rows.ts'

// What of PouchDB is used here, in its own words.
interface Doc {
  readonly _id: string
}
interface Replicated {
  readonly docs_written: number
  readonly errors: unknown[]
}
interface PouchDb {
  bulkDocs(docs: readonly object[]): Promise<unknown>
  allDocs(options: object): Promise<{ rows: { doc: Doc }[] }>
  info(): Promise<{ doc_count: number }>
  replicate: Record<'from' | 'to', (url: string, options: object) => Promise<Replicated>>
  close(): Promise<void>
}
interface PouchClass {
  new (name: string): PouchDb
  defaults(options: object): PouchClass
}
type Express = () => {
  use(path: string, app: unknown): void
  listen(port: number, host: string, done: () => void): Server
}
interface Server {
  address(): AddressInfo
}

let PouchDB: PouchClass
let require: NodeJS.Require
let db: PouchDb
// The setting with which it is fastest.
const batches = { batch_size: 1000, batches_limit: 10 }

/** PouchDB on LevelDB, as a server behind express-pouchdb or as a desk. */
answerParent({
  open({ folder, dir }: { folder: string; dir: string }) {
    require = createRequire(join(folder, 'node_modules', 'here.cjs'))
    mkdirSync(dir, { recursive: true })
    PouchDB = (require('pouchdb') as PouchClass).defaults({ prefix: `${dir}/` })
    db = new PouchDB('cases')
  },
  async fill({ file }: { file: string }) {
    for await (const lines of batchesOf(file, 1_000)) {
      await db.bulkDocs(lines.map((line) => ({ _id: (JSON.parse(line) as { id: string }).id, ...JSON.parse(line) })))
    }
  },
  async serve({ dir }: { dir: string }) {
    const app = (require('express') as Express)()
    const make = require('express-pouchdb') as (Pouch: PouchClass, options: object) => unknown
    const options = { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: join(dir, 'log.txt') }
    app.use('/', make(PouchDB, options))
    return new Promise<string>((resolve) => {
      const server = app.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}/cases`))
    })
  },
  async pull({ url }: { url: string }) {
    const from = sharedNow()
    const { errors } = await db.replicate.from(url, batches)
    const ms = sharedNow() - from
    if (errors.length > 0) throw new Error(String(errors[0]))
    return { ms, cases: (await db.info()).doc_count }
  },
  /** Edits made without a link. */
  async edit({ count, round }: { count: number; round: number }) {
    const { rows } = await db.allDocs({ include_docs: true, limit: count })
    await db.bulkDocs(rows.map(({ doc }) => ({ ...doc, isUrgent: true, editedIn: round })))
  },
  async push({ url }: { url: string }) {
    const from = sharedNow()
    const { docs_written, errors } = await db.replicate.to(url, batches)
    const ms = sharedNow() - from
    if (errors.length > 0) throw new Error(String(errors[0]))
    return { ms, written: docs_written }
  },
  close: () => db.close(),
})
