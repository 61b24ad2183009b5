import { join } from 'node:path'
import { toIso } from '../src-shared/deadlines/instants.ts'
import { type DeskId, deskIdSchema } from '../src-shared/ids.ts'
import type { ConsoleParts } from './console.ts'
import { type Notices, openNotices } from './notices.ts'
import { openVault, type Vault } from './recordings/vault.ts'
import { type DeskKeys, keepRecovery, openDeskKeys, recordingsFolder } from './session/desk-keys.ts'
import { openStore, type Store } from './store/store.ts'
import { lastWipe, type Wipe } from './wipe/wipe-marks.ts'

/** What lies on this computer, opened: keys, database, recordings, and what a person has to be told of them. */
export interface DeskData {
  readonly keys: DeskKeys
  readonly store: Store
  readonly databaseFile: string
  readonly vault: Vault
  readonly vaultDir: string
  readonly notices: Notices
  readonly deskId: DeskId
  /** The last wipe that this computer has seen (S40). */
  readonly wiped: Wipe | null
}

/**
 * Opens the desk's folder. What cannot be opened is laid aside and told, and the desk opens without it (S33).
 * @throws NewerStore, CallFailed `disk-full`
 */
export async function openData(
  parts: Pick<ConsoleParts, 'dataDir' | 'secrets' | 'clock' | 'newId' | 'log'>,
): Promise<DeskData> {
  const { dataDir, clock, newId } = parts
  const keys = await openDeskKeys(dataDir, parts.secrets, clock.now())
  const databaseFile = join(dataDir, 'ban-truc.sqlite')
  const { store, setAside } = openStore(databaseFile, { now: clock.now, toIso, newId }, keys.database)
  const notices = openNotices(store.meta)
  if (setAside !== null) {
    parts.log('warn', 'the local database was set aside', { ...setAside })
    const { file, salvagedCommands: commands, salvagedDrafts: drafts } = setAside
    if (setAside.reason === 'torn') notices.add('store-rebuilt', { file, commands, drafts })
    else {
      // Also where a key is there, and is another one: what was wrapped opens the file that was laid aside.
      await keepRecovery(dataDir, clock.now())
      notices.add('key-lost', { file })
    }
  } else if (keys.laidAside !== null) notices.add('key-lost', { file: keys.laidAside })

  const wiped = await lastWipe(dataDir)
  if (wiped !== null && store.meta.get('wipe_told') !== wiped.orderId) {
    store.transaction(() => {
      notices.add('wiped', { reason: wiped.reason })
      store.meta.set('wipe_told', wiped.orderId)
    })
  }
  const vaultDir = join(dataDir, recordingsFolder)
  const vault = await openVault({ dir: vaultDir, key: keys.vault, clock, newId })
  const deskId = deskIdSchema.parse(store.meta.get('desk_id'))
  return { keys, store, databaseFile, vault, vaultDir, notices, deskId, wiped }
}
