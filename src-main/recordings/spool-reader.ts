import {
  endContentSchema,
  endText,
  firstLink,
  type ManifestRecord,
  markContentSchema,
  markText,
  nextLink,
  type RecordingHeader,
  type RecordingManifest,
  recordingHeaderSchema,
} from '../../src-shared/recordings/manifest.ts'
import { sha256 } from './hashing.ts'
import { decodeRecord, fileHeadBytes, type RawRecord, spoolKeys } from './spool-format.ts'

/**
 * What a spool proves about itself, read from its start up to the first byte that does not hold.
 * `tail`: `clean`, the file ends with a record; `torn`, its last record was cut by a crash; `tampered`, bytes that were
 * written whole no longer authenticate or no longer follow one another. `goodBytes` is where the proof ends.
 */
export type SpoolContent = {
  header: RecordingHeader | null
  records: ManifestRecord[]
  slices: Buffer[]
  head: string | null
  goodBytes: number
  tail: 'clean' | 'torn' | 'tampered'
}

export const isEnded = (content: SpoolContent): boolean => content.records.at(-1)?.kind === 'end'

export const manifestOf = (recordingId: string, content: SpoolContent): RecordingManifest => {
  if (content.header === null || content.head === null) throw new Error('a manifest needs a header')
  return { format: 1, recordingId, header: content.header, records: content.records, head: content.head }
}

export const readSpool = (vaultKey: Buffer, recordingId: string, file: Buffer): SpoolContent => {
  const content: SpoolContent = { header: null, records: [], slices: [], head: null, goodBytes: 0, tail: 'clean' }
  const keys = spoolKeys(vaultKey, recordingId, file)
  if (keys === null) return { ...content, tail: file.length < fileHeadBytes || isZeroed(file, 0) ? 'torn' : 'tampered' }
  content.goodBytes = fileHeadBytes
  while (content.goodBytes < file.length) {
    const decoded = decodeRecord(keys, file, content.goodBytes)
    if (decoded.state === 'short') return { ...content, tail: 'torn' }
    if (decoded.state === 'forged') {
      const isTorn = decoded.isLast && isZeroed(file, content.goodBytes)
      return { ...content, tail: isTorn ? 'torn' : 'tampered' }
    }
    if (!take(content, recordingId, decoded.record)) return { ...content, tail: 'tampered' }
    content.goodBytes = decoded.endOffset
  }
  return content.header === null ? { ...content, tail: 'torn' } : content
}

// A power cut can leave a file that has grown but whose last blocks were never written: it then ends in zeros, which
// ciphertext does not.
const isZeroed = (file: Buffer, from: number): boolean =>
  file.length - from >= 16 && file.subarray(file.length - 16).every((byte) => byte === 0)

/** Adds a record to the content when it is the next of its chain; false when it is not. */
const take = (content: SpoolContent, recordingId: string, raw: RawRecord): boolean => {
  if (content.header === null || content.head === null) {
    if (raw.kind !== 'begin' || raw.number !== 0) return false
    const header = recordingHeaderSchema.safeParse(parseJson(raw.content))
    if (!header.success || firstLink(sha256, recordingId, header.data) !== raw.link) return false
    content.header = header.data
    content.head = raw.link
    return true
  }
  const record = placed(raw)
  if (record === null || raw.number !== content.records.length + 1) return false
  const contentSha256 = sha256(raw.kind === 'slice' ? raw.content : textOf(record))
  if (nextLink(sha256, content.head, { number: raw.number, kind: record.kind, contentSha256 }) !== raw.link)
    return false
  content.records.push(record)
  if (record.kind === 'slice') content.slices.push(raw.content)
  content.head = raw.link
  return true
}

const placed = (raw: RawRecord): ManifestRecord | null => {
  const { number, link: chain } = raw
  if (raw.kind === 'slice') {
    return { kind: 'slice', sizeBytes: raw.content.length, sha256: sha256(raw.content), number, chain }
  }
  if (raw.kind === 'begin') return null
  if (raw.kind === 'end') {
    const end = endContentSchema.safeParse(parseJson(raw.content))
    return end.success ? { kind: 'end', ...end.data, number, chain } : null
  }
  const mark = markContentSchema.safeParse(parseJson(raw.content))
  return mark.success ? { kind: raw.kind, ...mark.data, number, chain } : null
}

const textOf = (record: ManifestRecord): string => {
  if (record.kind === 'slice') throw new Error('a slice is bytes, not text')
  return record.kind === 'end' ? endText(record) : markText(record)
}

const parseJson = (content: Buffer): unknown => {
  try {
    return JSON.parse(content.toString('utf8'))
  } catch {
    return null
  }
}
