import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { wipedSchema } from '../../src-shared/api/sync.ts'
import { readIfThere, syncFolder, writeDurably } from '../durable-files.ts'

/** What a wipe was ordered for and what it cost: written before the first byte is destroyed, and told to the server afterwards. */
export const wipeSchema = wipedSchema.extend({ reason: z.string(), isReported: z.boolean() })
export type Wipe = z.infer<typeof wipeSchema>

const underWay = 'wiping.json'
const done = 'wiped.json'

const read = async (path: string): Promise<Wipe | null> => {
  const bytes = await readIfThere(path)
  // Written whole or not at all: what cannot be read is nothing that we wrote.
  return bytes === null ? null : wipeSchema.parse(JSON.parse(bytes.toString('utf8')))
}

/** A wipe that a kill has left half done. */
export const wipeUnderWay = (dataDir: string): Promise<Wipe | null> => read(join(dataDir, underWay))
/** The last one that was done; the desk keeps it for ever (S40). */
export const lastWipe = (dataDir: string): Promise<Wipe | null> => read(join(dataDir, done))

export const beginWipe = (dataDir: string, wipe: Wipe): Promise<void> =>
  writeDurably(join(dataDir, underWay), JSON.stringify(wipe))

export async function endWipe(dataDir: string, wipe: Wipe): Promise<void> {
  await writeDurably(join(dataDir, done), JSON.stringify(wipe))
  await rm(join(dataDir, underWay), { force: true })
  await syncFolder(dataDir)
}

export const noteReported = (dataDir: string, wipe: Wipe): Promise<void> =>
  writeDurably(join(dataDir, done), JSON.stringify({ ...wipe, isReported: true }))
