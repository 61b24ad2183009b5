import { pipeline, Readable, type Transform } from 'node:stream'
import { constants, createGzip, createZstdCompress, gzipSync, zstdCompressSync } from 'node:zlib'

export type Coding = 'zstd' | 'gzip'

/** S11: the best that the other side takes; null where it takes none of ours. */
export function codingFor(acceptEncoding: string | undefined): Coding | null {
  const taken = new Set<string>()
  for (const each of (acceptEncoding ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = each.split(';').map((part) => part.trim())
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) taken.add(name)
  }
  return taken.has('zstd') ? 'zstd' : taken.has('gzip') ? 'gzip' : null
}

const level = (value: number) => ({ params: { [constants.ZSTD_c_compressionLevel]: value } })
// Zstandard's second level: a seventh fewer bytes than the first for events, still several times faster than any desk takes them
// in, and one megabyte of memory for each that streams. Gzip is for desks of before: the processor is the limit there.
const zstd = level(2)
// Another seventh fewer, for half as much processor time again and some megabytes: while few stream.
const smallest = level(6)
const mostSmallest = 8
const gzip = { level: constants.Z_BEST_SPEED }

/** For what is small: another thread would take longer to be asked than this takes. */
export const squeezed = (bytes: Uint8Array, coding: Coding): Uint8Array =>
  coding === 'zstd' ? zstdCompressSync(bytes, { ...zstd, pledgedSrcSize: bytes.length }) : gzipSync(bytes, gzip)

let streaming = 0

/**
 * For what is large: page by page, each sent on whole before the next is there (S9), none read before there is room for it. Ends
 * with whichever side ends first.
 */
export function squeeze(pages: AsyncIterable<string | Uint8Array>, coding: Coding): Readable {
  const chosen = streaming < mostSmallest ? smallest : zstd
  streaming += 1
  const through: Transform =
    coding === 'zstd'
      ? createZstdCompress({ ...chosen, flush: constants.ZSTD_e_flush, chunkSize: 64 * 1024 })
      : createGzip({ ...gzip, flush: constants.Z_SYNC_FLUSH, chunkSize: 64 * 1024 })
  // What failed is told by the stream that is sent: it breaks off without its end line.
  return pipeline(Readable.from(pages), through, () => {
    streaming -= 1
  })
}
