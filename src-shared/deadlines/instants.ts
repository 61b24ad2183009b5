import { Temporal } from 'temporal-polyfill'

/** An instant as milliseconds since 1970-01-01T00:00:00Z. Inside the program instants are numbers; text only at the JSON boundary. */
export type Instant = number

export const PROVINCE_TIME_ZONE = 'Asia/Ho_Chi_Minh'

/** `2026-09-03T16:00:00+07:00`; milliseconds are written only where there are any, so that text and number round-trip. */
export function toIso(instant: Instant, timeZone: string = PROVINCE_TIME_ZONE): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toString({ timeZone })
}

/**
 * Reads ISO 8601 text that names its offset (`Z` or `+07:00`).
 * @throws RangeError for anything else: a local time without an offset is not an instant.
 */
export function fromIso(text: string): Instant {
  return Temporal.Instant.from(text).epochMilliseconds
}

/** The instant of ISO text, or null where it is not one. For checking what people and files hand in. */
export function parseIso(text: string): Instant | null {
  try {
    return fromIso(text)
  } catch {
    return null
  }
}

/** D6: the clock's resolution is one second; what lies below it is dropped. */
export function wholeSecond(instant: Instant): Instant {
  return Math.floor(instant / 1000) * 1000
}

export interface LocalTime {
  year: number
  month: number
  day: number
  /** Days since 1970-01-01 in the local calendar. */
  dayNumber: number
  hour: number
  minute: number
  second: number
}

/** The wall clock at an instant. */
export function localTimeOf(instant: Instant, timeZone: string = PROVINCE_TIME_ZONE): LocalTime {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)
  const localSeconds = Math.floor((instant + zoned.offsetNanoseconds / 1e6) / 1000)
  return {
    year: zoned.year,
    month: zoned.month,
    day: zoned.day,
    dayNumber: Math.floor(localSeconds / 86_400),
    hour: zoned.hour,
    minute: zoned.minute,
    second: zoned.second,
  }
}
