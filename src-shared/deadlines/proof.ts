import type { ClockContext, ClockReading, HeldInterval } from './clock.ts'
import { dateOfDayNumber, type LocalDate, weekdayOfDayNumber } from './dates.ts'
import { type Instant, localTimeOf, wholeSecond } from './instants.ts'
import { wallClock } from './wall-clock.ts'
import type { WorkingTime } from './working-time.ts'

export type ProofKind = 'work' | 'weekend' | 'holiday' | 'swap' | 'closed'

/** One line of the working: an interval that was counted, or a day that was not and why. */
export interface ProofLine {
  on: LocalDate
  fromAt: Instant
  toAt: Instant
  /** 0 unless `kind` is `work`. */
  workingSeconds: number
  kind: ProofKind
  /** Of a dated day: why it differs from its week, and the act that says so. */
  reason?: string
  act?: string
}

/**
 * Shows how the working time between two instants comes about, day by day. The lines' `workingSeconds` add up to
 * `workingTime.between(from, to)`. Nights and lunch breaks are not lines: the hours on either side of them say it.
 */
export function proveInterval(workingTime: WorkingTime, from: Instant, to: Instant): ProofLine[] {
  const start = wholeSecond(from)
  const end = wholeSecond(to)
  if (end <= start) return []
  const firstDay = localTimeOf(start, workingTime.timeZone).dayNumber
  const lastDay = localTimeOf(end - 1000, workingTime.timeZone).dayNumber
  const clock = wallClock(workingTime.timeZone, firstDay, lastDay + 1)
  const lines: ProofLine[] = []
  for (let dayNumber = firstDay; dayNumber <= lastDay; dayNumber += 1) {
    const { intervals, day } = workingTime.hoursOn(dayNumber)
    const on = dateOfDayNumber(dayNumber)
    const why = day ? { reason: day.reason, act: day.act } : {}
    const clipped = (fromMinute: number, toMinute: number) => ({
      fromAt: Math.max(start, clock.earliest(dayNumber, fromMinute) * 1000),
      toAt: Math.min(end, clock.latest(dayNumber, toMinute) * 1000),
    })
    if (intervals.length === 0) {
      lines.push({ on, ...clipped(0, 1440), workingSeconds: 0, kind: day?.kind ?? restOf(dayNumber), ...why })
      continue
    }
    for (const { fromMinute, toMinute } of intervals) {
      const { fromAt, toAt } = clipped(fromMinute, toMinute)
      if (fromAt >= toAt) continue
      lines.push({ on, fromAt, toAt, workingSeconds: (toAt - fromAt) / 1000, kind: 'work', ...why })
    }
  }
  return lines
}

/** The working of a whole clock: each holder's stretch with its lines, as the calendar was known for it (D14). */
export function proveClock(
  reading: Pick<ClockReading, 'intervals'>,
  workingTimeFor: ClockContext['workingTimeFor'],
): { interval: HeldInterval; lines: ProofLine[] }[] {
  return reading.intervals.map((interval) => ({
    interval,
    lines: proveInterval(workingTimeFor(interval.holder, interval.knownAt), interval.fromAt, interval.toAt),
  }))
}

function restOf(dayNumber: number): ProofKind {
  const weekday = weekdayOfDayNumber(dayNumber)
  return weekday === 'sat' || weekday === 'sun' ? 'weekend' : 'closed'
}
