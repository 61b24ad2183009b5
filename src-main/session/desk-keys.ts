import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { freeNameBeside, namesIn, readIfThere, renameDurably } from '../durable-files.ts'
import type { NamedKeys } from './recovery-wrap.ts'
import type { SecretName, Secrets } from './secrets.ts'

/** The keys that everything on this computer is locked with: 32 random bytes each. */
export interface DeskKeys {
  readonly database: Buffer
  readonly vault: Buffer
  /** Where recordings lie whose key is gone; null when none do. */
  readonly laidAside: string | null
  /** As they are wrapped for the server. */
  readonly named: NamedKeys
}

/** What was locked with a key that is gone bears this in its name. */
export const lostWord = 'mat-khoa'
export const recoveryFile = 'recovery.key'
export const recordingsFolder = 'recordings'

/**
 * The desk's keys out of the system's key store, made where there are none. A key that is gone must not brick the desk (S33): what
 * was wrapped with it and the recordings that it opens are laid aside, under names that the recovery finds again, before a new
 * key is made. The database file is laid aside by the store, which finds that it cannot read it.
 */
export async function openDeskKeys(dataDir: string, secrets: Secrets, at: number): Promise<DeskKeys> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const held = { database: await secrets.get('database-key'), vault: await secrets.get('vault-key') }
  // A desk of an older version has no key of its database and nothing wrapped: it has lost nothing.
  if (held.database === null || held.vault === null) await keepRecovery(dataDir, at)
  const laidAside = held.vault === null ? await layRecordingsAside(dataDir, at) : null
  const database = held.database ?? (await makeKey(secrets, 'database-key'))
  const vault = held.vault ?? (await makeKey(secrets, 'vault-key'))
  return {
    database: Buffer.from(database, 'hex'),
    vault: Buffer.from(vault, 'hex'),
    laidAside,
    named: { 'database-key': database, 'vault-key': vault },
  }
}

/** Lays aside what the server can unwrap, before a new key is wrapped in its place. */
export async function keepRecovery(dataDir: string, at: number): Promise<void> {
  const path = join(dataDir, recoveryFile)
  if ((await readIfThere(path)) !== null) await renameDurably(path, await freeNameBeside(path, lostWord, at))
}

async function makeKey(secrets: Secrets, name: SecretName): Promise<string> {
  const fresh = randomBytes(32).toString('hex')
  await secrets.set(name, fresh)
  return fresh
}

async function layRecordingsAside(dataDir: string, at: number): Promise<string | null> {
  const recordings = join(dataDir, recordingsFolder)
  if ((await namesIn(recordings)).length === 0) return null
  const aside = await freeNameBeside(recordings, lostWord, at)
  await renameDurably(recordings, aside)
  return aside
}
