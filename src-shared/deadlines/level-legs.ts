import type { ClockContext, ClockHolder } from './clock.ts'
import type { Instant } from './instants.ts'
import type { LevelTrack, Stop } from './level-track.ts'
import type { WorkingTime } from './working-time.ts'

/** A stretch of one level under one holder in which it ran, or stood still. The last one runs or stands for ever. */
export interface Leg {
  holder: ClockHolder
  time: WorkingTime
  isRunning: boolean
  fromAt: Instant
  /** Infinity for the last. */
  toAt: Instant
}

export interface Span {
  fromAt: Instant
  toAt: Instant
}

/**
 * The level cut into legs, caps applied (D5). After its end it is shown as if it ran on: a level that was answered in time still
 * has the date on which it would have fallen due, and on-time rates go by that date (D9).
 */
export function legsOf(track: LevelTrack, knownAt: Instant, context: ClockContext): Leg[] {
  const stills = stillsOf(track, knownAt, context)
  const legs: Leg[] = []
  let next = 0
  for (let index = 0; index < track.holders.length; index += 1) {
    const { fromAt: heldFrom, holder } = track.holders[index]!
    const heldTo = track.holders[index + 1]?.fromAt ?? Number.POSITIVE_INFINITY
    const time = context.workingTimeFor(holder, knownAt)
    let at = heldFrom
    for (; next < stills.length && stills[next]!.fromAt < heldTo; next += 1) {
      const still = stills[next]!
      if (at < still.fromAt) legs.push({ holder, time, isRunning: true, fromAt: at, toAt: still.fromAt })
      const fromAt = Math.max(heldFrom, still.fromAt)
      at = Math.max(at, Math.min(still.toAt, heldTo))
      if (fromAt < at) legs.push({ holder, time, isRunning: false, fromAt, toAt: at })
      // The rest of it lies with the next holder.
      if (still.toAt > heldTo) break
    }
    if (at < heldTo) legs.push({ holder, time, isRunning: true, fromAt: at, toAt: heldTo })
  }
  return legs
}

/** The leg that holds `at`. */
export function legAt(legs: readonly Leg[], at: Instant): Leg {
  return legs.findLast((leg) => leg.fromAt <= at)!
}

/** Where it stood still, each stretch across all who held it meanwhile. */
export function standstills(legs: readonly Leg[]): readonly Span[] {
  // Nearly every clock never stops.
  if (legs.length === 1 && legs[0]!.isRunning) return NONE
  const found: Span[] = []
  for (const { isRunning, fromAt, toAt } of legs) {
    if (isRunning) continue
    const last = found.at(-1)
    if (last?.toAt === fromAt) last.toAt = toAt
    else found.push({ fromAt, toAt })
  }
  return found
}

/** D5: after its cap of working time it runs again, whoever holds it by then and whatever else stops it. */
export function endOfStop(stop: Stop, track: LevelTrack, knownAt: Instant, context: ClockContext): Instant {
  const toAt = stop.toAt ?? Number.POSITIVE_INFINITY
  if (stop.capSeconds === null) return toAt
  let left = stop.capSeconds
  for (const [index, { fromAt, holder }] of track.holders.entries()) {
    const until = track.holders[index + 1]?.fromAt
    if (until !== undefined && until <= stop.fromAt) continue
    const from = Math.max(fromAt, stop.fromAt)
    const time = context.workingTimeFor(holder, knownAt)
    const available = until === undefined ? Number.POSITIVE_INFINITY : time.between(from, until)
    if (left <= available) return Math.min(toAt, time.add(from, left))
    left -= available
  }
  throw new Error('the last holder holds it for ever')
}

const NONE: readonly Span[] = []

function stillsOf(track: LevelTrack, knownAt: Instant, context: ClockContext): readonly Span[] {
  if (track.stops.length === 0 && track.closures.length === 0) return NONE
  const stops = track.stops.map((stop) => ({ fromAt: stop.fromAt, toAt: endOfStop(stop, track, knownAt, context) }))
  return union(stops.concat(track.closures))
}

/** Sorted, not empty, never touching. */
function union(spans: Span[]): Span[] {
  const merged: Span[] = []
  for (const { fromAt, toAt } of spans.sort((a, b) => a.fromAt - b.fromAt)) {
    const last = merged.at(-1)
    if (toAt <= fromAt) continue
    if (last && fromAt <= last.toAt) last.toAt = Math.max(last.toAt, toAt)
    else merged.push({ fromAt, toAt })
  }
  return merged
}
