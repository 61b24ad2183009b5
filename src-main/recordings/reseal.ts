import { mkdir, readFile, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { recordingFileIdSchema } from '../../src-shared/recordings/manifest.ts'
import { namesIn, syncFolder, writeDurably } from '../durable-files.ts'
import { loadCard, saveCard } from './card.ts'
import { decodeRecord, encodeRecord, fileHeadBytes, newFileHead, spoolKeys } from './spool-format.ts'
import { readSpool } from './spool-reader.ts'

/**
 * Takes recordings that were laid aside for their lost key into the vault's folder, once that key is known again (S33): each
 * record is opened with the old key and sealed with the vault's. The chain is made over what is in the records and not over
 * how they are sealed, so its head, and the server's signature under it, stay what they were. What the old key does not open
 * stays where it lies. Safe to call again after a kill.
 * @returns the ids that are in the vault's folder now
 */
export async function resealRecordings(
  aside: { dir: string; key: Buffer },
  vault: { dir: string; key: Buffer },
): Promise<string[]> {
  await mkdir(vault.dir, { recursive: true, mode: 0o700 })
  const taken: string[] = []
  for (const name of (await namesIn(aside.dir)).filter((each) => each.endsWith('.spool'))) {
    const recordingId = name.replace(/\.spool$/, '')
    if (!recordingFileIdSchema.safeParse(recordingId).success) continue
    if (await resealOne(recordingId, aside, vault)) taken.push(recordingId)
  }
  if ((await namesIn(aside.dir)).length === 0) await rmdir(aside.dir).catch(() => {})
  return taken
}

async function resealOne(
  recordingId: string,
  aside: { dir: string; key: Buffer },
  vault: { dir: string; key: Buffer },
): Promise<boolean> {
  const from = (ending: 'spool' | 'card') => join(aside.dir, `${recordingId}.${ending}`)
  const to = (ending: 'spool' | 'card') => join(vault.dir, `${recordingId}.${ending}`)
  const bytes = await readFile(from('spool'))
  const before = readSpool(aside.key, recordingId, bytes)
  if (before.header === null || before.tail === 'tampered') return false
  const sealed = sealAnew(recordingId, bytes.subarray(0, before.goodBytes), aside.key, vault.key)
  const after = readSpool(vault.key, recordingId, sealed)
  if (after.head !== before.head || after.tail !== 'clean') throw new Error(`${recordingId} was not sealed as it was`)
  await writeDurably(to('spool'), sealed)
  const card = await loadCard(aside.key, from('card'))
  if (card !== null) await saveCard(vault.key, to('card'), card)
  // A torn end is kept where it lies: only what is whole has another copy now.
  if (before.tail === 'clean') {
    await rm(from('spool'))
    await rm(from('card'), { force: true })
    await syncFolder(aside.dir)
  }
  return true
}

function sealAnew(recordingId: string, file: Buffer, oldKey: Buffer, newKey: Buffer): Buffer {
  const head = newFileHead()
  const oldKeys = spoolKeys(oldKey, recordingId, file)
  const newKeys = spoolKeys(newKey, recordingId, head)
  if (oldKeys === null || newKeys === null) throw new Error('not a spool')
  const parts = [head]
  let offset = fileHeadBytes
  while (offset < file.length) {
    const decoded = decodeRecord(oldKeys, file, offset)
    if (decoded.state !== 'whole') throw new Error('a record that was whole is not')
    parts.push(encodeRecord(newKeys, decoded.record))
    offset = decoded.endOffset
  }
  return Buffer.concat(parts)
}
