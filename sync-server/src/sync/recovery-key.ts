import {
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { z } from 'zod'

/**
 * The key for the day a desk's own key store is lost (S33). A desk wraps its keys for the server's public key and keeps the result
 * beside its database, where it opens nothing; the server unwraps it for somebody who has signed in at that desk.
 *
 *     wrapped = base64( 0x01 | ephemeral public (32) | nonce (12) | ciphertext | tag (16) )
 *     key     = HKDF-SHA256( X25519(ephemeral, recipient), salt = ephemeral public || recipient public, "bt1022 recovery v1", 32 )
 *     cipher  = AES-256-GCM( key, nonce ) of the JSON { deskId, keys: { name: hex } }
 */
export interface RecoveryKey {
  /** Raw, base64. */
  readonly publicKey: string
  /** The keys as JSON text; null for what was wrapped for another server or another desk, or is torn. */
  unwrap(wrapped: string, deskId: string): string | null
}

const version = 1
const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
const info = 'bt1022 recovery v1'
// RFC 8410: what stands before the 32 bytes of an X25519 key in PKCS #8 and in SubjectPublicKeyInfo.
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex')

const contentSchema = z.object({
  deskId: z.string(),
  keys: z.record(z.string().max(80), z.string().regex(/^[0-9a-f]*$/)),
})

/** @param secret 32 random bytes */
export function recoveryKeyOf(secret: Buffer): RecoveryKey {
  const privateKey = createPrivateKey({
    key: Buffer.concat([privatePrefix, secret]),
    format: 'der',
    type: 'pkcs8',
  })
  const ownPublic = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-keyBytes)
  return {
    publicKey: ownPublic.toString('base64'),
    unwrap(wrapped, deskId) {
      const content = open(Buffer.from(wrapped, 'base64'), privateKey, ownPublic)
      return content?.deskId === deskId ? JSON.stringify(content.keys) : null
    },
  }
}

function open(box: Buffer, privateKey: KeyObject, ownPublic: Buffer): z.infer<typeof contentSchema> | null {
  if (box[0] !== version || box.length < 1 + keyBytes + nonceBytes + tagBytes) return null
  const ephemeral = box.subarray(1, 1 + keyBytes)
  const nonce = box.subarray(1 + keyBytes, 1 + keyBytes + nonceBytes)
  const ciphertext = box.subarray(1 + keyBytes + nonceBytes, -tagBytes)
  try {
    const publicKey = createPublicKey({ key: Buffer.concat([publicPrefix, ephemeral]), format: 'der', type: 'spki' })
    const shared = diffieHellman({ privateKey, publicKey })
    const salt = Buffer.concat([ephemeral, ownPublic])
    const key = Buffer.from(hkdfSync('sha256', shared, salt, info, keyBytes))
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    decipher.setAuthTag(box.subarray(-tagBytes))
    const text = Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
    return contentSchema.parse(JSON.parse(text))
  } catch {
    // Torn, tampered with, or for another key: who asks is told no more than that.
    return null
  }
}
