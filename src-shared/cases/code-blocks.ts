import type { DeskId } from '../ids.ts'
import { formatCode, parseCode } from './codes.ts'

/**
 * Receipt numbers of one year leased to one desk in advance, `from`…`to` inclusive, so that a code told to a citizen
 * during an outage is final and nobody else's.
 */
export interface CodeBlock {
  readonly deskId: DeskId
  /** Four digits. */
  readonly year: number
  readonly from: number
  readonly to: number
}

/**
 * The block that follows the last number ever leased in that year.
 * @throws RangeError when the year's seven digits are used up.
 */
export function leaseBlock(lease: {
  deskId: DeskId
  year: number
  count: number
  lastLeased: number | null
}): CodeBlock {
  const from = (lease.lastLeased ?? 0) + 1
  const to = from + lease.count - 1
  formatCode(lease.year, from)
  formatCode(lease.year, to)
  return { deskId: lease.deskId, year: lease.year, from, to }
}

/** Whether a code, as typed or as written, lies in the block. */
export function blockHolds(block: CodeBlock, code: string): boolean {
  const parsed = parseCode(code)
  return parsed.ok && parsed.year === block.year && parsed.number >= block.from && parsed.number <= block.to
}

/**
 * The lowest code of this year not yet used, or null when another block must be leased first. A new year does not use
 * up the rest of the old one.
 */
export function nextCode(blocks: readonly CodeBlock[], year: number, isUsed: (code: string) => boolean): string | null {
  const ofYear = blocks.filter((block) => block.year === year).sort((a, b) => a.from - b.from)
  for (const block of ofYear) {
    for (let number = block.from; number <= block.to; number++) {
      const code = formatCode(year, number)
      if (!isUsed(code)) return code
    }
  }
  return null
}

/** How many codes of this year are left for work without a link. */
export function codesLeft(blocks: readonly CodeBlock[], year: number, isUsed: (code: string) => boolean): number {
  let left = 0
  for (const block of blocks) {
    if (block.year !== year) continue
    for (let number = block.from; number <= block.to; number++) if (!isUsed(formatCode(year, number))) left++
  }
  return left
}
