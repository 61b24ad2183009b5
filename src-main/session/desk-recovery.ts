import type { Notices } from '../notices.ts'
import { resealRecordings } from '../recordings/reseal.ts'
import type { Vault } from '../recordings/vault.ts'
import { asideFiles, opensWith } from '../store/aside-files.ts'
import { salvageInto } from '../store/salvage.ts'
import type { Store } from '../store/store.ts'
import type { ServerApi } from '../sync/server-api.ts'
import type { DeskKeys } from './desk-keys.ts'
import { openRecovery } from './recovery.ts'

export interface DeskRecoveryParts {
  readonly dataDir: string
  readonly databaseFile: string
  readonly vaultDir: string
  readonly deskId: string
  readonly keys: DeskKeys
  readonly store: Store
  readonly vault: Vault
  readonly api: Pick<ServerApi, 'recover'>
  readonly notices: Notices
  readonly clock: { now(): number }
  /** Cases, drafts and recordings came back. */
  onState(): void
  log(level: 'info' | 'warn' | 'error', what: string, about?: Record<string, unknown>): void
}

/** What a desk whose key was lost reads out of its own files, once the server has unwrapped the key (S33). */
export function deskRecovery(parts: DeskRecoveryParts): (serverKey: string) => Promise<void> {
  const { store, vault, keys, notices, log } = parts
  return openRecovery({
    dataDir: parts.dataDir,
    deskId: parts.deskId,
    keys: keys.named,
    now: parts.clock.now,
    recover: parts.api.recover,
    mark: {
      get: () => store.meta.get('recovery_key'),
      set: (mark) => store.meta.set('recovery_key', mark),
    },
    salvage(key) {
      // The newest that this key opens and today's does not: what was laid aside for other reasons was read at once.
      const file = asideFiles(parts.databaseFile).find(
        (each) => !opensWith(each, keys.database) && opensWith(each, key),
      )
      if (file === undefined) return null
      const { salvagedCommands: commands, salvagedDrafts: drafts } = salvageInto(file, key, store)
      return { commands, drafts }
    },
    async takeRecordings(dir, key) {
      const taken = await resealRecordings({ dir, key }, { dir: parts.vaultDir, key: keys.vault })
      await vault.takeStock()
      return taken.filter((recordingId) => vault.find(recordingId)?.countersignature === null).length
    },
    onRecovered(what) {
      log('warn', 'the lost keys came back', what)
      notices.add('key-recovered', what)
      parts.onState()
    },
    onFailed: (why) => log('warn', 'the server did not unwrap the lost keys', { why }),
  })
}
