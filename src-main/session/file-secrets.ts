import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { readIfThere, writeDurably } from '../durable-files.ts'
import type { SecretName, Secrets } from './secrets.ts'

/** Seals a text before it is written; the shell gives the system's key store, the browser host nothing better than file rights. */
export interface Seal {
  lock(text: string): Buffer
  /** @throws Error when the key it was locked with is gone. */
  unlock(bytes: Buffer): string
}

export const fileRightsOnly: Seal = {
  lock: (text) => Buffer.from(text, 'utf8'),
  unlock: (bytes) => bytes.toString('utf8'),
}

/** One file a secret, readable by its owner alone, written whole or not at all, and on the disk before anything is locked with it. */
export function openFileSecrets(dir: string, seal: Seal): Secrets {
  const path = (name: SecretName) => join(dir, `${name}.secret`)
  // One write at a time: two that cross would take each other's half-written file.
  let turn: Promise<unknown> = Promise.resolve()
  const write = async (name: SecretName, value: string | null): Promise<void> => {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await writeDurably(path(name), value === null ? Buffer.alloc(0) : seal.lock(value))
  }
  return {
    async get(name) {
      const bytes = await readIfThere(path(name))
      if (bytes === null || bytes.length === 0) return null
      try {
        return seal.unlock(bytes)
      } catch {
        // A key store that was changed must not brick the desk: the locked file is kept aside and a new secret is made.
        await rename(path(name), `${path(name)}.mat-khoa`)
        return null
      }
    },
    set(name, value) {
      const written = turn.then(() => write(name, value))
      turn = written.catch(() => {})
      return written
    },
  }
}
