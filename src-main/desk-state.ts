import { statfs } from 'node:fs/promises'
import type { DeskState } from '../src-shared/bridge.ts'
import { toIso } from '../src-shared/deadlines/instants.ts'
import { deskIdSchema } from '../src-shared/ids.ts'
import type { Vault } from './recordings/vault.ts'
import type { Store } from './store/store.ts'

/** What the status bar says, read from where each fact lives. */
export function deskState(parts: {
  store: Store
  lastSyncAt: number | null
  vault: Vault
  link: DeskState['link']
  account: DeskState['account']
  provinceName: string | null
  progress: DeskState['progress']
  holds: DeskState['holds']
  notice: DeskState['notice']
  clockOffsetMs: number
  freeBytes: number | null
  year: number
}): DeskState {
  const {
    store,
    lastSyncAt,
    vault,
    link,
    account,
    provinceName,
    progress,
    holds,
    notice,
    clockOffsetMs,
    freeBytes,
    year,
  } = parts
  const recordings = vault.list()
  const { waiting, attention } = store.outbox.counts()
  const waitingSince = store.outbox.waitingSince()
  return {
    deskId: deskIdSchema.parse(store.meta.get('desk_id')),
    account,
    provinceName,
    link,
    lastSyncAt: lastSyncAt === null ? null : toIso(lastSyncAt),
    progress,
    holds,
    waiting,
    attention,
    waitingSinceAt: waitingSince === null ? null : toIso(waitingSince),
    isDiskFull: store.room.isFull(),
    clockOffsetMs,
    codesLeft: store.codes.left(year),
    recordings: {
      count: recordings.length,
      waitingUpload: recordings.filter((each) => each.state === 'finished' || each.state === 'salvaged').length,
      sizeBytes: recordings.reduce((sum, each) => sum + each.sizeBytes, 0),
      freeBytes,
    },
    notice,
  }
}

/** How much room is left beside the recordings; null where the system does not say. */
export function watchDisk(dir: string): { measure(): Promise<void>; freeBytes(): number | null } {
  let freeBytes: number | null = null
  return {
    async measure() {
      const disk = await statfs(dir).catch(() => null)
      freeBytes = disk === null ? null : disk.bavail * disk.bsize
    },
    freeBytes: () => freeBytes,
  }
}
