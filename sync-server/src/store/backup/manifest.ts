import { readFile, stat, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { instantSchema } from '../../../../src-shared/ids.ts'
import { putInPlace, sha256Of } from './durable.ts'

/**
 * What stands beside a backup: where the register was, and what every byte of the file must come to. The chains prove the
 * events; accounts, calendars and messages are in no chain, so a damaged byte among them is found by the hash alone.
 */
export const manifestSchema = z.object({
  format: z.literal('ban-truc-1022-backup-1'),
  /** Of the file, without its folder. */
  file: z.string().min(1),
  madeAt: instantSchema,
  /** Of the server's program that made it. */
  version: z.string(),
  madeFrom: z.enum(['sqlite', 'postgres']),
  /** The last step of the schema. */
  step: z.string(),
  /** Null in a register that was made before registers had one. */
  registerId: z.string().nullable(),
  seq: z.int().min(0),
  /** Null where there is no event. */
  dayHead: z.object({ day: z.string(), head: z.string() }).nullable(),
  cases: z.int().min(0),
  sizeBytes: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type BackupManifest = z.infer<typeof manifestSchema>

export const manifestOf = (file: string): string => `${file.replace(/\.sqlite$/, '')}.json`

export async function writeManifest(file: string, manifest: BackupManifest): Promise<void> {
  const part = `${manifestOf(file)}.part`
  await writeFile(part, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
  await putInPlace(part, manifestOf(file))
}

export type BackupFault =
  | { readonly refused: 'backup-missing'; readonly file: string }
  | { readonly refused: 'backup-without-manifest'; readonly file: string; readonly manifest: string }
  /** `reason` is for whoever repairs: sizes, hashes, SQLite's own words. */
  | { readonly refused: 'backup-damaged'; readonly file: string; readonly reason: string }

/** Every byte of the file is what the manifest says. */
export async function checkedManifest(file: string): Promise<BackupManifest | BackupFault> {
  const found = await stat(file).catch(() => null)
  if (found === null || !found.isFile()) return { refused: 'backup-missing', file }
  const manifest = await readManifest(manifestOf(file))
  if (manifest === null) return { refused: 'backup-without-manifest', file, manifest: manifestOf(file) }
  if (found.size !== manifest.sizeBytes) {
    return { refused: 'backup-damaged', file, reason: `${found.size} bytes instead of ${manifest.sizeBytes}` }
  }
  const sha256 = await sha256Of(file)
  if (sha256 === manifest.sha256) return manifest
  return { refused: 'backup-damaged', file, reason: `sha256 ${sha256} instead of ${manifest.sha256}` }
}

async function readManifest(file: string): Promise<BackupManifest | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return manifestSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
