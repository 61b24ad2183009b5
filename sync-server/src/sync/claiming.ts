import type { CodeClaimAnswer, LeasedBlock } from '../../../src-shared/api/sync.ts'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import { type DeskId, deskIdSchema } from '../../../src-shared/ids.ts'
import type { BlockRange } from '../store/desks.ts'
import type { Writing } from '../store/store.ts'

/** Holds the numbers that a register brought back from a backup may have leased since, for whoever claims them (S22). */
export const restoredGap = deskIdSchema.parse('restored-gap')
/** How many that may be: what the whole province uses up in years. A claim beyond is no memory of a lease. */
export const gapNumbers = 100_000

/** S22: each block is taken over whole or not at all; one that was leased to another desk, or is void, stays lost to this one. */
export async function claimBlocks(
  tx: Writing,
  deskId: DeskId,
  blocks: readonly LeasedBlock[],
  now: number,
): Promise<CodeClaimAnswer> {
  const taken: LeasedBlock[] = []
  const refused: LeasedBlock[] = []
  for (const block of blocks) {
    const isTaken = (await isPossible(tx, block)) && (await claim(tx, deskId, block, now))
    ;(isTaken ? taken : refused).push(block)
  }
  return { taken, refused }
}

async function isPossible(tx: Writing, { year, from, to }: LeasedBlock): Promise<boolean> {
  if (to < from || to - from >= gapNumbers) return false
  try {
    formatCode(year, from)
    formatCode(year, to)
  } catch {
    return false
  }
  return to <= ((await tx.register.lastLeased(year)) ?? 0) + gapNumbers
}

async function claim(tx: Writing, deskId: DeskId, block: LeasedBlock, now: number): Promise<boolean> {
  const there = await tx.desks.blocksWithin(block)
  const isFree = (range: BlockRange) =>
    range.deskId === restoredGap || (range.deskId === deskId && range.voidFrom === null)
  if (!there.every(isFree)) return false
  // What is already its own stays as it is; every stretch between is given to it.
  let from = block.from
  for (const range of there) {
    if (range.deskId === deskId) {
      if (range.from > from) await tx.register.addCodeBlock({ ...block, deskId, from, to: range.from - 1 }, now)
      from = range.to + 1
      continue
    }
    await tx.desks.removeBlock(range)
    if (range.from < block.from) await tx.register.addCodeBlock({ ...range, to: block.from - 1 }, now)
    if (range.to > block.to) await tx.register.addCodeBlock({ ...range, from: block.to + 1 }, now)
  }
  if (from <= block.to) await tx.register.addCodeBlock({ ...block, deskId, from, to: block.to }, now)
  return true
}
