import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { safeStorage } from 'electron'
import { writeDurably } from '../durable-files.ts'

/**
 * The 32 bytes (hex) that seal the desk's secrets, kept by the system's key store. Where the system has none (a bare
 * Linux session) the key lies in a file of its owner alone: no worse than the data it guards, and the desk still opens.
 * A key that can no longer be opened is set aside and a new one made: the desk opens at once, empty, and reads what it had locked
 * once the server has unwrapped its keys (S33).
 */
export async function sealKey(dataDir: string): Promise<string> {
  const path = join(dataDir, 'seal.key')
  const held = await readFile(path).catch(() => null)
  if (held !== null) {
    try {
      return unlock(held)
    } catch {
      await rename(path, `${path}.mat-khoa`)
    }
  }
  const fresh = randomBytes(32).toString('hex')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // On the disk before anything is sealed with it.
  await writeDurably(path, lock(fresh))
  return fresh
}

const plain = Buffer.from('plain:')
const lock = (text: string): Buffer =>
  safeStorage.isEncryptionAvailable() ? safeStorage.encryptString(text) : Buffer.concat([plain, Buffer.from(text)])

const unlock = (bytes: Buffer): string =>
  bytes.subarray(0, plain.length).equals(plain)
    ? bytes.subarray(plain.length).toString('utf8')
    : safeStorage.decryptString(bytes)
