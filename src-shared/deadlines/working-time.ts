import { type CalendarChain, type DayHours, hoursByDay } from './calendar-chain.ts'
import { dayNumberOf } from './dates.ts'
import { type Instant, toIso, wholeSecond } from './instants.ts'
import { wallClock } from './wall-clock.ts'

/**
 * The working time of one calendar, compiled. Instants are epoch milliseconds, truncated to whole seconds on the way in (D6);
 * amounts are working seconds. Every function throws a RangeError outside the compiled years.
 */
export interface WorkingTime {
  readonly timeZone: string
  /** The earliest instant at which `seconds` of working time are used up: an hour that ends at lunch is due 11:30:00 (D6). */
  add(from: Instant, seconds: number): Instant
  /** The latest instant that leaves `seconds` of working time before `to`. */
  subtract(to: Instant, seconds: number): Instant
  /** Working seconds from `from` to `to`; negative when `to` is earlier. */
  between(from: Instant, to: Instant): number
  /** `at` itself while open, otherwise the start of the next interval. */
  nextOpening(at: Instant): Instant
  /** An interval is open at its first second and closed at its end. */
  isOpen(at: Instant): boolean
  /** The hours of a local day, for proofs and screens. */
  hoursOn(dayNumber: number): DayHours
}

export interface CompileOptions {
  /** Use only what was known at this instant (D14). Without it everything is known. */
  asKnownAt?: Instant
  /** Both years included; 2015–2040 unless told. */
  fromYear?: number
  toYear?: number
}

/**
 * Compiles a calendar to a prefix sum of working seconds. Where an instant lies in it is looked up by its day, and what lies some
 * hours on is a few intervals on: a search of the whole range would take several times as long.
 */
export function compileWorkingTime(chain: CalendarChain, options: CompileOptions = {}): WorkingTime {
  const { asKnownAt, fromYear = 2015, toYear = 2040 } = options
  const { timeZone } = chain[0]
  const hoursOn = hoursByDay(chain, asKnownAt)
  const firstDay = dayNumberOf(fromYear, 1, 1)
  const endDay = dayNumberOf(toYear + 1, 1, 1)
  const clock = wallClock(timeZone, firstDay, endDay)
  const rangeFrom = clock.earliest(firstDay, 0)
  const rangeTo = clock.earliest(endDay, 0)
  const { starts, ends, usedBefore, total } = layOut(hoursOn, clock, firstDay, endDay)
  const atDay = lastAtEachDay(starts, rangeFrom, rangeTo)

  const toSeconds = (instant: Instant): number => {
    const second = Math.floor(instant / 1000)
    if (second >= rangeFrom && second <= rangeTo) return second
    const bounds = `${toIso(rangeFrom * 1000, timeZone)} – ${toIso(rangeTo * 1000, timeZone)}`
    throw new RangeError(`${nameOf(instant, timeZone)} is outside the working time of "${chain[0].id}" (${bounds})`)
  }
  const exhausted = (what: string): RangeError =>
    new RangeError(`${what} of "${chain[0].id}" lies outside the compiled years ${fromYear}–${toYear}`)

  /** The index of the last interval that has begun at `second`, or -1. */
  const begunAt = (second: number): number => {
    let index = atDay[Math.floor((second - rangeFrom) / DAY)]!
    while (index + 1 < starts.length && starts[index + 1]! <= second) index += 1
    return index
  }
  /** Working seconds from the beginning of the range to `second`, which lies at or after the beginning of interval `index`. */
  const usedIn = (index: number, second: number): number =>
    index < 0 ? 0 : usedBefore[index]! + Math.min(second, ends[index]!) - starts[index]!
  const usedAt = (second: number): number => usedIn(begunAt(second), second)

  return {
    timeZone,
    hoursOn,
    add(from, seconds) {
      const start = toSeconds(from)
      const amount = wholeAmount(seconds)
      if (amount === 0) return start * 1000
      const begun = begunAt(start)
      const target = usedIn(begun, start) + amount
      if (target > total) throw exhausted(`the end of ${amount} working seconds`)
      // The last interval that begins with less than the target used holds the target, at the latest at its end (D6).
      const index = lastAtMostFrom(usedBefore, target - 1, Math.max(0, begun))
      return (starts[index]! + target - usedBefore[index]!) * 1000
    },
    subtract(to, seconds) {
      const end = toSeconds(to)
      const amount = wholeAmount(seconds)
      if (amount === 0) return end * 1000
      const target = usedAt(end) - amount
      if (target < 0) throw exhausted(`the beginning of ${amount} working seconds`)
      const index = lastAtMost(usedBefore, target)
      return (starts[index]! + target - usedBefore[index]!) * 1000
    },
    between(from, to) {
      return usedAt(toSeconds(to)) - usedAt(toSeconds(from))
    },
    nextOpening(at) {
      const second = toSeconds(at)
      const index = begunAt(second)
      if (index >= 0 && second < ends[index]!) return second * 1000
      const next = starts[index + 1]
      if (next === undefined) throw exhausted('the next opening')
      return next * 1000
    },
    isOpen(at) {
      const second = toSeconds(at)
      const index = begunAt(second)
      return index >= 0 && second < ends[index]!
    },
  }
}

/** Whole seconds since 1970 fit 32 unsigned bits until 2106, and so does their sum. */
function layOut(hoursOn: (day: number) => DayHours, clock: ReturnType<typeof wallClock>, first: number, end: number) {
  const starts: number[] = []
  const ends: number[] = []
  for (let day = first; day < end; day += 1) {
    for (const { fromMinute, toMinute } of hoursOn(day).intervals) {
      const start = clock.earliest(day, fromMinute)
      const stop = clock.latest(day, toMinute)
      if (stop <= start) continue
      // Intervals that touch, as at midnight of a service that never closes, are one.
      if (start <= (ends.at(-1) ?? -1)) ends[ends.length - 1] = Math.max(ends.at(-1)!, stop)
      else {
        starts.push(start)
        ends.push(stop)
      }
    }
  }
  const usedBefore = new Uint32Array(starts.length)
  let total = 0
  for (let i = 0; i < starts.length; i += 1) {
    usedBefore[i] = total
    total += ends[i]! - starts[i]!
  }
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends), usedBefore, total }
}

/** The index of the last entry not above `value`, or -1. */
function lastAtMost(sorted: Uint32Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The same where entry `from` is not above `value` and the answer is likely near: doubling steps, then halving ones. */
function lastAtMostFrom(sorted: Uint32Array, value: number, from: number): number {
  let low = from
  let step = 1
  while (low + step < sorted.length && sorted[low + step]! <= value) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, sorted.length)
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! <= value) low = middle
    else high = middle
  }
  return low
}

/** For the beginning of each 24 hours of the range, the index of the last interval that has begun, or -1. */
function lastAtEachDay(starts: Uint32Array, rangeFrom: number, rangeTo: number): Int32Array {
  const atDay = new Int32Array(Math.floor((rangeTo - rangeFrom) / DAY) + 1)
  let index = -1
  for (let day = 0; day < atDay.length; day += 1) {
    while (index + 1 < starts.length && starts[index + 1]! <= rangeFrom + day * DAY) index += 1
    atDay[day] = index
  }
  return atDay
}

const DAY = 86_400

function wholeAmount(seconds: number): number {
  if (!Number.isFinite(seconds) || seconds < 0) throw new RangeError(`${seconds} is not an amount of working seconds`)
  return Math.floor(seconds)
}

function nameOf(instant: Instant, timeZone: string): string {
  return Number.isFinite(instant) && Math.abs(instant) < 8.64e15
    ? toIso(wholeSecond(instant), timeZone)
    : String(instant)
}
