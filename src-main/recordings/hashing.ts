import { createHash, createPublicKey, verify } from 'node:crypto'
import type { Sha256 } from '../../src-shared/recordings/manifest.ts'
import { type Countersignature, countersignedText } from '../../src-shared/recordings/verify.ts'

export const sha256: Sha256 = (data) => createHash('sha256').update(data).digest('hex')

/** True when the countersignature's own key signed its text. Whose key it is, the caller must know otherwise. */
export const isSigned = (signed: Countersignature): boolean => {
  try {
    const key = createPublicKey({ key: Buffer.from(signed.publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(countersignedText(signed)), key, Buffer.from(signed.signature, 'base64'))
  } catch {
    return false
  }
}
