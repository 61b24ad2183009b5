import type { SnapshotManifest, SnapshotPart } from '../../src-shared/api/snapshot.ts'
import type { LeasedBlock } from '../../src-shared/api/sync.ts'
import type { MetaKey } from './meta.ts'
import type { Store } from './store.ts'

/** `openStore(file, around, key)` answers `{ store, setAside }`; `key` null opens a plain file. */
export interface SetAsideSoon {
  readonly file: string
  /** `key`: it cannot be read with the key there is; `torn`: salvaged at once. */
  readonly reason: 'key' | 'torn'
  readonly salvagedCommands: number
  readonly salvagedDrafts: number
}
/** For a file set aside for its key, once the server has unwrapped it. Safe to call twice. */
export type SalvageInto = (
  asideFile: string,
  key: Buffer,
  store: Store,
) => { salvagedCommands: number; salvagedDrafts: number }

/** More keys of meta: `register_id`, `head` (set by take, beside `cursor`), `holds`, `snapshot` (JSON, the store's own), `recovery_key`. */
export type MetaKeySoon = MetaKey | 'register_id' | 'head' | 'holds' | 'snapshot' | 'recovery_key'

/** On `store.outbox`. */
export interface OutboxSoon {
  /** S20: what was sent since `since` (epoch ms, when it settled) and what is accepted waits again, in its old order, before what waits; all numbered from `from`. */
  sendAgain(since: number, from: number): void
}

/** On `store.codes`. */
export interface CodesSoon {
  /** `next` is the first number that nobody was told. */
  blocks(): (LeasedBlock & { next: number })[]
  /** Codes that were told and have no case here yet (S21). */
  told(): string[]
  /** Blocks that a claim was refused (S22): used no more. */
  drop(blocks: readonly LeasedBlock[]): void
}

/** On `openRegisterCopy(…)`. */
export interface RegisterCopySoon {
  /** S20, S23: all that was confirmed goes; what waits is shown again. A restart in the middle goes on with it. */
  forgetConfirmed(): Promise<void>
  /** Which snapshot is being taken and which of its parts are in; null when none is (S36). */
  snapshot(): { manifest: SnapshotManifest; done: readonly number[] } | null
  /** Goes on with the same one where it was begun; otherwise forgets what is confirmed and begins. */
  beginSnapshot(manifest: SnapshotManifest): Promise<void>
  /** One transaction; `image` is the part decompressed. A part that is in already is passed over. */
  applyPart(manifest: SnapshotManifest, part: SnapshotPart, image: Uint8Array): void
  /** Cursor, head and register id are the snapshot's from here on (S37). */
  finishSnapshot(manifest: SnapshotManifest): Promise<void>
}

/** On `store.index`: the search index behind the stream (S34). */
export interface SearchIndexSoon {
  /** Cases that a search does not find yet. */
  left(): number
  /** Indexes some more; answers how many are left. */
  some(limit: number): number
}
/** Runs in slices while there is something to index; `wake` after each take. */
export type StartIndexing = (
  store: Store,
  parts: { onProgress(left: number): void; onFailed(error: unknown): void },
) => { wake(): void; stop(): void }

/** On `store.room`: whether the disk takes anything (item 5). Every writing call of the store fails with `disk-full` where it does not. */
export interface RoomSoon {
  isFull(): boolean
  /** Looks, with a trial write where there is doubt; to be called every second. Answers whether `isFull` has changed. */
  look(): boolean
}
