import { Temporal } from 'temporal-polyfill'
import { civilOf } from './dates.ts'

/** Wall-clock minutes of a local day to epoch seconds. `minute` may be 1440, the midnight that ends the day. */
export interface WallClock {
  /** Where the wall clock shows the minute twice, the first time; where it skips it, the instant of the skip. */
  earliest(dayNumber: number, minute: number): number
  /** The same, but the second time. */
  latest(dayNumber: number, minute: number): number
}

/**
 * Asking Temporal for each of twenty thousand interval bounds takes longer than all the rest of compiling. The offset only changes
 * at transitions, so Temporal is asked for those, and for the days around them; Việt Nam has none in our years.
 */
export function wallClock(timeZone: string, firstDay: number, endDay: number): WallClock {
  const stretches = offsetStretches(timeZone, (firstDay - 2) * 86_400, (endDay + 2) * 86_400)
  const at = (dayNumber: number, minute: number, which: 'earlier' | 'later'): number => {
    const local = dayNumber * 86_400 + minute * 60
    const stretch = stretches.find(({ safeFrom, safeUntil }) => local >= safeFrom && local < safeUntil)
    return stretch ? local - stretch.offsetSeconds : askTemporal(timeZone, dayNumber, minute, which)
  }
  return {
    earliest: (dayNumber, minute) => at(dayNumber, minute, 'earlier'),
    latest: (dayNumber, minute) => at(dayNumber, minute, 'later'),
  }
}

/** Local seconds between two transitions, two days away from either: no zone has ever jumped that far. */
interface Stretch {
  offsetSeconds: number
  safeFrom: number
  safeUntil: number
}

const TWO_DAYS = 2 * 86_400

function offsetStretches(timeZone: string, fromSecond: number, toSecond: number): Stretch[] {
  const stretches: Stretch[] = []
  let safeFrom = Number.NEGATIVE_INFINITY
  let zoned = Temporal.Instant.fromEpochMilliseconds(fromSecond * 1000).toZonedDateTimeISO(timeZone)
  for (;;) {
    const offsetSeconds = zoned.offsetNanoseconds / 1e9
    const next = zoned.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds / 1000 > toSecond) {
      stretches.push({ offsetSeconds, safeFrom, safeUntil: Number.POSITIVE_INFINITY })
      return stretches
    }
    const transition = next.epochMilliseconds / 1000 + offsetSeconds
    stretches.push({ offsetSeconds, safeFrom, safeUntil: transition - TWO_DAYS })
    safeFrom = transition + TWO_DAYS
    zoned = next
  }
}

function askTemporal(timeZone: string, dayNumber: number, minute: number, which: 'earlier' | 'later'): number {
  const { year, month, day } = civilOf(minute === 1440 ? dayNumber + 1 : dayNumber)
  const wall = new Temporal.PlainDateTime(year, month, day, Math.floor((minute % 1440) / 60), minute % 60)
  const zoned = wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' })
  if (!zoned.toPlainDateTime().equals(wall)) {
    // The minute was skipped. "Previous" means strictly before, and the first skipped minute lands on the transition itself.
    return zoned.add({ seconds: 1 }).getTimeZoneTransition('previous')!.epochMilliseconds / 1000
  }
  return wall.toZonedDateTime(timeZone, { disambiguation: which }).epochMilliseconds / 1000
}
