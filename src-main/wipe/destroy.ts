import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { namesIn, shred, syncFolder } from '../durable-files.ts'
import { endWipe, wipeUnderWay } from './wipe-marks.ts'

/** Keys first: from then on the rest is noise, whatever becomes of this process. */
const keyFiles = [/^seal\.key/]
const keyFolders = ['secrets']
const wrappedKeys = /^recovery\.key/
/** Database with its logs, what was laid aside of it, the ledger of codes, recordings. Only names that are ours: the folder may be somebody's own. */
const data = [/^ban-truc\.sqlite/, /^codes\./, /^recordings($|\.)/]

/**
 * S40: does what is left of a wipe; nothing where none is under way. Called with the store and the vault closed, and at every
 * start before anything is opened. Each step finds its work anew, so that it may be killed anywhere and begun again.
 * @param between called before each step with its name; tests die there
 */
export async function finishWipe(dataDir: string, between: (step: string) => void = () => {}): Promise<boolean> {
  const wipe = await wipeUnderWay(dataDir)
  if (wipe === null) return false
  for (const folder of keyFolders) {
    for (const name of await namesIn(join(dataDir, folder))) {
      between(`key ${name}`)
      await shred(join(dataDir, folder, name))
    }
  }
  const own = async (patterns: readonly RegExp[]) =>
    (await namesIn(dataDir)).filter((name) => patterns.some((pattern) => pattern.test(name)))
  for (const name of await own([...keyFiles, wrappedKeys])) {
    between(`key ${name}`)
    await shred(join(dataDir, name))
  }
  for (const name of await own(data)) {
    between(`data ${name}`)
    await rm(join(dataDir, name), { recursive: true, force: true })
  }
  await syncFolder(dataDir)
  between('done')
  await endWipe(dataDir, wipe)
  between('noted')
  return true
}
