import { fromIso, localTimeOf } from '../../../src-shared/deadlines/instants.ts'
import type { Period } from './figures.ts'
import type { Site } from './site.ts'

export interface NamedPeriod extends Period {
  readonly name: string
}

const firstOf = (year: number, month: number): number => {
  const carried = new Date(Date.UTC(year, month - 1, 1))
  return fromIso(`${carried.getUTCFullYear()}-${String(carried.getUTCMonth() + 1).padStart(2, '0')}-01T00:00:00+07:00`)
}

/** This month, the month before it, and this year, in the province's calendar. */
export function periodsAt(site: Site, now: number): { month: NamedPeriod; lastMonth: NamedPeriod; year: NamedPeriod } {
  const { year, month } = localTimeOf(now)
  const monthOf = (offset: number): NamedPeriod => {
    const fromAt = firstOf(year, month + offset)
    const local = localTimeOf(fromAt)
    return {
      name: site.say('public.period-month', { month: `${local.month}/${local.year}` }),
      fromAt,
      toAt: firstOf(year, month + offset + 1),
    }
  }
  return {
    month: monthOf(0),
    lastMonth: monthOf(-1),
    year: { name: site.say('public.period-year', { year }), fromAt: firstOf(year, 1), toAt: firstOf(year + 1, 1) },
  }
}
