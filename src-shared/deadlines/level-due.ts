import type { ClockContext } from './clock.ts'
import type { Instant } from './instants.ts'
import { type Leg, legAt, legsOf, type Span, standstills } from './level-legs.ts'
import type { Extension, LevelTrack } from './level-track.ts'

/** What one level is measured with. */
export interface LevelContext {
  readonly clock: ClockContext
  readonly now: Instant
  /** Working seconds used in the levels before, since the transfer: what reading R2 takes off (D2). */
  readonly usedBefore: number
  /** The same as it was known then. */
  readonly usedBeforeThen: number
}

type Granted = Pick<Extension, 'at' | 'dueAt'>
const NOTHING_GRANTED: readonly Granted[] = []

/** The level's legs, its allowance, and when it falls due. */
export interface Duty {
  readonly legs: readonly Leg[]
  /** Where it stood or stands still. */
  readonly stills: readonly Span[]
  /** Working seconds under the reading in force; null where nothing falls due. */
  readonly allowance: number | null
  readonly granted: readonly Granted[]
  /** By the whole allowance, whatever the reading in force; postponements left aside. */
  readonly wholeDueAt: Instant | null
  readonly dueAt: Instant | null
}

export function dutyOf(track: LevelTrack, knownAt: Instant, usedBefore: number, context: LevelContext): Duty {
  const legs = legsOf(track, knownAt, context.clock)
  const stills = standstills(legs)
  const whole = track.allowanceSeconds
  if (whole === null) {
    return { legs, stills, allowance: null, granted: NOTHING_GRANTED, wholeDueAt: null, dueAt: null }
  }
  const wholeDueAt = usedUp(whole, legs)
  const isOverall = track.reading === 'R2' && track.level === 'head'
  const allowance = isOverall ? overall(whole, usedBefore) : whole
  const usedUpAt = isOverall ? usedUp(allowance, legs) : wholeDueAt
  const granted = track.extensions.length === 0 ? NOTHING_GRANTED : grantedOf(track, context)
  return { legs, stills, allowance, granted, wholeDueAt, dueAt: latest(usedUpAt, granted, legs, stills) }
}

/** D2, R2: the time since the agent's transfer counts against the same allowance. */
export const overall = (allowance: number, usedBefore: number): number => Math.max(0, allowance - usedBefore)

/** The earliest instant at which `allowance` is used up; null where it stands still and nothing says until when. */
export function usedUp(allowance: number, legs: readonly Leg[]): Instant | null {
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

/** What is left at `at`, if nothing stopped it from there on. */
export function leftFrom(at: Instant, { legs, stills, allowance, granted }: Duty, usedSeconds: number): number {
  let left = Math.max(0, allowance! - usedSeconds)
  for (const each of granted) {
    left = Math.max(left, secondsUntil(movedOn(each, legs, stills, at)!, Math.max(at, each.at), legs))
  }
  return left
}

/**
 * #22: what fell due unanswered never returns to on time. D14: and what was granted in time is not taken back by what was learnt
 * later.
 */
function grantedOf(track: LevelTrack, context: LevelContext): Granted[] {
  return track.extensions.filter(({ at, dueAt, asItStood }) => {
    const before = dutyOf(asItStood, asItStood.knownAt, context.usedBeforeThen, context).dueAt
    return before !== null && at <= before && dueAt > before
  })
}

/** Postponed or not, it is due at the later instant; nobody knows which while one of them is unknown. */
function latest(
  usedUpAt: Instant | null,
  granted: readonly Granted[],
  legs: readonly Leg[],
  stills: readonly Span[],
): Instant | null {
  let dueAt = usedUpAt
  for (const each of granted) {
    const movedAt = movedOn(each, legs, stills)
    dueAt = dueAt === null || movedAt === null ? null : Math.max(dueAt, movedAt)
  }
  return dueAt
}

/**
 * It is never due before the instant that the citizen was told, be that in the evening and whoever holds the slip by then; and what
 * was left of it when the clock stood still is left when it runs again. Null where it stands still and nothing says until when.
 * @param until leaves standstills aside that begin at this instant or after it.
 */
function movedOn(
  { at, dueAt: saidAt }: Granted,
  legs: readonly Leg[],
  stills: readonly Span[],
  until = Number.POSITIVE_INFINITY,
): Instant | null {
  let dueAt = saidAt
  for (const { fromAt, toAt } of stills) {
    if (toAt <= at || fromAt >= dueAt || fromAt >= until) continue
    if (toAt === Number.POSITIVE_INFINITY) return null
    const left = secondsUntil(dueAt, Math.max(fromAt, at), legs)
    dueAt = Math.max(dueAt, legAt(legs, toAt).time.add(toAt, left))
  }
  return dueAt
}

function secondsUntil(dueAt: Instant, at: Instant, legs: readonly Leg[]): number {
  return at < dueAt ? legAt(legs, at).time.between(at, dueAt) : 0
}
