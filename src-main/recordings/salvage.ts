import { appendFile, rename } from 'node:fs/promises'
import { joinBytes } from '../../src-shared/recordings/ebml.ts'
import type { ManifestRecord } from '../../src-shared/recordings/manifest.ts'
import { playableMs } from '../../src-shared/recordings/webm-duration.ts'
import type { Card, Gap } from './card.ts'
import { isEnded, readSpool, type SpoolContent } from './spool-reader.ts'
import { type Disk, SpoolWriter } from './spool-writer.ts'

type Spool = { recordingId: string; path: string; bytes: Buffer; vaultKey: Buffer; at: string; disk: Disk }

/**
 * Brings a spool that nobody is writing to an end. A torn last record is cut (its bytes are kept in `<path>.torn`), the
 * rest is verified and closed with an end record `salvaged`, whose duration is what the audio's own timestamps say.
 * Tampering is reported as `tampered` and the file left exactly as found. Null when not even the header had been
 * written, so that no caller was ever told of the recording; the bytes are set aside.
 */
export const salvageSpool = async (spool: Spool): Promise<SpoolContent | null> => {
  const content = readSpool(spool.vaultKey, spool.recordingId, spool.bytes)
  if (content.tail === 'tampered') return content
  if (content.header === null || content.head === null) {
    await rename(spool.path, `${spool.path}.torn`)
    return null
  }
  if (content.tail === 'clean' && isEnded(content)) return content
  if (content.tail === 'torn') await appendFile(`${spool.path}.torn`, spool.bytes.subarray(content.goodBytes))

  const place = { sizeBytes: content.goodBytes, number: content.records.length, link: content.head }
  const writer = await SpoolWriter.reopen(spool.disk, spool.path, spool.vaultKey, spool.recordingId, place)
  const end = { at: spool.at, durationMs: playableMs(joinBytes(content.slices)) ?? 0, ending: 'salvaged' as const }
  try {
    if (!isEnded(content)) await writer.end(end)
  } finally {
    await writer.close()
  }
  const { number, link, sizeBytes } = writer.place
  const records: ManifestRecord[] = isEnded(content)
    ? content.records
    : [...content.records, { kind: 'end', ...end, number, chain: link }]
  return { ...content, records, head: link, goodBytes: sizeBytes, tail: 'clean' }
}

/** What a spool says of itself, as its card; what only the card knew (the case, the upload) is taken from `known`. */
export const cardFromSpool = (recordingId: string, content: SpoolContent, known: Card | null): Card => {
  const end = content.records.at(-1)
  const isWhole = content.tail === 'clean' && end?.kind === 'end'
  const state = !isWhole ? 'damaged' : end.ending
  return {
    format: 1,
    recordingId,
    callId: content.header?.callId ?? known?.callId ?? '',
    caseId: known?.caseId ?? null,
    startedAt: content.header?.startedAt ?? known?.startedAt ?? '1970-01-01T00:00:00Z',
    state,
    damage: isWhole ? null : content.tail === 'clean' ? 'cut-short' : content.tail,
    endedAt: end?.kind === 'end' ? end.at : null,
    durationMs: end?.kind === 'end' ? end.durationMs : null,
    sizeBytes: content.slices.reduce((total, slice) => total + slice.length, 0),
    spoolBytes: content.goodBytes,
    gaps: gapsOf(content.records),
    chainHead: isWhole ? content.head : null,
    upload: known?.upload ?? { url: null, attempts: 0, nextAt: null, lastError: null },
    countersignature: known?.countersignature ?? null,
  }
}

export const gapsOf = (records: readonly ManifestRecord[]): Gap[] => {
  const gaps: Gap[] = []
  for (const record of records) {
    if (record.kind === 'pause') gaps.push({ fromAt: record.at, toAt: null, reason: record.reason })
    const open = gaps.at(-1)
    if (record.kind === 'resume' && open?.toAt === null) open.toAt = record.at
  }
  return gaps
}
