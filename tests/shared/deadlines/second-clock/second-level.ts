import type { ClockHolder, ClockLevel, StopReason } from '../../../../src-shared/deadlines/clock.ts'
import type { Second } from './open-hours.ts'
import { nameOf, type Province } from './second-clock.ts'

/** All that happened to one level, as plain lists. */
export interface Level {
  readonly level: ClockLevel
  readonly startedAt: Second
  readonly allowance: number | null
  /** D2, R2: the allowance counts from the agent's transfer, so what was used before this level counts against it. */
  readonly isOverall: boolean
  usedBefore: number
  knownAt: Second
  readonly holders: { readonly from: Second; readonly holder: ClockHolder }[]
  readonly stops: { readonly from: Second; to: Second; readonly reason: StopReason; readonly cap: number | null }[]
  readonly closures: { readonly from: Second; readonly to: Second }[]
  readonly postponements: { readonly at: Second; readonly dueAt: Second }[]
  overAt: Second | null
  outcome: 'met' | 'escalated' | 'returned' | null
}

interface Piece {
  readonly from: Second
  readonly to: Second
  readonly holder: ClockHolder
  readonly runs: boolean
}

const FOREVER = Number.POSITIVE_INFINITY
/** Nobody's allowance reaches further than this from the last thing that happened. */
const HORIZON = 2 * 365 * 86_400

/** The level cut wherever anything changed. After its end it is shown as if it ran on (D9: it "would have been due"). */
function piecesOf(level: Level, province: Province): Piece[] {
  const stops = level.stops.map((stop) => ({ from: stop.from, to: Math.min(stop.to, capEnd(level, province, stop)) }))
  const still = [...stops, ...level.closures].filter(({ from, to }) => to > from)
  const cuts = new Set<Second>([level.startedAt, FOREVER])
  for (const { from } of level.holders) cuts.add(Math.max(from, level.startedAt))
  for (const { from, to } of still) cuts.add(from).add(to)
  const ordered = [...cuts].sort((a, b) => a - b)
  return ordered.slice(0, -1).map((from, index) => ({
    from,
    to: ordered[index + 1]!,
    holder: level.holders.findLast((each) => each.from <= from)!.holder,
    runs: !still.some((each) => each.from <= from && from < each.to),
  }))
}

/** D5: a stop ends by itself after its cap of working time, whoever holds the clock meanwhile. */
function capEnd(level: Level, province: Province, stop: Level['stops'][number]): Second {
  if (stop.cap === null) return FOREVER
  let left = stop.cap
  let at = stop.from
  while (true) {
    const holder = level.holders.findLast((each) => each.from <= at)!.holder
    const next = level.holders.find((each) => each.from > at)?.from ?? at + HORIZON
    const walked = province.hours.walk(province.calendarOf(holder.agencyId), level.knownAt, at, left, next)
    if (walked.left === 0) return walked.at
    left = walked.left
    at = next
  }
}

/** Working seconds in which it ran, by holder, from `since` until `until`. */
export function usedBy(
  level: Level,
  province: Province,
  until: Second,
  since: Second = level.startedAt,
): Map<string, number> {
  const used = new Map<string, number>()
  for (const piece of piecesOf(level, province)) {
    if (!piece.runs) continue
    const [from, to] = [Math.max(piece.from, since), Math.min(piece.to, until)]
    if (to <= from) continue
    const who = nameOf(piece.holder)
    used.set(who, (used.get(who) ?? 0) + secondsIn(level, province, piece.holder, from, to))
  }
  return used
}

/** When `seconds` are used up; null where it stands still with no end in sight. Postponements left aside. */
export function dutyOf(level: Level, province: Province, seconds: number | null): Second | null {
  if (seconds === null) return null
  let left = seconds
  if (left <= 0) return level.startedAt
  for (const piece of piecesOf(level, province)) {
    if (!piece.runs) continue
    const calendar = province.calendarOf(piece.holder.agencyId)
    const limit = piece.to === FOREVER ? piece.from + HORIZON : piece.to
    const walked = province.hours.walk(calendar, level.knownAt, piece.from, left, limit)
    if (walked.left === 0) return walked.at
    left = walked.left
  }
  return null
}

/** The due instant: the later of the allowance used up and the time that was granted. */
export function dueOf(level: Level, province: Province): Second | null {
  if (level.allowance === null) return null
  const due = dutyOf(level, province, level.isOverall ? level.allowance - level.usedBefore : level.allowance)
  if (due === null) return null
  let latest = due
  for (const granted of level.postponements) {
    const moved = movedOn(level, province, granted)
    if (moved === null) return null
    latest = Math.max(latest, moved)
  }
  return latest
}

/**
 * A granted instant stands as it was said; what was left of it at the beginning of a standstill is left at its end, if that is later.
 * `blindFrom`: standstills that begin there or later are not looked at.
 */
function movedOn(
  level: Level,
  province: Province,
  granted: Level['postponements'][number],
  blindFrom: Second = FOREVER,
): Second | null {
  let due = granted.dueAt
  const pieces = piecesOf(level, province)
  for (let first = 0, next = 0; first < pieces.length; first = next) {
    next = first + 1
    if (pieces[first]!.runs) continue
    // One standstill, however many cuts lie within.
    while (next < pieces.length && !pieces[next]!.runs) next += 1
    const from = Math.max(pieces[first]!.from, granted.at)
    const to = pieces[next - 1]!.to
    if (to <= granted.at || pieces[first]!.from >= due || pieces[first]!.from >= blindFrom) continue
    if (to === FOREVER) return null
    const left = secondsIn(level, province, holderAt(level, from), from, due)
    const resumed = province.calendarOf(holderAt(level, to).agencyId)
    due = Math.max(due, province.hours.walk(resumed, level.knownAt, to, left, to + HORIZON).at)
  }
  return due
}

/** What is left at `at` if nothing stopped it from there on: of the allowance, or until the granted instant, whichever is more. */
export function keptOf(level: Level, province: Province, at: Second): number | null {
  if (level.allowance === null) return null
  let used = level.isOverall ? level.usedBefore : 0
  for (const seconds of usedBy(level, province, at).values()) used += seconds
  let left = Math.max(0, level.allowance - used)
  for (const granted of level.postponements) {
    const due = movedOn(level, province, granted, at)!
    const from = Math.max(at, granted.at)
    left = Math.max(left, secondsIn(level, province, holderAt(level, from), from, due))
  }
  return left
}

const holderAt = (level: Level, at: Second): ClockHolder => level.holders.findLast(({ from }) => from <= at)!.holder

export function stateAt(
  level: Level,
  province: Province,
  now: Second,
): { state: 'idle' | 'running' | 'stopped' | 'ended'; resumesAt: Second | null; countsUntil: Second } {
  if (level.overAt !== null) {
    return { state: level.outcome === 'met' ? 'ended' : 'idle', resumesAt: null, countsUntil: level.overAt }
  }
  const pieces = piecesOf(level, province)
  const index = pieces.findIndex(({ from, to }) => from <= now && now < to)
  if (index < 0 || pieces[index]!.runs) return { state: 'running', resumesAt: null, countsUntil: now }
  let first = index
  while (first > 0 && !pieces[first - 1]!.runs) first -= 1
  const next = pieces.slice(index).find(({ runs }) => runs)
  return { state: 'stopped', resumesAt: next?.from ?? null, countsUntil: pieces[first]!.from }
}

function secondsIn(level: Level, province: Province, holder: ClockHolder, from: Second, to: Second): number {
  return province.hours.count(province.calendarOf(holder.agencyId), level.knownAt, from, to)
}
