import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { SnapshotManifest } from '../../../src-shared/api/snapshot.ts'
import type { Reference } from '../../../src-shared/api/sync.ts'
import { isDiskFull } from '../store/snapshot/building-file.ts'
import type { EventLine } from '../store/store.ts'
import { referenceBook } from '../sync/reference-book.ts'
import { type BuildOrder, buildSnapshot } from './build.ts'
import { partFiles } from './part-files.ts'

/** What the server's thread gives this one to begin with. */
export interface ThreadOrder extends Omit<BuildOrder, 'reference'> {
  readonly dir: string
  readonly keepFreeBytes: number
  readonly reference: Reference
}
/** What it asks for, page by page, and says at its end; each page is answered by its lines. */
export type ThreadSays =
  | { readonly kind: 'page'; readonly after: number; readonly limit: number }
  | { readonly kind: 'made'; readonly manifest: SnapshotManifest }
  | { readonly kind: 'failed'; readonly isDiskFull: boolean; readonly reason: string }
export type ThreadHears = { readonly lines: readonly EventLine[] } | { readonly failure: string }

const port = parentPort!
const say = (said: ThreadSays): void => port.postMessage(said)

// Linux numbers threads like processes, and 0 is the one that asks: calls come first. Elsewhere it would be the whole server.
if (process.platform === 'linux') setPriority(0, 10)

const { reference, dir, keepFreeBytes, ...order } = workerData as ThreadOrder
const asked: { resolve(lines: readonly EventLine[]): void; reject(failure: Error): void }[] = []
port.on('message', (heard: ThreadHears) => {
  const { resolve, reject } = asked.shift()!
  if ('lines' in heard) resolve(heard.lines)
  else reject(new Error(heard.failure))
})
const pages = (after: number, limit: number): Promise<readonly EventLine[]> =>
  new Promise((resolve, reject) => {
    asked.push({ resolve, reject })
    say({ kind: 'page', after, limit })
  })

const book = referenceBook(reference, { now: () => order.now })
buildSnapshot(partFiles(dir, keepFreeBytes), { ...order, reference: book }, pages)
  .then(
    (manifest) => say({ kind: 'made', manifest }),
    (failure: unknown) => {
      const reason = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)
      say({ kind: 'failed', isDiskFull: isDiskFull(failure), reason })
    },
  )
  .finally(() => port.close())
