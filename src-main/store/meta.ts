import type { WritableDatabase } from './database.ts'

/** Single values of the desk: its id, where it stands in which register, the reference data, when it last heard the server. */
export type MetaKey =
  | 'desk_id'
  /** The register's own id, the seq up to which the desk has everything, and the hash of the event there (S19). */
  | 'register_id'
  | 'cursor'
  | 'head'
  /** What the desk may keep of the register (S23). */
  | 'holds'
  /** The snapshot that is being taken, and which of its parts are in (S36). */
  | 'snapshot'
  | 'snapshot_done'
  | 'next_n'
  | 'reference'
  | 'last_sync_at'
  | 'clock_offset_ms'
  | 'notice'
  | 'fold_version'
  /** The server's key for the day this computer's own key store is lost (S33). */
  | 'recovery_key'
  /** The order to wipe of which a person here has been told (S40). */
  | 'wipe_told'
  /** The register that has been told of the blocks held here (S22), and when a block was leased last. */
  | 'claimed_for'
  | 'leased_at'

export interface Meta {
  get(key: MetaKey): string | null
  getNumber(key: MetaKey): number
  set(key: MetaKey, value: string | number | null): void
}

export function openMeta(db: WritableDatabase): Meta {
  const read = db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?')
  const write = db.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  const remove = db.prepare('DELETE FROM meta WHERE key = ?')
  const get = (key: MetaKey): string | null => read.get(key)?.value ?? null
  return {
    get,
    getNumber: (key) => Number(get(key) ?? 0),
    set(key, value) {
      if (value === null) remove.run(key)
      else write.run(key, String(value))
    },
  }
}
