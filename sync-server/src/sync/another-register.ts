import { localTimeOf } from '../../../src-shared/deadlines/instants.ts'
import type { Writing } from '../store/store.ts'
import { gapNumbers, restoredGap } from './claiming.ts'
import { putRegisterId } from './register-id.ts'

const lastNumber = 9_999_999

export interface Gap {
  readonly year: number
  readonly from: number
  readonly to: number
}

/**
 * What makes a copy another register, in one transaction: from the backup on it tells another story than the one that desks may
 * still know. A new id, so that they ask (S19, S20); a gap in the numbers of every year of which numbers may have been leased
 * after the backup, so that none is leased twice (S12, S22); and a reference that each desk takes anew.
 */
export async function makeAnother({ register, reference }: Writing, at: number, newId: string): Promise<Gap[]> {
  const thisYear = localTimeOf(at).year
  const gaps: Gap[] = []
  for (let year = 2_000; year < 2_100; year += 1) {
    const last = await register.lastLeased(year)
    // Numbers of this year and the next may have been leased for the first time after the backup.
    if (last === null && year !== thisYear && year !== thisYear + 1) continue
    const from = (last ?? 0) + 1
    if (from > lastNumber) continue
    const to = Math.min(from + gapNumbers - 1, lastNumber)
    await register.addCodeBlock({ deskId: restoredGap, year, from, to }, at)
    gaps.push({ year, from, to })
  }
  await putRegisterId(reference, newId)
  await reference.raiseRevision()
  return gaps
}
