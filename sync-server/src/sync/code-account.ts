import type { CodeAccount } from '../../../src-shared/api/desks.ts'
import type { BlockUse } from '../store/desks.ts'

/** S21: each number that was leased to one desk is counted once: in a case, void, still with the desk, or else told. */
export function codeAccount(blocks: readonly BlockUse[]): CodeAccount[] {
  const years = new Map<number, CodeAccount>()
  for (const block of blocks) {
    const { year } = block
    const account = years.get(year) ?? { year, leased: 0, inCases: 0, told: 0, withDesk: 0, void: 0 }
    const leased = block.to - block.from + 1
    const untold = Math.max(0, block.to - block.next + 1)
    // Nothing of a block is with a desk that was wiped.
    const voided = block.voidFrom === null ? 0 : Math.max(0, block.to - block.voidFrom + 1)
    const withDesk = block.voidFrom === null ? untold : 0
    years.set(year, {
      year,
      leased: account.leased + leased,
      inCases: account.inCases + block.inCases,
      told: account.told + leased - block.inCases - withDesk - voided,
      withDesk: account.withDesk + withDesk,
      void: account.void + voided,
    })
  }
  return [...years.values()].sort((a, b) => b.year - a.year)
}
