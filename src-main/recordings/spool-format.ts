import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/*
 * A spool is one file a recording, only ever appended to:
 *
 *   'BTR1' | nonce prefix (4) | salt (24)
 *   record 0 (begin) | record 1 | … | record n (end)
 *
 *   record = head (13): body length u32 | kind u8 | number u32 | attempt (4)
 *            head seal (8): HMAC of the head, so that a flipped length is tampering and not a torn tail
 *            body: AES-256-GCM of (chain link (32) | content), then its tag (16)
 *
 * The key is derived per recording from the vault's key and the salt. A nonce is prefix | number | attempt; the attempt
 * is drawn anew at each try, since a write that failed half-way may be followed by another content under its number.
 */

export const fileHeadBytes = 32
export const recordHeadBytes = 21
const sealedHeadBytes = 13
const linkBytes = 32
const tagBytes = 16
const magic = Buffer.from('BTR1')

export const maxSliceBytes = 4 * 1024 * 1024
const maxBodyBytes = maxSliceBytes + linkBytes + tagBytes

const kinds = ['begin', 'slice', 'pause', 'resume', 'reopen', 'end'] as const
export type SpoolKind = (typeof kinds)[number]

export type SpoolKeys = { recordingId: string; noncePrefix: Buffer; cipherKey: Buffer; sealKey: Buffer }
export type RawRecord = { kind: SpoolKind; number: number; link: string; content: Buffer }

export const newFileHead = (): Buffer => Buffer.concat([magic, randomBytes(4), randomBytes(24)])

/** The keys of one recording; null when the file does not begin as a spool does. */
export const spoolKeys = (vaultKey: Buffer, recordingId: string, fileHead: Buffer): SpoolKeys | null => {
  if (fileHead.length < fileHeadBytes || !fileHead.subarray(0, 4).equals(magic)) return null
  const derived = Buffer.from(hkdfSync('sha256', vaultKey, fileHead.subarray(4, fileHeadBytes), recordingId, 64))
  return {
    recordingId,
    noncePrefix: fileHead.subarray(4, 8),
    cipherKey: derived.subarray(0, 32),
    sealKey: derived.subarray(32),
  }
}

const seal = (keys: SpoolKeys, head: Buffer): Buffer =>
  createHmac('sha256', keys.sealKey)
    .update(head)
    .digest()
    .subarray(0, recordHeadBytes - sealedHeadBytes)

const nonce = (keys: SpoolKeys, head: Buffer): Buffer => Buffer.concat([keys.noncePrefix, head.subarray(5, 13)])

const associated = (keys: SpoolKeys, head: Buffer): Buffer => Buffer.concat([Buffer.from(keys.recordingId), head])

export const encodeRecord = (keys: SpoolKeys, record: RawRecord): Buffer => {
  const head = Buffer.alloc(sealedHeadBytes)
  head.writeUInt32BE(linkBytes + record.content.length + tagBytes, 0)
  head.writeUInt8(kinds.indexOf(record.kind), 4)
  head.writeUInt32BE(record.number, 5)
  randomBytes(4).copy(head, 9)
  const cipher = createCipheriv('aes-256-gcm', keys.cipherKey, nonce(keys, head))
  cipher.setAAD(associated(keys, head))
  const body = [cipher.update(Buffer.from(record.link, 'hex')), cipher.update(record.content), cipher.final()]
  return Buffer.concat([head, seal(keys, head), ...body, cipher.getAuthTag()])
}

export type Decoded =
  | { state: 'whole'; record: RawRecord; endOffset: number }
  | { state: 'short' }
  | { state: 'forged'; isLast: boolean }

/**
 * Reads the record at `offset`. `short`: the file ends inside it, as after a crash. `forged`: its bytes are all there
 * and do not authenticate; `isLast` when no byte follows it (always so where the head itself is wrong).
 */
export const decodeRecord = (keys: SpoolKeys, file: Buffer, offset: number): Decoded => {
  if (file.length - offset < recordHeadBytes) return { state: 'short' }
  const head = file.subarray(offset, offset + sealedHeadBytes)
  const given = file.subarray(offset + sealedHeadBytes, offset + recordHeadBytes)
  if (!timingSafeEqual(given, seal(keys, head))) return { state: 'forged', isLast: true }
  const length = head.readUInt32BE(0)
  const kind = kinds[head.readUInt8(4)]
  if (kind === undefined || length < linkBytes + tagBytes || length > maxBodyBytes) {
    return { state: 'forged', isLast: false }
  }
  const endOffset = offset + recordHeadBytes + length
  if (endOffset > file.length) return { state: 'short' }
  const decipher = createDecipheriv('aes-256-gcm', keys.cipherKey, nonce(keys, head))
  decipher.setAAD(associated(keys, head))
  decipher.setAuthTag(file.subarray(endOffset - tagBytes, endOffset))
  try {
    const opened = Buffer.concat([
      decipher.update(file.subarray(offset + recordHeadBytes, endOffset - tagBytes)),
      decipher.final(),
    ])
    const link = opened.toString('hex', 0, linkBytes)
    return {
      state: 'whole',
      record: { kind, number: head.readUInt32BE(5), link, content: opened.subarray(linkBytes) },
      endOffset,
    }
  } catch {
    return { state: 'forged', isLast: endOffset === file.length }
  }
}
