import { createServer, type IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { answerParent } from '../child-side.ts'
import { sharedNow } from '../line.ts'
import { batchesOf } from '../rows.ts'

// What of RxDB is used here, in its own words.
interface Doc {
  readonly id: string
  readonly version: number
}
interface Changed {
  readonly documents: readonly Doc[]
  readonly checkpoint: unknown
}
interface Collection {
  readonly storageInstance: unknown
  bulkInsert(docs: readonly object[]): Promise<{ error: unknown[] }>
  bulkUpsert(docs: readonly object[]): Promise<{ error: unknown[] }>
  find(query: object): { exec(): Promise<{ toJSON(): Doc }[]> }
  findByIds(ids: readonly string[]): { exec(): Promise<Map<string, { toJSON(): Doc }>> }
  count(): { exec(): Promise<number> }
}
interface Replication {
  awaitInSync(): Promise<unknown>
  awaitInitialReplication(): Promise<unknown>
  cancel(): Promise<unknown>
  readonly error$: { subscribe(hear: (error: unknown) => void): void }
}
interface PushRow {
  readonly newDocumentState: Doc
  readonly assumedMasterState?: Doc
}

let cases: Collection
let rx: {
  createRxDatabase(options: object): Promise<{ addCollections(of: object): Promise<{ cases: Collection }> }>
  getChangedDocumentsSince(storage: unknown, limit: number, checkpoint: unknown): Promise<Changed>
}
let replicate: (options: object) => Replication
const batchSize = 1_000
const top = [
  'code',
  'aliases',
  'stage',
  'kind',
  'channel',
  'fieldId',
  'areaId',
  'content',
  'citizen',
  'isUrgent',
  'hazard',
  'openedAt',
  'openedBy',
  'call',
  'external',
  'competence',
  'slip',
  'answers',
  'hasResult',
  'citizenToldAt',
  'refusal',
  'redirect',
  'closure',
  'answeredFrom',
  'publication',
  'rating',
  'recordings',
  'resolvedLevel',
  'isLate',
  'lateCause',
  'lateLift',
  'remindedFor',
  'counts',
  'pendingReturn',
  'pendingSupplement',
  'pendingPause',
  'isPaused',
  'consults',
  'urgings',
  'recordingRequests',
  'clockMarks',
  'lastCommandId',
  'version',
  'updatedAt',
  'editedIn',
]
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 80 }, ...Object.fromEntries(top.map((name) => [name, {}])) },
  required: ['id'],
}

/** RxDB in memory, as a server behind two handlers or as a desk. Nothing of it outlives its process. */
answerParent({
  async open({ folder }: { folder: string }) {
    const require = createRequire(join(folder, 'node_modules', 'here.cjs'))
    rx = require('rxdb')
    replicate = (require('rxdb/plugins/replication') as { replicateRxCollection: typeof replicate })
      .replicateRxCollection
    const { getRxStorageMemory } = require('rxdb/plugins/storage-memory') as { getRxStorageMemory(): unknown }
    const db = await rx.createRxDatabase({
      name: `bench-${process.pid}`,
      storage: getRxStorageMemory(),
      multiInstance: false,
    })
    cases = (await db.addCollections({ cases: { schema } })).cases
  },
  async fill({ file }: { file: string }) {
    for await (const lines of batchesOf(file, 10_000)) {
      const { error } = await cases.bulkInsert(lines.map((line) => JSON.parse(line) as object))
      if (error.length > 0) throw new Error(JSON.stringify(error[0]))
    }
  },
  async serve() {
    const server = createServer(async (request, response) => {
      const body = await jsonOf(request)
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(request.url === '/pull' ? await pulled(body as never) : await pushed(body as never)))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  },
  async pull({ url }: { url: string }) {
    const from = sharedNow()
    const replication = replicationWith(url)
    await replication.awaitInitialReplication()
    const ms = sharedNow() - from
    await replication.cancel()
    return { ms, cases: await cases.count().exec() }
  },
  async edit({ count, round }: { count: number; round: number }) {
    const docs = (await cases.find({ limit: count }).exec()).map((doc) => doc.toJSON())
    await cases.bulkUpsert(docs.map((doc) => ({ ...doc, isUrgent: true, editedIn: round })))
  },
  async push({ url }: { url: string }) {
    const from = sharedNow()
    const replication = replicationWith(url)
    await replication.awaitInSync()
    const ms = sharedNow() - from
    await replication.cancel()
    return { ms }
  },
})

function replicationWith(url: string): Replication {
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) })
    return response.json()
  }
  const replication = replicate({
    collection: cases,
    // The same name whoever carries it: what was replicated before is known by it.
    replicationIdentifier: 'cases',
    live: false,
    retryTime: 1_000,
    pull: { batchSize, handler: (checkpoint: unknown, limit: number) => post('/pull', { checkpoint, limit }) },
    push: { batchSize, handler: (rows: PushRow[]) => post('/push', rows) },
  })
  replication.error$.subscribe((error) => {
    throw error
  })
  return replication
}

const pulled = ({ checkpoint, limit }: { checkpoint: unknown; limit: number }): Promise<Changed> =>
  rx.getChangedDocumentsSince(cases.storageInstance, limit, checkpoint ?? undefined)

/** Answers with what stands in the way, as RxDB asks. */
async function pushed(rows: readonly PushRow[]): Promise<Doc[]> {
  const known = await cases.findByIds(rows.map(({ newDocumentState }) => newDocumentState.id)).exec()
  const conflicts: Doc[] = []
  const good: Doc[] = []
  for (const { newDocumentState, assumedMasterState } of rows) {
    const here = known.get(newDocumentState.id)?.toJSON()
    if (here !== undefined && here.version !== assumedMasterState?.version) conflicts.push(here)
    else good.push(newDocumentState)
  }
  await cases.bulkUpsert(good)
  return conflicts
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}
