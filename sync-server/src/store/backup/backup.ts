import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { toIso } from '../../../../src-shared/deadlines/instants.ts'
import { stepsKnown } from '../migrations/migrate.ts'
import { over } from '../queries/over.ts'
import type { Schema } from '../schema.ts'
import { plainConnection } from '../statement.ts'
import type { Reading } from '../store.ts'
import { flush, putInPlace, sha256Of } from './durable.ts'
import { copyFromPostgres } from './from-postgres.ts'
import { copyFromSqlite } from './from-sqlite.ts'
import { type BackupManifest, writeManifest } from './manifest.ts'

/** Recomputes a register's chains. */
export type Verify = (
  reading: Reading,
) => Promise<
  { readonly ok: true; readonly events: number; readonly cases: number } | { readonly ok: false; problem: string }
>

export type Source = { readonly file: string } | { readonly url: string }
export type BackupRefused =
  | { readonly refused: 'no-register' }
  /** The register itself does not verify. */
  | { readonly refused: 'register-not-verified'; readonly problem: string }

/**
 * A copy of the register as one file, whichever store it is in, made while servers write. It is verified before it is called a
 * backup: until then it is named `.part`, and its manifest stands beside it before it gets its name.
 * @throws NewerRegister, or the store's Error
 */
export async function backUp(given: {
  source: Source
  folder: string
  at: number
  version: string
  verify: Verify
  /** The register's own id. */
  identify: (reading: Reading) => Promise<string | null>
}): Promise<{ readonly file: string; readonly manifest: BackupManifest } | BackupRefused> {
  const { source, folder, at, version } = given
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await clearLeftovers(folder, at)
  const part = join(folder, `register-${process.pid}.sqlite.part`)
  try {
    await rm(part, { force: true })
    // Names, numbers and texts of citizens, and the hashes of passwords: for the server's user alone.
    await writeFile(part, '', { mode: 0o600 })
    if ('file' in source) await copyFromSqlite(source.file, part)
    else if (!(await copyFromPostgres(source.url, part))) return { refused: 'no-register' }
    const found = await examine(part, given)
    if ('refused' in found) return found
    await flush(part)
    const file = join(folder, `register-${stamp(at)}-seq${found.seq}.sqlite`)
    const manifest: BackupManifest = {
      format: 'ban-truc-1022-backup-1',
      file: basename(file),
      madeAt: toIso(at),
      version,
      madeFrom: 'url' in source ? 'postgres' : 'sqlite',
      ...found,
      sizeBytes: (await stat(part)).size,
      sha256: await sha256Of(part),
    }
    await writeManifest(file, manifest)
    await putInPlace(part, file)
    return { file, manifest }
  } finally {
    // Nothing, where it has got its name.
    await rm(part, { force: true })
  }
}

/** Reads the copy itself, as it will be read when it is needed. */
async function examine(
  part: string,
  { verify, identify }: Pick<Parameters<typeof backUp>[0], 'verify' | 'identify'>,
): Promise<Pick<BackupManifest, 'step' | 'registerId' | 'seq' | 'dayHead' | 'cases'> | BackupRefused> {
  const database = new Database(part, { readonly: true })
  try {
    const damage = database.pragma('quick_check(1)', { simple: true })
    if (damage !== 'ok') return { refused: 'register-not-verified', problem: String(damage) }
    const connection = plainConnection(new Kysely<Schema>({ dialect: new SqliteDialect({ database }) }))
    const reading = over(connection)
    const verdict = await verdictOn(reading, verify)
    if (!verdict.ok) return { refused: 'register-not-verified', problem: verdict.problem }
    const seq = await reading.register.lastSeq()
    if (seq !== verdict.events) {
      return { refused: 'register-not-verified', problem: `${verdict.events} events, and the counter says ${seq}` }
    }
    const last = (await reading.register.dayHeads()).at(-1)
    return {
      step: (await stepsKnown(connection.db)).at(-1) ?? '',
      registerId: await identify(reading),
      seq,
      dayHead: last === undefined ? null : { day: last.day, head: last.head },
      cases: verdict.cases,
    }
  } finally {
    database.close()
  }
}

/** A line that cannot even be read is a broken register, not a fault of the program. */
export const verdictOn = (reading: Reading, verify: Verify): ReturnType<Verify> =>
  verify(reading).catch((failure: unknown) => ({ ok: false, problem: String(failure) }))

/** `20261005-093015`, the province's time: so names are in the order of time. */
const stamp = (at: number): string => toIso(at).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')

const dayMs = 86_400_000

/** Of backups that were cut off; one that is being made beside this one is younger. */
async function clearLeftovers(folder: string, at: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^register-.*\.part$/.test(name)) continue
    const { mtimeMs } = await stat(join(folder, name))
    if (at - mtimeMs > dayMs) await rm(join(folder, name), { force: true })
  }
}
