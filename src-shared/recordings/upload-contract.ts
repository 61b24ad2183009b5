import { z } from 'zod'
import { manifestSchema, recordingFileIdSchema } from './manifest.ts'
import { chainFaultCodes, countersignatureSchema } from './verify.ts'

/** The routes of the recordings on the sync server; the upload speaks tus 1.0. */
export const recordingRoutes = {
  upload: '/api/recordings/upload',
  signingKey: '/api/recordings/signing-key',
  verify: (recordingId: string) => `/api/recordings/${recordingId}/verify`,
  audio: (recordingId: string) => `/api/recordings/${recordingId}`,
  original: (recordingId: string) => `/api/recordings/${recordingId}/original`,
  proof: (recordingId: string) => `/api/recordings/${recordingId}/proof`,
}

/** The tus metadata of an upload. */
export const uploadMetadataSchema = z.object({
  recordingId: recordingFileIdSchema,
  mimeType: z.string().regex(/^audio\/webm\b/),
})

export const verifyRequestSchema = z.object({ manifest: manifestSchema })

/**
 * `upload-missing`: nothing or not all of it is here yet: upload and ask again. `chain-refused`: what was received is
 * not what the manifest says. `head-differs`: another recording was verified under this id.
 */
export const verifyAnswerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), countersignature: countersignatureSchema }),
  z.object({
    ok: z.literal(false),
    error: z.object({
      code: z.enum(['upload-missing', 'chain-refused', 'head-differs', 'bad-request', 'not-authorised', 'too-large']),
      message: z.string(),
      fault: z.object({ code: z.enum(chainFaultCodes), number: z.int() }).optional(),
    }),
  }),
])
export type VerifyAnswer = z.infer<typeof verifyAnswerSchema>

export const proofSchema = z.object({
  manifest: manifestSchema,
  countersignature: countersignatureSchema,
  uploadedBy: z.string(),
})
export type RecordingProof = z.infer<typeof proofSchema>
