import { existsSync } from 'node:fs'
import { chmod, copyFile, link, mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type MoveRefused, moveToPostgres } from '../move-to-postgres.ts'
import { openSqliteStore } from '../sqlite.ts'
import type { Store, Writing } from '../store.ts'
import { type Verify, verdictOn } from './backup.ts'
import { flush, flushFolder } from './durable.ts'
import { type BackupFault, type BackupManifest, checkedManifest } from './manifest.ts'

export interface Restored<R> {
  readonly seq: number
  readonly renewed: R
}
export type RestoreRefused =
  | BackupFault
  /** Also where only a log of a register is left: SQLite would read it into whatever lies beside it. */
  | { readonly refused: 'target-exists'; readonly file: string }
  | Exclude<MoveRefused, { refused: 'source-older' | 'source-in-use' }>

interface Given<R> {
  readonly backup: string
  /** The embedded register's place; work on the copy is done beside it. */
  readonly file: string
  /** Into this database instead. */
  readonly url: string | null
  readonly verify: Verify
  /** Makes the copy another register, in one transaction. */
  readonly renew: (tx: Writing) => Promise<R>
}

/**
 * A backup becomes the register, whole or not at all. All that can fail happens on a copy beside the target: the hash of every
 * byte, the steps of a newer program, the chains before and after. Only then does the copy get the register's name, or is
 * it copied into the database in one transaction.
 * @throws NewerRegister, or the store's Error
 */
export async function restore<R>(given: Given<R>): Promise<Restored<R> | RestoreRefused> {
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
    const made = await renewed(copy, manifest, given)
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

async function renewed<R>(
  copy: string,
  manifest: BackupManifest,
  { backup, verify, renew }: Given<R>,
): Promise<Restored<R> | RestoreRefused> {
  const store = await openSqliteStore(copy)
  const trouble = async (): Promise<BackupFault | null> => {
    const reason = await troubleIn(store, manifest, verify)
    return reason === null ? null : { refused: 'backup-damaged', file: backup, reason }
  }
  try {
    const before = await trouble()
    if (before !== null) return before
    const made = await store.write(renew)
    return (await trouble()) ?? { seq: manifest.seq, renewed: made }
  } finally {
    await store.close()
  }
}

async function troubleIn({ read }: Store, { seq, dayHead }: BackupManifest, verify: Verify): Promise<string | null> {
  const verdict = await verdictOn(read, verify)
  if (!verdict.ok) return verdict.problem
  if (verdict.events !== seq) return `${verdict.events} events instead of ${seq}`
  const last = (await read.register.dayHeads()).at(-1)
  return last?.head === dayHead?.head ? null : `the day ${last?.day} has another head`
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
