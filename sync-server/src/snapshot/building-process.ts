import { setPriority } from 'node:os'
import type { SnapshotManifest } from '../../../src-shared/api/snapshot.ts'
import type { Reference } from '../../../src-shared/api/sync.ts'
import { isDiskFull } from '../store/snapshot/building-file.ts'
import type { EventLine } from '../store/store.ts'
import { referenceBook } from '../sync/reference-book.ts'
import { type BuildOrder, buildSnapshot } from './build.ts'
import { partFiles } from './part-files.ts'

/** What the server gives this process first of all. */
export interface ProcessOrder extends Omit<BuildOrder, 'reference'> {
  readonly dir: string
  readonly keepFreeBytes: number
  readonly reference: Reference
}
/** What it asks for, page by page, and says at its end; each page is answered by its lines, in the order of asking. */
export type BuilderSays =
  | { readonly kind: 'page'; readonly after: number; readonly limit: number }
  | { readonly kind: 'made'; readonly manifest: SnapshotManifest }
  | { readonly kind: 'failed'; readonly isDiskFull: boolean; readonly reason: string }
export type BuilderHears =
  | { readonly kind: 'order'; readonly order: ProcessOrder }
  | { readonly kind: 'lines'; readonly lines: readonly EventLine[] }
  | { readonly kind: 'failure'; readonly reason: string }

// Calls come first.
setPriority(10)
// Nobody is left to hand it out.
process.on('disconnect', () => process.exit())

const say = (said: BuilderSays): Promise<void> => new Promise((resolve) => process.send!(said, () => resolve()))
const asked: { resolve(lines: readonly EventLine[]): void; reject(failure: Error): void }[] = []
process.on('message', (heard: BuilderHears) => {
  if (heard.kind === 'order') void build(heard.order)
  else if (heard.kind === 'lines') asked.shift()!.resolve(heard.lines)
  else asked.shift()!.reject(new Error(heard.reason))
})

const pages = (after: number, limit: number): Promise<readonly EventLine[]> =>
  new Promise((resolve, reject) => {
    asked.push({ resolve, reject })
    void say({ kind: 'page', after, limit })
  })

async function build({ dir, keepFreeBytes, reference, ...order }: ProcessOrder): Promise<void> {
  try {
    const book = referenceBook(reference, { now: () => order.now })
    const manifest = await buildSnapshot(partFiles(dir, keepFreeBytes), { ...order, reference: book }, pages)
    await say({ kind: 'made', manifest })
  } catch (failure) {
    const reason = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)
    await say({ kind: 'failed', isDiskFull: isDiskFull(failure), reason })
  }
  process.disconnect()
}
