import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Seal } from './file-secrets.ts'

/** AES-256-GCM with a key of 32 bytes from the system's key store: nonce (12 bytes), tag (16), text. */
export function sealWith(key: Buffer): Seal {
  return {
    lock(text) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    unlock(bytes) {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
  }
}
