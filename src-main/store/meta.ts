import type { WritableDatabase } from './database.ts'

/** Single values of the desk: its id, cursor, the reference data, when it last heard the server. */
export type MetaKey =
  | 'desk_id'
  | 'cursor'
  | 'next_n'
  | 'reference'
  | 'last_sync_at'
  | 'clock_offset_ms'
  | 'notice'
  | 'fold_version'

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
