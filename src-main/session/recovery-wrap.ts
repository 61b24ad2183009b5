import {
  createCipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from 'node:crypto'

/** RFC 8410: what stands before the 32 bytes of an X25519 public key in SubjectPublicKeyInfo. */
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex')
const rawBytes = 32
const info = 'bt1022 recovery v1'

export type NamedKeys = Readonly<Record<string, string>>

/**
 * The desk's keys (hex by name) wrapped for the server's public key, so that a desk whose own key store is lost can ask for them
 * (S33): base64 of 0x01, ephemeral X25519 public, nonce (12), AES-256-GCM of the JSON `{ deskId, keys }`, tag (16). What is
 * wrapped here cannot be opened here.
 * @param serverKey raw X25519 public key, base64, as it came with the meeting
 */
export function wrapKeys(serverKey: string, deskId: string, keys: NamedKeys): string {
  const recipient = Buffer.from(serverKey, 'base64')
  if (recipient.length !== rawBytes) throw new RangeError(`a recovery key has 32 bytes, not ${recipient.length}`)
  const publicKey = createPublicKey({ key: Buffer.concat([publicPrefix, recipient]), format: 'der', type: 'spki' })
  const own = generateKeyPairSync('x25519')
  const ephemeral = own.publicKey.export({ format: 'der', type: 'spki' }).subarray(-rawBytes)
  const shared = diffieHellman({ privateKey: own.privateKey, publicKey })
  const key = Buffer.from(hkdfSync('sha256', shared, Buffer.concat([ephemeral, recipient]), info, 32))
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const text = cipher.update(JSON.stringify({ deskId, keys }), 'utf8')
  const box = [Buffer.from([1]), ephemeral, nonce, text, cipher.final(), cipher.getAuthTag()]
  return Buffer.concat(box).toString('base64')
}

/** Whether what lies wrapped is still of these keys and for this server. */
export const wrapMark = (serverKey: string, keys: NamedKeys): string =>
  createHash('sha256')
    .update(JSON.stringify([serverKey, keys]))
    .digest('hex')
