import { z } from 'zod'
import { instantSchema } from '../ids.ts'
import {
  contentHash,
  firstLink,
  nextLink,
  type RecordingManifest,
  recordingFileIdSchema,
  type Sha256,
} from './manifest.ts'

/**
 * What the server signs once it has recomputed the chain over the audio it holds: a chain kept on one PC alone could be
 * rewritten from its start. `signature` is Ed25519 over `countersignedText`, base64; `publicKey` is SPKI DER, base64.
 */
export const countersignatureSchema = z.object({
  recordingId: recordingFileIdSchema,
  head: z.string().regex(/^[0-9a-f]{64}$/),
  at: instantSchema,
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  publicKey: z.base64(),
  signature: z.base64(),
})
export type Countersignature = z.infer<typeof countersignatureSchema>

export const countersignedText = (signed: Pick<Countersignature, 'recordingId' | 'head' | 'at'>): string =>
  `ban-truc-1022 countersignature 1\n${signed.recordingId}\n${signed.head}\n${signed.at}`

export const chainFaultCodes = [
  'size-differs',
  'slice-differs',
  'number-gap',
  'link-differs',
  'head-differs',
  'not-ended',
] as const
export type ChainFault = { code: (typeof chainFaultCodes)[number]; number: number }

/**
 * Recomputes a chain over the audio's slices (in order, as many as the manifest names).
 * Returns null when every hash, number and link agrees and the last record is an end; else the first fault and the
 * number of its record.
 */
export const findChainFault = (
  manifest: RecordingManifest,
  slices: readonly Uint8Array[],
  sha256: Sha256,
): ChainFault | null => {
  let link = firstLink(sha256, manifest.recordingId, manifest.header)
  let sliceIndex = 0
  for (const [at, record] of manifest.records.entries()) {
    const number = at + 1
    if (record.number !== number) return { code: 'number-gap', number }
    if (record.kind === 'slice') {
      const slice = slices[sliceIndex++]
      if (slice?.length !== record.sizeBytes) return { code: 'size-differs', number }
      if (sha256(slice) !== record.sha256) return { code: 'slice-differs', number }
    }
    link = nextLink(sha256, link, { number, kind: record.kind, contentSha256: contentHash(sha256, record) })
    if (link !== record.chain) return { code: 'link-differs', number }
  }
  const number = manifest.records.length
  if (sliceIndex !== slices.length) return { code: 'size-differs', number }
  if (manifest.records.at(-1)?.kind !== 'end') return { code: 'not-ended', number }
  return link === manifest.head ? null : { code: 'head-differs', number }
}

/** Cuts the audio into the slices that the manifest names; null when their sizes do not add up to it. */
export const cutSlices = (manifest: RecordingManifest, audio: Uint8Array): Uint8Array[] | null => {
  const slices: Uint8Array[] = []
  let offset = 0
  for (const record of manifest.records) {
    if (record.kind !== 'slice') continue
    slices.push(audio.subarray(offset, offset + record.sizeBytes))
    offset += record.sizeBytes
  }
  return offset === audio.length ? slices : null
}
