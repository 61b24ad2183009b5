import type { LeasedBlock } from '../../src-shared/api/sync.ts'

/** Enough for a shift without a link. */
const smallestBlock = 120
/** What the server leases at most at a time. */
const largestBlock = 500
const dayMs = 86_400_000

/**
 * S21: a desk leases the next block while it still has half of the last one, and in December one of the next year. Where the
 * last lasted less than a day the next is twice as large, where it lasted more than a week half as large: a desk holds the
 * numbers of some shifts, and no more.
 * @param parts.now with its zone, `2026-12-01T…+07:00`
 * @param parts.leasedAt of the last lease; null where it is not known
 */
export function codesWanted(parts: {
  readonly blocks: readonly (LeasedBlock & { next: number })[]
  readonly now: string
  readonly leasedAt: string | null
}): { year: number; count: number }[] {
  const year = Number(parts.now.slice(0, 4))
  const years = parts.now.slice(5, 7) === '12' ? [year, year + 1] : [year]
  return years.flatMap((each) => {
    const own = parts.blocks.filter((block) => block.year === each)
    const left = own.reduce((sum, { next, to }) => sum + Math.max(0, to - next + 1), 0)
    const newest = own.reduce<LeasedBlock | null>(
      (last, block) => (last && last.from > block.from ? last : block),
      null,
    )
    if (newest === null) return [{ year: each, count: smallestBlock }]
    const size = newest.to - newest.from + 1
    if (left >= size / 2) return []
    const lastedMs = parts.leasedAt === null ? dayMs : Date.parse(parts.now) - Date.parse(parts.leasedAt)
    const next = lastedMs < dayMs ? size * 2 : lastedMs > 7 * dayMs ? Math.ceil(size / 2) : size
    return [{ year: each, count: Math.min(largestBlock, Math.max(smallestBlock, next)) }]
  })
}
