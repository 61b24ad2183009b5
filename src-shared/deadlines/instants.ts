import { Temporal } from 'temporal-polyfill'
import { dateOfDayNumber, twoDigits } from './dates.ts'

/** An instant as milliseconds since 1970-01-01T00:00:00Z. Inside the program instants are numbers; text only at the JSON boundary. */
export type Instant = number

export const PROVINCE_TIME_ZONE = 'Asia/Ho_Chi_Minh'

/** `2026-09-03T16:00:00+07:00`; milliseconds are written only where there are any, so that text and number round-trip. */
export function toIso(instant: Instant, timeZone: string = PROVINCE_TIME_ZONE): string {
  // Temporal takes several microseconds for it, and a corrected calendar is told to a million cases.
  if (Number.isInteger(instant) && instant >= EARLIEST && instant < LATEST) {
    const { offsetMs, offsetText } = stretchOf(instant, timeZone)
    const local = instant + offsetMs
    const day = Math.floor(local / 86_400_000)
    return `${dateOfDayNumber(day)}T${timeOfDay(local - day * 86_400_000)}${offsetText}`
  }
  return Temporal.Instant.fromEpochMilliseconds(instant).toString({ timeZone })
}

/** `16:00:00`, `16:00:00.5` */
function timeOfDay(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  const rest = ms - seconds * 1000
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}${fraction}`
}

/** The years of any calendar (2000–2060), and some more. */
const EARLIEST = Date.UTC(1990, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/** Time without a transition: the offset is asked once for all of it. */
interface Stretch {
  readonly fromMs: number
  readonly untilMs: number
  readonly offsetMs: number
  readonly offsetText: string
}

const stretches = new Map<string, Stretch[]>()

function stretchOf(instant: Instant, timeZone: string): Stretch {
  const known = stretches.get(timeZone) ?? []
  const found = known.find((each) => each.fromMs <= instant && instant < each.untilMs)
  if (found) return found
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)
  const next = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY
  const text = Temporal.Instant.fromEpochMilliseconds(instant - (instant % 1000)).toString({ timeZone })
  const stretch = {
    fromMs: instant,
    untilMs: next,
    offsetMs: zoned.offsetNanoseconds / 1e6,
    offsetText: text.slice(19),
  }
  // Asked by an earlier instant of the same stretch, the known one is widened.
  const same = known.findIndex((each) => each.untilMs === next)
  if (same < 0) known.push(stretch)
  else known[same] = stretch
  stretches.set(timeZone, known)
  return stretch
}

/**
 * Reads ISO 8601 text that names its offset (`Z` or `+07:00`).
 * @throws RangeError for anything else: a local time without an offset is not an instant.
 */
export function fromIso(text: string): Instant {
  // Temporal takes several microseconds for it, and a first sync reads hundreds of thousands; what is unusual it still reads.
  if (usual.test(text)) return Date.parse(text)
  return Temporal.Instant.from(text).epochMilliseconds
}

/** To the millisecond at most, on a day that every month has. */
const usual =
  /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

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
