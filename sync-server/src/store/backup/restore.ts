import { existsSync } from 'node:fs'
import { chmod, copyFile, link, mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type MoveRefused, moveToPostgres } from '../move-to-postgres.ts'
import { openSqliteStore } from '../sqlite.ts'
import type { Store } from '../store.ts'
import { type Gap, makeAnother } from './another-register.ts'
import type { Verify } from './backup.ts'
import { flush, flushFolder } from './durable.ts'
import { type BackupFault, type BackupManifest, checkedManifest } from './manifest.ts'

export interface Restored {
  readonly registerId: string
  readonly seq: number
  readonly gaps: readonly Gap[]
}
export type RestoreRefused =
  | BackupFault
  /** Also where only a log of a register is left: SQLite would read it into whatever lies beside it. */
  | { readonly refused: 'target-exists'; readonly file: string }
  | Exclude<MoveRefused, { refused: 'source-older' | 'source-in-use' }>

interface Given {
  readonly backup: string
  /** The embedded register's place; work on the copy is done beside it. */
  readonly file: string
  /** Into this database instead. */
  readonly url: string | null
  readonly at: number
  readonly newId: string
  readonly verify: Verify
}

/**
 * A backup becomes the register, whole or not at all. All that can fail happens on a copy beside the target: the hash of every
 * byte, the steps of a newer program, the chains before and after. Only then does the copy get the register's name, or is
 * it copied into the database in one transaction.
 * @throws NewerRegister, or the store's Error
 */
export async function restore(given: Given): Promise<Restored | RestoreRefused> {
  const { backup, file, url, verify } = given
  if (url === null) {
    const stranger = leftAt(file)
    if (stranger !== null) return { refused: 'target-exists', file: stranger }
  }
  const manifest = await checkedManifest(backup)
  if ('refused' in manifest) return manifest
  const copy = `${file}.restoring-${process.pid}`
  await mkdir(dirname(file), { recursive: true })
  try {
    await copyFile(backup, copy)
    await chmod(copy, 0o600)
    const made = await madeAnother(copy, manifest, given)
    if ('refused' in made) return made
    if (url !== null) {
      const moved = await moveToPostgres(copy, url, verify)
      return 'refused' in moved ? (moved as RestoreRefused) : made
    }
    await flush(copy)
    return (await takeTheName(copy, file)) ? made : { refused: 'target-exists', file }
  } finally {
    for (const end of ['', '-wal', '-shm']) await rm(copy + end, { force: true })
  }
}

async function madeAnother(copy: string, manifest: BackupManifest, given: Given): Promise<Restored | RestoreRefused> {
  const store = await openSqliteStore(copy)
  try {
    const before = await troubleIn(store, manifest, given)
    if (before !== null) return before
    const gaps = await store.write((tx) => makeAnother(tx, given.at, given.newId))
    const after = await troubleIn(store, manifest, given)
    return after ?? { registerId: given.newId, seq: manifest.seq, gaps }
  } finally {
    await store.close()
  }
}

async function troubleIn(
  store: Store,
  manifest: BackupManifest,
  { backup, verify }: Given,
): Promise<BackupFault | null> {
  const verdict = await verify(store.read)
  if (!verdict.ok) return { refused: 'backup-damaged', file: backup, reason: verdict.problem }
  const head = (await store.read.register.dayHeads()).at(-1)
  if (verdict.events === manifest.seq && head?.head === manifest.dayHead?.head) return null
  return { refused: 'backup-damaged', file: backup, reason: `${verdict.events} events instead of ${manifest.seq}` }
}

const leftAt = (file: string): string | null =>
  [file, `${file}-wal`, `${file}-journal`].find((each) => existsSync(each)) ?? null

/** Unlike a renaming, a link never takes the place of a register that a server has made meanwhile. */
async function takeTheName(copy: string, file: string): Promise<boolean> {
  try {
    await link(copy, file)
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'EEXIST') return false
    throw failure
  }
  await flushFolder(dirname(file))
  return true
}
