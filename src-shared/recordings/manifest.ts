import { z } from 'zod'
import { instantSchema } from '../ids.ts'

/**
 * The hash of the chain rule: SHA-256 of bytes, or of a text's UTF-8, as 64 lower-case hex digits. It is an argument
 * because this folder has no crypto; both ends and an outsider bring their own.
 */
export type Sha256 = (data: Uint8Array | string) => string

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

// An id becomes a file name on both ends, so nothing that can climb out of a folder gets through.
export const recordingFileIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$/)

/** What a recording is of. `number` is the other party's; `startedAt` is the instant of the first slice. */
export const recordingHeaderSchema = z.object({
  callId: z.string().min(1).max(200),
  number: z.string().max(80),
  direction: z.enum(['in', 'out']),
  startedAt: instantSchema,
  accountId: z.string().min(1).max(80),
  mimeType: z.string().min(1).max(120),
})
export type RecordingHeader = z.infer<typeof recordingHeaderSchema>

export const markKinds = ['pause', 'resume', 'reopen'] as const
export type MarkKind = (typeof markKinds)[number]

export const markContentSchema = z.object({ at: instantSchema, reason: z.string().max(500) })
export type MarkContent = z.infer<typeof markContentSchema>

/** `salvaged`: the desk died in the call and the end was written at the next start. */
export const endContentSchema = z.object({
  at: instantSchema,
  durationMs: z.int().nonnegative(),
  ending: z.enum(['finished', 'salvaged']),
})
export type EndContent = z.infer<typeof endContentSchema>

const placed = { number: z.int().positive(), chain: sha256Schema }

/** One link of the chain. A slice stands in the manifest by its size and hash; its bytes travel apart. */
export const manifestRecordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('slice'), sizeBytes: z.int().nonnegative(), sha256: sha256Schema, ...placed }),
  z.object({ kind: z.enum(markKinds), ...markContentSchema.shape, ...placed }),
  z.object({ kind: z.literal('end'), ...endContentSchema.shape, ...placed }),
])
export type ManifestRecord = z.infer<typeof manifestRecordSchema>

/** The whole chain of a recording; `head` is the last link. The audio is the slices, one after the other. */
export const manifestSchema = z.object({
  format: z.literal(1),
  recordingId: recordingFileIdSchema,
  header: recordingHeaderSchema,
  records: z.array(manifestRecordSchema).max(200_000),
  head: sha256Schema,
})
export type RecordingManifest = z.infer<typeof manifestSchema>

/** Link 0 binds the chain to the call it is of. */
export const firstLink = (sha256: Sha256, recordingId: string, header: RecordingHeader): string =>
  sha256(
    `ban-truc-1022 recording 1\n${JSON.stringify([
      recordingId,
      header.callId,
      header.number,
      header.direction,
      header.startedAt,
      header.accountId,
      header.mimeType,
    ])}`,
  )

/** Link n = SHA-256 of four lines: link n-1, n, the kind, SHA-256 of the content. Text, so that `sha256sum` can check it. */
export const nextLink = (
  sha256: Sha256,
  previous: string,
  record: { number: number; kind: ManifestRecord['kind']; contentSha256: string },
): string => sha256(`${previous}\n${record.number}\n${record.kind}\n${record.contentSha256}`)

export const markText = (mark: MarkContent): string => JSON.stringify([mark.at, mark.reason])
export const endText = (end: EndContent): string => JSON.stringify([end.at, end.durationMs, end.ending])

/** The hash that a record brings to its link. */
export const contentHash = (sha256: Sha256, record: ManifestRecord): string => {
  if (record.kind === 'slice') return record.sha256
  return sha256(record.kind === 'end' ? endText(record) : markText(record))
}
