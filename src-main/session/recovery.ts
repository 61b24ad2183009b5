import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { namesIn, readIfThere, renameDurably, writeDurably } from '../durable-files.ts'
import { ServerSaidNo } from '../sync/failures.ts'
import { keepRecovery, lostWord, recordingsFolder, recoveryFile } from './desk-keys.ts'
import { type NamedKeys, wrapKeys, wrapMark } from './recovery-wrap.ts'

export interface RecoveryParts {
  readonly dataDir: string
  readonly deskId: string
  readonly keys: NamedKeys
  /** Keys unwrapped by the server, hex by name as JSON. */
  recover(deskId: string, wrapped: string): Promise<string>
  /** What marks the wrapped keys that lie beside the database. */
  mark: { get(): string | null; set(mark: string): void }
  /** Reads the database that was laid aside for this key; null where there is none. */
  salvage(key: Buffer): { commands: number; drafts: number } | null
  /** Epoch milliseconds. */
  now(): number
  /** Takes the recordings of a folder into the vault; answers how many of them the server does not have. */
  takeRecordings(dir: string, key: Buffer): Promise<number>
  onRecovered(what: { commands: number; drafts: number; recordings: number }): void
  onFailed(why: string): void
}

/** What the server could not unwrap is not brought to it at every meeting. */
const unreadableWord = 'khong-mo-duoc'
/** What was laid aside and has been read since. */
const readWord = 'da-doc'
const keysSchema = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/))

/**
 * S33: after each meeting the desk's keys lie beside the database, wrapped for the server that was met; and where a key was lost
 * before, the server is asked to unwrap what was laid aside, and everything unsent is read out with it. Each step may be done
 * again: a desk that is killed in between does the rest at its next meeting.
 */
export function openRecovery(parts: RecoveryParts): (serverKey: string) => Promise<void> {
  const inFolder = (name: string) => join(parts.dataDir, name)
  const asideOf = async (name: string) =>
    (await namesIn(parts.dataDir)).filter((each) => each.startsWith(`${name}.${lostWord}-`)).map(inFolder)

  const keepWrapped = async (serverKey: string) => {
    const mark = wrapMark(serverKey, parts.keys)
    const last = parts.mark.get()
    const isThere = (await readIfThere(inFolder(recoveryFile))) !== null
    if (isThere && last === mark) return
    // A database that knows of no wrapping is a new one: what lies here may open the one before.
    if (isThere && last === null) await keepRecovery(parts.dataDir, parts.now())
    await writeDurably(inFolder(recoveryFile), wrapKeys(serverKey, parts.deskId, parts.keys))
    parts.mark.set(mark)
  }

  const readWith = async (keys: NamedKeys): Promise<void> => {
    const { 'database-key': database, 'vault-key': vault } = keys
    const salvaged = database === undefined ? null : parts.salvage(Buffer.from(database, 'hex'))
    const folders = vault === undefined ? [] : await asideOf(recordingsFolder)
    let recordings = 0
    for (const dir of folders) recordings += await parts.takeRecordings(dir, Buffer.from(vault!, 'hex'))
    if (salvaged === null && folders.length === 0) return
    parts.onRecovered({ ...(salvaged ?? { commands: 0, drafts: 0 }), recordings })
  }

  /** The key for which there is nothing left to do: what is laid aside is laid aside by a start. */
  let settledFor: string | null = null
  return async (serverKey) => {
    if (serverKey === settledFor) return
    await keepWrapped(serverKey)
    let isLeft = false
    for (const kept of await asideOf(recoveryFile)) {
      const wrapped = (await readIfThere(kept))?.toString('utf8').trim() ?? ''
      try {
        await readWith(keysSchema.parse(JSON.parse(await parts.recover(parts.deskId, wrapped))))
        await renameDurably(kept, otherWord(kept, readWord))
      } catch (error) {
        if (!(error instanceof ServerSaidNo)) throw error
        parts.onFailed(`${error.code}: ${error.message}`)
        // Asked too often, or this person may not: another meeting will tell.
        if (error.status === 400) await renameDurably(kept, otherWord(kept, unreadableWord))
        else isLeft = true
      }
    }
    if (!isLeft) settledFor = serverKey
  }
}

const otherWord = (path: string, word: string): string => join(dirname(path), basename(path).replace(lostWord, word))
