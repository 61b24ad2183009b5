export type ByteRange = { from: number; to: number }

/**
 * RFC 9110 §14: the one range a player asks for, inclusive at both ends. `whole` when there is none or it is of a kind
 * we do not serve (several ranges, another unit), which the rule lets a server ignore; null when it cannot be satisfied.
 */
export const readRange = (header: string | undefined, sizeBytes: number): ByteRange | 'whole' | null => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (match === null) return 'whole'
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return 'whole'
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes)
    return length === 0 ? null : { from: sizeBytes - length, to: sizeBytes - 1 }
  }
  const from = Number(first)
  const to = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  if (last !== '' && Number(last) < from) return 'whole'
  return from < sizeBytes ? { from, to } : null
}
