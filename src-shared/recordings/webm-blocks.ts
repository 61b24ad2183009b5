import { children, type Element, readElement, readText, readUint } from './ebml.ts'

// Element ids of RFC 9559 (Matroska), the few that a recording of one opus track has.
export const ids = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  codecId: 0x86,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
  void: 0xec,
  crc32: 0xbf,
} as const

// What may follow a cluster of unknown size and therefore ends it.
const topLevel: ReadonlySet<number> = new Set([
  ids.cluster,
  ids.cues,
  ids.seekHead,
  ids.info,
  ids.tracks,
  0x1254c367,
  0x1043a770,
  0x1941a469,
])

export type Block = {
  /** Since the start, in ticks of the timestamp scale. */
  ticks: number
  /** The whole SimpleBlock or BlockGroup, and where in it the 16-bit relative timestamp stands. */
  bytes: Uint8Array
  timestampAt: number
  /** Where the payload (the opus packet) begins. */
  payloadAt: number
}

export type Webm = {
  ebml: Uint8Array
  info: Element
  tracks: Element
  /** Tags, chapters, attachments: copied as they are. */
  others: Element[]
  trackNumber: number
  isOpus: boolean
  nanosPerTick: number
  blocks: Block[]
}

/** Reads a webm as a recorder streams it, up to its last whole block. Null when it has no header to read. */
export const readWebm = (bytes: Uint8Array): Webm | null => {
  const ebml = readElement(bytes, 0, bytes.length)
  if (ebml?.id !== ids.ebml || ebml.isUnknownSize || ebml.endOffset > bytes.length) return null
  const segment = readElement(bytes, ebml.endOffset, bytes.length)
  if (segment?.id !== ids.segment) return null
  const end = Math.min(segment.endOffset, bytes.length)

  const parts = { info: null as Element | null, tracks: null as Element | null, others: [] as Element[] }
  const blocks: Block[] = []
  let offset = segment.dataOffset
  while (offset < end) {
    const part = readElement(bytes, offset, end)
    if (part === null) break
    if (part.id === ids.cluster) {
      offset = readCluster(bytes, part, end, blocks)
      continue
    }
    if (part.isUnknownSize || part.endOffset > end) break
    if (part.id === ids.info) parts.info = part
    else if (part.id === ids.tracks) parts.tracks = part
    else if (topLevel.has(part.id) && part.id !== ids.cues && part.id !== ids.seekHead) parts.others.push(part)
    offset = part.endOffset
  }
  const { info, tracks, others } = parts
  if (info === null || tracks === null) return null

  const scale = [...children(bytes, info.dataOffset, info.endOffset)].find((child) => child.id === ids.timestampScale)
  const nanosPerTick = scale ? readUint(bytes, scale.dataOffset, scale.endOffset - scale.dataOffset) : 1_000_000
  const head = bytes.subarray(0, ebml.endOffset)
  return {
    ebml: head,
    info,
    tracks,
    others,
    ...readTrack(bytes, tracks),
    nanosPerTick: nanosPerTick || 1_000_000,
    blocks,
  }
}

/** Collects a cluster's blocks and returns where it ends. */
const readCluster = (bytes: Uint8Array, cluster: Element, limit: number, blocks: Block[]): number => {
  const end = Math.min(cluster.endOffset, limit)
  let clusterTicks = 0
  let offset = cluster.dataOffset
  while (offset < end) {
    const child = readElement(bytes, offset, end)
    if (child === null || child.endOffset > end) return limit
    if (cluster.isUnknownSize && topLevel.has(child.id)) return offset
    if (child.id === ids.timestamp) {
      clusterTicks = readUint(bytes, child.dataOffset, child.endOffset - child.dataOffset)
    } else if (child.id === ids.simpleBlock) {
      pushBlock(bytes, child, child, clusterTicks, blocks)
    } else if (child.id === ids.blockGroup) {
      const inner = [...children(bytes, child.dataOffset, child.endOffset)].find((each) => each.id === ids.block)
      if (inner) pushBlock(bytes, child, inner, clusterTicks, blocks)
    }
    offset = child.endOffset
  }
  return end
}

const pushBlock = (bytes: Uint8Array, whole: Element, block: Element, clusterTicks: number, blocks: Block[]): void => {
  // A block is: track number (a variable-length integer), relative timestamp (int16), flags, frames.
  const timestampAt = block.dataOffset + Math.max(1, Math.clz32(bytes[block.dataOffset] ?? 0) - 23)
  if (timestampAt + 3 > block.endOffset) return
  const relative = (readUint(bytes, timestampAt, 2) << 16) >> 16
  blocks.push({
    ticks: clusterTicks + relative,
    bytes: bytes.subarray(whole.offset, whole.endOffset),
    timestampAt: timestampAt - whole.offset,
    payloadAt: timestampAt + 3 - whole.offset,
  })
}

const readTrack = (bytes: Uint8Array, tracks: Element): { trackNumber: number; isOpus: boolean } => {
  const entry = [...children(bytes, tracks.dataOffset, tracks.endOffset)].find((each) => each.id === ids.trackEntry)
  const fields = entry ? [...children(bytes, entry.dataOffset, entry.endOffset)] : []
  const number = fields.find((each) => each.id === ids.trackNumber)
  const codec = fields.find((each) => each.id === ids.codecId)
  return {
    trackNumber: number ? readUint(bytes, number.dataOffset, number.endOffset - number.dataOffset) : 1,
    isOpus: codec !== undefined && readText(bytes, codec) === 'A_OPUS',
  }
}
