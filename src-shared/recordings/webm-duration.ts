import { children, element, floatBytes, joinBytes, uintBytes } from './ebml.ts'
import { type Block, ids, readWebm, type Webm } from './webm-blocks.ts'

// Seeking lands on a cluster and reads on from there, so clusters are cut this short.
const clusterMs = 2_000

/**
 * How long a streamed webm plays, in milliseconds, from its blocks' timestamps and the opus packets' own lengths;
 * null when it is not a webm. A last block that was cut off does not count.
 */
export const playableMs = (bytes: Uint8Array): number | null => {
  const webm = readWebm(bytes)
  return webm && Math.round((endTicks(webm) * webm.nanosPerTick) / 1e6)
}

/**
 * Rewrites what MediaRecorder streamed (no duration, sizes unknown, no index) as a file that shows its length and seeks:
 * Segment and clusters of known size, Duration in Info, Cues ahead of the clusters, SeekHead. The audio packets are
 * copied byte for byte. Null when the bytes are not a webm.
 */
export const makeSeekable = (bytes: Uint8Array): Uint8Array | null => {
  const webm = readWebm(bytes)
  if (webm === null) return null
  const info = withDuration(bytes, webm)
  const tracks = bytes.subarray(webm.tracks.offset, webm.tracks.endOffset)
  const others = webm.others.map((other) => bytes.subarray(other.offset, other.endOffset))
  const clusters = cluster(webm)

  // Positions count from the start of the Segment's payload. Every value in the index has eight bytes, so an index of
  // zeros is as long as the true one.
  const lengthOf = (parts: readonly Uint8Array[]) => parts.reduce((total, part) => total + part.length, 0)
  const infoAt = seekHead(0, 0, 0).length
  const tracksAt = infoAt + info.length
  const cuesAt = tracksAt + tracks.length + lengthOf(others)
  const clustersAt = cuesAt + cues(webm, clusters, 0).length
  const parts = [seekHead(infoAt, tracksAt, cuesAt), info, tracks, ...others, cues(webm, clusters, clustersAt)]
  return joinBytes([webm.ebml, element(ids.segment, ...parts, ...clusters.map((each) => each.bytes))])
}

type Cluster = { ticks: number; bytes: Uint8Array }

const cluster = (webm: Webm): Cluster[] => {
  const most = Math.min(Math.ceil((clusterMs * 1e6) / webm.nanosPerTick), 0x7fff)
  const groups: Block[][] = []
  for (const block of webm.blocks) {
    const group = groups.at(-1)
    const from = group?.[0]?.ticks
    if (group === undefined || from === undefined || block.ticks < from || block.ticks - from >= most)
      groups.push([block])
    else group.push(block)
  }
  return groups.map((blocks) => {
    const ticks = Math.max(0, blocks[0]?.ticks ?? 0)
    const moved = blocks.map((block) => {
      const copy = new Uint8Array(block.bytes)
      new DataView(copy.buffer).setInt16(block.timestampAt, block.ticks - ticks)
      return copy
    })
    return { ticks, bytes: element(ids.cluster, element(ids.timestamp, uintBytes(ticks)), ...moved) }
  })
}

const cues = (webm: Webm, clusters: readonly Cluster[], clustersAt: number): Uint8Array => {
  let position = clustersAt
  const points = clusters.map((each) => {
    const point = element(
      ids.cuePoint,
      element(ids.cueTime, uintBytes(each.ticks, 8)),
      element(
        ids.cueTrackPositions,
        element(ids.cueTrack, uintBytes(webm.trackNumber)),
        element(ids.cueClusterPosition, uintBytes(position, 8)),
      ),
    )
    position += each.bytes.length
    return point
  })
  // RFC 9559: Cues hold at least one point.
  return points.length === 0 ? new Uint8Array() : element(ids.cues, ...points)
}

const seekHead = (infoAt: number, tracksAt: number, cuesAt: number): Uint8Array => {
  const seek = (id: number, position: number) =>
    element(ids.seek, element(ids.seekId, uintBytes(id)), element(ids.seekPosition, uintBytes(position, 8)))
  return element(ids.seekHead, seek(ids.info, infoAt), seek(ids.tracks, tracksAt), seek(ids.cues, cuesAt))
}

const withDuration = (bytes: Uint8Array, webm: Webm): Uint8Array => {
  const kept = [...children(bytes, webm.info.dataOffset, webm.info.endOffset)]
    .filter((child) => child.id !== ids.duration && child.id !== ids.crc32 && child.id !== ids.void)
    .map((child) => bytes.subarray(child.offset, child.endOffset))
  return element(ids.info, ...kept, element(ids.duration, floatBytes(endTicks(webm))))
}

const endTicks = (webm: Webm): number => {
  const last = webm.blocks.at(-1)
  if (last === undefined) return 0
  const nanos = webm.isOpus ? opusMs(last) * 1e6 : 0
  return webm.blocks.reduce((most, block) => Math.max(most, block.ticks), 0) + nanos / webm.nanosPerTick
}

/** RFC 6716 §3.1: the first byte of an opus packet says how long a frame is and how many there are. */
const opusMs = (block: Block): number => {
  const toc = block.bytes[block.payloadAt]
  if (toc === undefined) return 0
  const config = toc >> 3
  const silk = [10, 20, 40, 60]
  const hybrid = [10, 20]
  const celt = [2.5, 5, 10, 20]
  const frameMs = (config < 12 ? silk[config % 4] : config < 16 ? hybrid[config % 2] : celt[config % 4]) ?? 20
  const code = toc & 3
  const frames = code === 0 ? 1 : code < 3 ? 2 : (block.bytes[block.payloadAt + 1] ?? 1) & 0x3f
  return frames * frameMs
}
