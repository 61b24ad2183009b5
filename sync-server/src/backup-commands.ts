import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { WordKey } from '../../src-shared/words/words.ts'
import { verifyRegister } from './cases/verify-register.ts'
import type { Clock } from './clock.ts'
import { type Config, ConfigProblem, claimDataDir, isPostgresUrl, withoutPassword } from './config.ts'
import { type Done, registerTrouble } from './maintenance.ts'
import { embeddedFile } from './open-store.ts'
import { copyArchive } from './recordings/copy-archive.ts'
import { type BackupRefused, backUp } from './store/backup/backup.ts'
import { type RestoreRefused, restore } from './store/backup/restore.ts'
import type { Reading, Writing } from './store/store.ts'
import { makeAnother } from './sync/another-register.ts'
import { readRegisterId } from './sync/register-id.ts'
import { version } from './version.ts'

interface Parts {
  readonly clock: Clock
  readonly newId: () => string
}

const chains = { verify: verifyRegister, identify: ({ reference }: Reading) => readRegisterId(reference) }
const recordingsOf = (dir: string): string => join(dir, 'recordings', 'verified')

/**
 * `backup <folder>`: the register of the settings, wherever it is kept and while servers run on it, into one verified file;
 * and the recordings that the folder does not have yet. The register comes first: a recording it names was verified before.
 * @throws ConfigProblem with what was kept and what to do
 */
export async function backUpCommand(config: Config, folder: string, { clock }: Parts): Promise<Done> {
  const file = embeddedFile(config)
  if (config.databaseUrl === null && !existsSync(file)) {
    throw new ConfigProblem(config.language, 'config.database', { file, reason: 'ENOENT' })
  }
  const source = config.databaseUrl === null ? { file } : { url: config.databaseUrl }
  const given = { source, folder: resolve(folder), at: clock.now(), version, ...chains }
  const made = await backUp(given).catch((failure: unknown) => {
    throw trouble(failure, file, given.folder, config.databaseUrl, config)
  })
  if ('refused' in made) throw inWords(config, made)
  const recordings = await copyArchive(recordingsOf(config.dataDir), recordingsOf(given.folder))
  return {
    said: { backup: { ...made.manifest, file: made.file, recordings } },
    exitCode: recordings.damaged.length > 0 ? 1 : 0,
  }
}

/**
 * `restore <backup file> [postgres://…]`: into the embedded file, or into an empty database (without an address, the one of the
 * settings); and the recordings that lie beside it.
 * @throws ConfigProblem; nothing was changed then
 */
export async function restoreCommand(
  config: Config,
  backup: string,
  url: string | null,
  { clock, newId }: Parts,
): Promise<Done> {
  claimDataDir(config)
  const file = embeddedFile(config)
  const registerId = newId()
  const at = clock.now()
  const given = {
    backup: resolve(backup),
    file,
    url,
    ...chains,
    renew: (tx: Writing) => makeAnother(tx, at, registerId),
  }
  const made = await restore(given).catch((failure: unknown) => {
    throw trouble(failure, given.backup, config.dataDir, url, config)
  })
  if ('refused' in made) throw inWords(config, made)
  const recordings = await copyArchive(recordingsOf(dirname(given.backup)), recordingsOf(config.dataDir))
  const into = url === null ? file : withoutPassword(url)
  return {
    said: { restored: { registerId, seq: made.seq, gaps: made.renewed, into, recordings } },
    exitCode: recordings.damaged.length > 0 ? 1 : 0,
  }
}

/** Null where the words given make no such command. */
export function backupTask([task, first, second, ...rest]: readonly string[], config: Config, parts: Parts) {
  if (first === undefined || first === '' || rest.length > 0) return null
  if (task === 'backup' && second === undefined) return backUpCommand(config, first, parts)
  if (task !== 'restore' || (second !== undefined && !isPostgresUrl(second))) return null
  return restoreCommand(config, first, second ?? config.databaseUrl, parts)
}

function trouble(failure: unknown, file: string, place: string, url: string | null, config: Config): unknown {
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : ''
  // A file system's error names the path; that of a database which is away names none.
  const isDisk = code === 'SQLITE_FULL' || (failure instanceof Error && code !== '' && 'path' in failure)
  if (isDisk) return new ConfigProblem(config.language, 'backup.not-written', { place, reason: code })
  return registerTrouble(failure, file, url, config)
}

function inWords({ language }: Config, refused: BackupRefused | RestoreRefused): ConfigProblem {
  const { refused: code, ...facts } = refused
  const params = 'verdict' in facts ? { side: facts.side, problem: JSON.stringify(facts.verdict) } : facts
  return new ConfigProblem(language, `backup.${code}` satisfies WordKey, params)
}
