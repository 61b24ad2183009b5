// EBML, RFC 8794: an element is an id, a size and a payload; sizes are variable-length integers.

export type Element = {
  id: number
  /** Where its id begins, where its payload begins and ends, in the whole file. */
  offset: number
  dataOffset: number
  endOffset: number
  /** RFC 8794 §6.2: a live writer does not know the size of what it has begun. */
  isUnknownSize: boolean
}

const vintLength = (first: number, most: number): number => {
  const length = Math.clz32(first) - 23
  return length <= most ? length : 0
}

/** The element at `offset`, or null when its head is not whole or not one. Its end is cut to `limit`, never beyond. */
export const readElement = (bytes: Uint8Array, offset: number, limit: number): Element | null => {
  const idLength = vintLength(bytes[offset] ?? 0, 4)
  if (idLength === 0 || offset + idLength >= limit) return null
  const id = readUint(bytes, offset, idLength)
  const sizeOffset = offset + idLength
  const first = bytes[sizeOffset] ?? 0
  const sizeLength = vintLength(first, 8)
  if (sizeLength === 0 || sizeOffset + sizeLength > limit) return null
  const marker = 1 << (8 - sizeLength)
  let size = first & (marker - 1)
  let isUnknownSize = size === marker - 1
  for (let at = 1; at < sizeLength; at++) {
    const byte = bytes[sizeOffset + at] ?? 0
    isUnknownSize = isUnknownSize && byte === 0xff
    size = size * 256 + byte
  }
  const dataOffset = sizeOffset + sizeLength
  return { id, offset, dataOffset, endOffset: isUnknownSize ? limit : dataOffset + size, isUnknownSize }
}

/** The children in a range, up to the first that is not whole. */
export function* children(bytes: Uint8Array, from: number, to: number): Generator<Element> {
  let offset = from
  while (offset < to) {
    const element = readElement(bytes, offset, to)
    if (element === null || element.endOffset > to) return
    yield element
    offset = element.endOffset
  }
}

export const readUint = (bytes: Uint8Array, offset: number, length: number): number => {
  let value = 0
  for (let at = 0; at < length; at++) value = value * 256 + (bytes[offset + at] ?? 0)
  return value
}

export const readText = (bytes: Uint8Array, element: Element): string =>
  String.fromCharCode(...bytes.subarray(element.dataOffset, Math.min(element.endOffset, element.dataOffset + 64)))

export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array => {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** A value as big-endian bytes, as few as hold it but at least `length`. */
export const uintBytes = (value: number, length = 1): Uint8Array => {
  const bytes: number[] = []
  for (let rest = value; rest > 0 || bytes.length < length; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Uint8Array.from(bytes)
}

export const floatBytes = (value: number): Uint8Array => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value)
  return bytes
}

// Eight bytes for every size: the length of what we write is then known before its values are.
export const element = (id: number, ...payload: readonly Uint8Array[]): Uint8Array => {
  const size = payload.reduce((total, part) => total + part.length, 0)
  const sizeBytes = uintBytes(size, 8)
  sizeBytes[0] = 0x01
  return joinBytes([uintBytes(id), sizeBytes, ...payload])
}
