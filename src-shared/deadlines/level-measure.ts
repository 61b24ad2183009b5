import type { ClockContext, ClockHolder, ClockLevel, ClockReading, HeldInterval, StopReason } from './clock.ts'
import type { Instant } from './instants.ts'
import { endOfStop, type Leg, legAt, legsOf, standstills, type TimeOf } from './level-legs.ts'
import type { Extension, LevelTrack } from './level-track.ts'

/** What one level's clock says. `over`: answered, escalated or returned. */
export interface LevelReading {
  level: ClockLevel
  state: 'running' | 'stopped' | 'over'
  holder: ClockHolder
  startedAt: Instant
  endedAt: Instant | null
  dueAt: Instant | null
  usedSeconds: number
  leftSeconds: number | null
  lateSeconds: number
  isLate: boolean
  stopReason: StopReason | null
  resumesAt: Instant | null
  knownAt: Instant
  intervals: HeldInterval[]
  readings: ClockReading['readings']
}

type Granted = Pick<Extension, 'at' | 'dueAt'>

/** The level's legs, and what the postponements made of its due instant. */
interface Measured {
  legs: readonly Leg[]
  /** Working seconds under the reading in force; null where nothing falls due. */
  allowance: number | null
  granted: Granted[]
  dueAt: Instant | null
}

type MeasureContext = ClockContext & {
  /** Working seconds used in the levels before, since the transfer: what reading R2 takes off. */
  usedBefore: number
  /** The same as it was known then. */
  usedBeforeThen: number
}

export function measureLevel(track: LevelTrack, context: MeasureContext): LevelReading {
  const knownAt = context.knownAt ?? track.knownAt
  const timeOf: TimeOf = (holder) => context.workingTimeFor(holder, knownAt)
  const measured = measure(track, knownAt, context.usedBefore, context)
  const { legs, dueAt } = measured
  const endAt = track.endedAt ?? context.now
  const intervals = heldIntervals(track, legs, dueAt, endAt, knownAt)
  const usedSeconds = sum(intervals.map((interval) => interval.workingSeconds))
  const still =
    track.endedAt === null ? standstills(legs).findLast((each) => each.fromAt <= endAt && endAt < each.toAt) : undefined
  const left = () => leftFrom(still?.fromAt ?? endAt, measured, usedSeconds)
  return {
    level: track.level,
    state: track.endedAt !== null ? 'over' : still ? 'stopped' : 'running',
    holder: track.holders.at(-1)!.holder,
    startedAt: track.startedAt,
    endedAt: track.endedAt,
    dueAt,
    usedSeconds,
    leftSeconds: measured.allowance === null ? null : left(),
    lateSeconds: sum(intervals.map((interval) => interval.lateSeconds)),
    // S4 Đ.9 k.4: an escalation at the due instant itself means that no answer met it.
    isLate: dueAt !== null && (track.outcome === 'escalated' ? endAt >= dueAt : endAt > dueAt),
    stopReason: still ? reasonAt(track, endAt, timeOf) : null,
    resumesAt: still && Number.isFinite(still.toAt) ? still.toAt : null,
    knownAt,
    intervals,
    readings: readingsOf(track, legs, context.usedBefore),
  }
}

function measure(track: LevelTrack, knownAt: Instant, usedBefore: number, context: MeasureContext): Measured {
  const legs = legsOf(track, (holder) => context.workingTimeFor(holder, knownAt))
  const isOverall = track.reading === 'R2' && track.level === 'head'
  const allowance = isOverall ? overall(track, usedBefore) : track.allowanceSeconds
  if (allowance === null) return { legs, allowance, granted: [], dueAt: null }
  // #22: what fell due unanswered never returns to on time. D14: and what was granted in time is not taken back by what was
  // learnt later.
  const granted = track.extensions.filter(({ at, dueAt, asItStood }) => {
    const before = measure(asItStood, asItStood.knownAt, context.usedBeforeThen, context).dueAt
    return before !== null && at <= before && dueAt > before
  })
  return { legs, allowance, granted, dueAt: latest(usedUp(allowance, legs), granted, legs) }
}

/** Postponed or not, it is due at the later instant; nobody knows which while one of them is unknown. */
function latest(usedUpAt: Instant | null, granted: Measured['granted'], legs: readonly Leg[]): Instant | null {
  let dueAt = usedUpAt
  for (const each of granted) {
    const movedAt = movedOn(each, legs)
    dueAt = dueAt === null || movedAt === null ? null : Math.max(dueAt, movedAt)
  }
  return dueAt
}

/** The earliest instant at which `allowance` is used up; null where it stands still and nothing says until when. */
function usedUp(allowance: number, legs: readonly Leg[]): Instant | null {
  let left = allowance
  if (left === 0) return legs[0]!.fromAt
  for (const { isRunning, time, fromAt, toAt } of legs) {
    if (!isRunning) continue
    const available = toAt === Number.POSITIVE_INFINITY ? toAt : time.between(fromAt, toAt)
    if (left <= available) return time.add(fromAt, left)
    left -= available
  }
  return null
}

/**
 * It is never due before the instant that the citizen was told, be that in the evening and whoever holds the slip by then; and what
 * was left of it when the clock stood still is left when it runs again. Null where it stands still and nothing says until when.
 * @param until leaves standstills aside that begin at this instant or after it.
 */
function movedOn(
  { at, dueAt: saidAt }: Granted,
  legs: readonly Leg[],
  until = Number.POSITIVE_INFINITY,
): Instant | null {
  let dueAt = saidAt
  for (const { fromAt, toAt } of standstills(legs)) {
    if (toAt <= at || fromAt >= dueAt || fromAt >= until) continue
    if (toAt === Number.POSITIVE_INFINITY) return null
    const left = secondsUntil(dueAt, Math.max(fromAt, at), legs)
    dueAt = Math.max(dueAt, legAt(legs, toAt).time.add(toAt, left))
  }
  return dueAt
}

/** What is left at `at`, if nothing stopped it from there on. */
function leftFrom(at: Instant, { legs, allowance, granted }: Measured, usedSeconds: number): number {
  const leftOf = (each: Granted) => secondsUntil(movedOn(each, legs, at)!, Math.max(at, each.at), legs)
  return Math.max(0, allowance! - usedSeconds, ...granted.map(leftOf))
}

const secondsUntil = (dueAt: Instant, at: Instant, legs: readonly Leg[]): number =>
  between(legAt(legs, at).time, at, dueAt)

function heldIntervals(
  track: LevelTrack,
  legs: readonly Leg[],
  dueAt: Instant | null,
  endAt: Instant,
  knownAt: Instant,
): HeldInterval[] {
  const isOpen = track.endedAt === null
  return legs
    .filter((leg) => leg.isRunning && (leg.fromAt < endAt || (isOpen && leg.fromAt === endAt)))
    .map(({ holder, time, fromAt, toAt: legTo }) => {
      const toAt = Math.min(legTo, endAt)
      return {
        holder,
        level: track.level,
        fromAt,
        toAt,
        workingSeconds: between(time, fromAt, toAt),
        lateSeconds: dueAt === null ? 0 : between(time, Math.max(fromAt, dueAt), toAt),
        knownAt,
      }
    })
}

/** Of two reasons, the one that came last and still holds. */
function reasonAt(track: LevelTrack, at: Instant, timeOf: TimeOf): StopReason | null {
  const holding = track.stops.findLast((stop) => stop.fromAt <= at && at < endOfStop(stop, track, timeOf))
  return holding?.reason ?? null
}

/** D2, R2: the time since the agent's transfer counts against the same allowance. */
function overall({ allowanceSeconds }: LevelTrack, usedBefore: number): number | null {
  return allowanceSeconds === null ? null : Math.max(0, allowanceSeconds - usedBefore)
}

function readingsOf(track: LevelTrack, legs: readonly Leg[], usedBefore: number): ClockReading['readings'] {
  const dueFor = (allowance: number | null) => (allowance === null ? null : usedUp(allowance, legs))
  const R1 = dueFor(track.allowanceSeconds)
  return track.level === 'head' ? { R1, R2: dueFor(overall(track, usedBefore)) } : { R1 }
}

const between = (time: Leg['time'], from: Instant, to: Instant): number => (from < to ? time.between(from, to) : 0)

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
