import { civilOf, dateOfDayNumber, dayNumberOf } from '../../src-shared/deadlines/dates.ts'
import { fromIso, type Instant, localTimeOf, parseIso } from '../../src-shared/deadlines/instants.ts'

/** S4 Đ.11 k.1 (#59): weekly, monthly, quarterly, yearly, and cut-offs of one's own. */
export const periodKinds = [
  'this-week',
  'last-week',
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
  'cut-off',
  'custom',
] as const
export type PeriodKind = (typeof periodKinds)[number]

/** Epoch milliseconds; `to` is not in the period any more. */
export interface Period {
  readonly from: Instant
  readonly to: Instant
}

/** The period of a kind as seen from `now`; null for one that a person types. */
export function periodOf(kind: PeriodKind, now: Instant): Period | null {
  const { year, month, dayNumber } = localTimeOf(now)
  const quarter = month - ((month - 1) % 3)
  // 1970-01-01, day 0, was a Thursday.
  const monday = dayNumber - ((((dayNumber + 3) % 7) + 7) % 7)
  switch (kind) {
    case 'this-week':
      return { from: startOf(monday), to: startOf(monday + 7) }
    case 'last-week':
      return { from: startOf(monday - 7), to: startOf(monday) }
    case 'this-month':
      return { from: firstOf(year, month), to: firstOf(year, month + 1) }
    case 'last-month':
      return { from: firstOf(year, month - 1), to: firstOf(year, month) }
    case 'this-quarter':
      return { from: firstOf(year, quarter), to: firstOf(year, quarter + 3) }
    case 'last-quarter':
      return { from: firstOf(year, quarter - 3), to: firstOf(year, quarter) }
    case 'this-year':
      return { from: firstOf(year, 1), to: firstOf(year + 1, 1) }
    case 'last-year':
      return { from: firstOf(year - 1, 1), to: firstOf(year, 1) }
    case 'cut-off': {
      // The last one that is over: from noon of the 25th to noon of the 25th.
      const isOver = now >= noonOf(year, month, 25)
      const end = isOver ? month : month - 1
      return { from: noonOf(year, end - 1, 25), to: noonOf(year, end, 25) }
    }
    case 'custom':
      return null
  }
}

const startOf = (dayNumber: number): Instant => fromIso(`${dateOfDayNumber(dayNumber)}T00:00:00+07:00`)

/** Months below 1 and above 12 are carried into the years beside. */
function carried(year: number, month: number): { year: number; month: number } {
  const months = year * 12 + month - 1
  return { year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1 }
}

function firstOf(year: number, month: number): Instant {
  const at = carried(year, month)
  return startOf(dayNumberOf(at.year, at.month, 1))
}

const noonOf = (year: number, month: number, day: number): Instant =>
  firstOf(year, month) + (day - 1) * 86_400_000 + 43_200_000

/**
 * `25/9/2026 12:00`, `25/9/2026 12:00:05`, `25/9/2026` (its beginning), or the instant as it stands in a report. Null for what
 * is none.
 */
export function readInstant(text: string): Instant | null {
  const typed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[\s,]+(\d{1,2})[:hg](\d{2})?(?::(\d{2}))?)?$/.exec(text.trim())
  if (typed === null) return parseIso(text.trim())
  const [, day, month, year, hour = '0', minute = '00', second = '00'] = typed
  const number = dayNumberOf(Number(year), Number(month), Number(day))
  const civil = civilOf(number)
  if (civil.month !== Number(month) || civil.day !== Number(day)) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  return startOf(number) + (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000
}

/** `25/9/2026 12:00`, with seconds only where there are any: what `readInstant` reads. */
export function instantText(instant: Instant): string {
  const { year, month, day, hour, minute, second } = localTimeOf(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = second === 0 ? '' : `:${two(second)}`
  return `${two(day)}/${month <= 2 ? two(month) : month}/${year} ${two(hour)}:${two(minute)}${seconds}`
}
