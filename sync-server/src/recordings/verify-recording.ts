import { createHash, createPublicKey, verify } from 'node:crypto'
import { manifestSchema, type RecordingManifest, type Sha256 } from '../../../src-shared/recordings/manifest.ts'
import {
  type ChainFault,
  type Countersignature,
  countersignedText,
  findChainFault,
} from '../../../src-shared/recordings/verify.ts'

export const sha256: Sha256 = (data) => createHash('sha256').update(data).digest('hex')

export type Verdict =
  | { isGenuine: true }
  | { isGenuine: false; why: 'manifest-unreadable' | 'other-recording' | 'other-key' | 'signature-wrong' }
  | { isGenuine: false; why: 'chain-broken'; fault: ChainFault }

/**
 * Tells an outsider whether audio is what the line recorded: the chain holds over the slices, its head is the one that
 * was countersigned, and `publicKey` (SPKI DER in base64, got from the province and not from the proof) signed it.
 */
export const verifyRecording = (
  manifest: RecordingManifest,
  slices: readonly Uint8Array[],
  countersignature: Countersignature,
  publicKey: string,
): Verdict => {
  const read = manifestSchema.safeParse(manifest)
  if (!read.success) return { isGenuine: false, why: 'manifest-unreadable' }
  const fault = findChainFault(read.data, slices, sha256)
  if (fault !== null) return { isGenuine: false, why: 'chain-broken', fault }
  const { recordingId, head } = read.data
  if (countersignature.recordingId !== recordingId || countersignature.head !== head) {
    return { isGenuine: false, why: 'other-recording' }
  }
  if (countersignature.publicKey !== publicKey) return { isGenuine: false, why: 'other-key' }
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  const signature = Buffer.from(countersignature.signature, 'base64')
  const isSigned = verify(null, Buffer.from(countersignedText(countersignature)), key, signature)
  return isSigned ? { isGenuine: true } : { isGenuine: false, why: 'signature-wrong' }
}
