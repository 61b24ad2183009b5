import { mkdirSync } from 'node:fs'
import { buildSnapshot } from '../../sync-server/src/snapshot/build.ts'
import { partFiles } from '../../sync-server/src/snapshot/part-files.ts'
import { openShelf } from '../../sync-server/src/snapshot/shelf.ts'
import type { Snapshots } from '../../sync-server/src/snapshot/snapshots.ts'
import type { Reading } from '../../sync-server/src/store/store.ts'
import type { LiveReference } from '../../sync-server/src/sync/open-reference.ts'

/** The server's own building of snapshots, without the thread it does that in; a small register is worth one here. */
export function openSimulatedSnapshots(at: {
  readonly dir: string
  readonly read: Pick<Reading, 'register'>
  readonly registerId: string
  readonly reference: LiveReference
  readonly clock: { now(): number }
  newId(): string
  isAlive(): boolean
  onFault(failure: unknown): void
}): Pick<Snapshots, 'newest' | 'part'> {
  mkdirSync(at.dir, { recursive: true })
  const { read, registerId } = at
  const files = partFiles(at.dir, 0)
  const shelf = openShelf(files, registerId, at.clock)
  let isMaking = false

  const make = async (upTo: number): Promise<void> => {
    if (isMaking || upTo === 0) return
    isMaking = true
    try {
      const order = { registerId, upTo, reference: at.reference, now: at.clock.now(), id: at.newId() }
      shelf.add(await buildSnapshot(files, order, (after, limit) => read.register.eventsAfter(after, limit)))
    } catch (failure) {
      if (at.isAlive()) at.onFault(failure)
    } finally {
      isMaking = false
    }
  }
  return {
    async newest() {
      const lastSeq = await read.register.lastSeq()
      const held = shelf.newest()
      const isOther = held !== null && (await read.register.hashOf(held.seq)) !== held.head
      if (isOther) shelf.clear()
      if (held === null || isOther || lastSeq - held.seq > 20) void make(lastSeq)
      return isOther ? null : held
    },
    part(id, index) {
      const part = shelf.read(id)?.parts[index]
      return part === undefined || !files.has(part) ? null : { path: files.path(part), part }
    },
  }
}
