import type { CalendarJson } from '../../../src-shared/deadlines/calendar.ts'
import { OpenHours } from '../../shared/deadlines/second-clock/open-hours.ts'

/** The least that can be done: seconds in, seconds out, one calendar, no checks, no versions. The limit to measure against. */
export interface PrefixSum {
  add(from: number, seconds: number): number
  between(from: number, to: number): number
}

/** @param from @param to seconds since 1970 */
export function prefixSum(calendars: readonly CalendarJson[], id: string, from: number, to: number): PrefixSum {
  const hours = new OpenHours(calendars)
  const opens: number[] = []
  const sums: number[] = []
  let sum = 0
  for (let at = from; at < to; ) {
    const { stretches, endsAt } = hours.dayOf(id, Number.POSITIVE_INFINITY, at)
    for (const stretch of stretches) {
      opens.push(stretch.from)
      sums.push(sum)
      sum += stretch.to - stretch.from
    }
    at = endsAt
  }
  const starts = Uint32Array.from(opens)
  const before = Uint32Array.from(sums)
  const all = before.length

  const search = (sorted: Uint32Array, value: number): number => {
    let low = 0
    let high = all
    while (low < high) {
      const middle = (low + high) >>> 1
      if (sorted[middle]! <= value) low = middle + 1
      else high = middle
    }
    return low - 1
  }
  const worked = (at: number): number => {
    const index = search(starts, at)
    if (index < 0) return 0
    const most = (index + 1 < all ? before[index + 1]! : sum) - before[index]!
    return before[index]! + Math.min(at - starts[index]!, most)
  }
  return {
    add(at, seconds) {
      const target = worked(at) + seconds
      const index = search(before, target - 1)
      return starts[index]! + target - before[index]!
    },
    between: (a, b) => worked(b) - worked(a),
  }
}
