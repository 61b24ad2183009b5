import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Countersignature, countersignedText } from '../../../src-shared/recordings/verify.ts'

export type SigningKey = {
  /** First 16 hex digits of SHA-256 of the public key. */
  keyId: string
  /** SPKI DER, base64. */
  publicKey: string
  countersign(signed: { recordingId: string; head: string; at: string }): Countersignature
}

/**
 * The server's Ed25519 key, a PKCS#8 PEM at `path`; made on first use, readable by its owner alone. A file that is there
 * but is no key is an error: a key silently replaced would make every earlier proof look foreign.
 */
export const openSigningKey = async (path: string): Promise<SigningKey> => {
  await mkdir(dirname(path), { recursive: true })
  const pem = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return makeKey(path)
    throw error
  })
  const secret = createPrivateKey(pem)
  if (secret.asymmetricKeyType !== 'ed25519') throw new Error(`${path} is not an Ed25519 key`)
  return signingKey(secret)
}

const makeKey = async (path: string): Promise<string> => {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(pem)
    await file.sync()
  } finally {
    await file.close()
  }
  return pem
}

const signingKey = (secret: KeyObject): SigningKey => {
  const spki = createPublicKey(secret).export({ type: 'spki', format: 'der' })
  const keyId = createHash('sha256').update(spki).digest('hex').slice(0, 16)
  const publicKey = spki.toString('base64')
  return {
    keyId,
    publicKey,
    countersign: (signed) => {
      const signature = sign(null, Buffer.from(countersignedText(signed)), secret).toString('base64')
      return { ...signed, keyId, publicKey, signature }
    },
  }
}
