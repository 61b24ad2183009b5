import { createHmac, timingSafeEqual } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { instantSchema } from '../../src-shared/ids.ts'
import { recordingFileIdSchema } from '../../src-shared/recordings/manifest.ts'
import { countersignatureSchema } from '../../src-shared/recordings/verify.ts'
import { syncFolder } from '../durable-files.ts'

export const gapSchema = z.object({ fromAt: instantSchema, toAt: instantSchema.nullable(), reason: z.string() })
export type Gap = z.infer<typeof gapSchema>

export const uploadStateSchema = z.object({
  url: z.string().nullable(),
  attempts: z.int().nonnegative(),
  nextAt: instantSchema.nullable(),
  lastError: z.string().nullable(),
})
export type UploadState = z.infer<typeof uploadStateSchema>

export const cardSchema = z.object({
  format: z.literal(1),
  recordingId: recordingFileIdSchema,
  callId: z.string(),
  caseId: z.string().nullable(),
  startedAt: instantSchema,
  state: z.enum(['recording', 'finished', 'salvaged', 'damaged']),
  damage: z.string().nullable(),
  endedAt: instantSchema.nullable(),
  durationMs: z.int().nullable(),
  sizeBytes: z.int().nonnegative(),
  spoolBytes: z.int().nonnegative(),
  gaps: z.array(gapSchema),
  chainHead: z.string().nullable(),
  upload: uploadStateSchema,
  countersignature: countersignatureSchema.nullable(),
})

/**
 * What is known of a recording without opening it; it stands beside the spool. The spool is the truth: a card that is
 * missing or does not authenticate is made again from it.
 */
export type Card = z.infer<typeof cardSchema>

const seal = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update('recording card\n').update(text).digest('hex')

/** Writes the card whole or not at all. */
export const saveCard = async (key: Buffer, path: string, card: Card): Promise<void> => {
  const text = JSON.stringify(card)
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(`${text}\n${seal(key, text)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  await syncFolder(dirname(path))
}

/** The card at `path`, or null when there is none or someone else wrote it. */
export const loadCard = async (key: Buffer, path: string): Promise<Card | null> => {
  const lines = await readFile(path, 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  )
  const [text = '', given = ''] = lines
  const expected = seal(key, text)
  if (given.length !== expected.length || !timingSafeEqual(Buffer.from(given), Buffer.from(expected))) return null
  const parsed = cardSchema.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : null
}
