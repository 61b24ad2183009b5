import { type Instant, wholeSecond } from './instants.ts'
import { type LevelReading, measureLevel } from './level-measure.ts'
import { type LevelTrack, trackLevels } from './level-track.ts'
import type { WorkingTime } from './working-time.ts'

/** Level 2, level 3, and the Office's late list or competence question (S4 Đ.9 k.3, k.4, k.6). */
export type ClockLevel = 'focal-officer' | 'head' | 'office'

/** D2: R1 counts the head's 48 hours from the head's receipt, R2 from the first transfer; R3 takes "sau 48 giờ" as the instant from
 * which the head owes the answer, and that instant is R1's. */
export type AllowanceReading = 'R1' | 'R2' | 'R3'

/** Who must act. The agency's calendar counts the time; the person is kept so that lateness has a name (#38). */
export interface ClockHolder {
  readonly agencyId: string
  readonly personName?: string
}

export type StopReason = 'supplement' | 'pause'

/**
 * What moves a clock, in the order of the case's events.
 *
 * ```
 *          start                    stop
 *  idle ─────────► running ─────────────────────► stopped
 *   ▲                │ ▲  transfer, extend,          │ resume, or the
 *   │   level-end    │ │  calendar: still running    │ cap is used up
 *   └────────────────┤ └─────────────────────────────┘
 *                    │ end                        reopen
 *                    └──────────► ended ─────────────────► running
 * ```
 */
export type ClockMark =
  /** `allowanceSeconds` null: time is counted, nothing falls due (D7). A start ends the level before it. */
  | {
      readonly kind: 'start'
      readonly at: Instant
      readonly level: ClockLevel
      readonly holder: ClockHolder
      readonly allowanceSeconds: number | null
      readonly reading?: AllowanceReading
    }
  /** D13: the successor, or another person, holds the same clock. */
  | { readonly kind: 'transfer'; readonly at: Instant; readonly holder: ClockHolder }
  /** D8: `at` may lie before earlier marks, when a pause counts from its request. `capSeconds` of working time later it runs again (D5). */
  | { readonly kind: 'stop'; readonly at: Instant; readonly reason: StopReason; readonly capSeconds?: number }
  | { readonly kind: 'resume'; readonly at: Instant; readonly reason: StopReason }
  /** D4. Ignored once the due instant has passed, and where it would not move it to later. */
  | {
      readonly kind: 'extend'
      readonly at: Instant
      readonly dueAt: Instant
      readonly reason: 'postponement' | 'promise'
    }
  | { readonly kind: 'level-end'; readonly at: Instant; readonly outcome: 'escalated' | 'returned' }
  /** #18: the last of the facts that the policy asks for. */
  | { readonly kind: 'end'; readonly at: Instant }
  /** D15: the old clock goes on. `countsClosedTime` where it was closed while unfinished (S2 k.1): it never stood still. */
  | { readonly kind: 'reopen'; readonly at: Instant; readonly countsClosedTime?: boolean }
  /** D14: from here on the open level is counted as the calendar is known at `knownAt`; `act` is the act that says so. */
  | { readonly kind: 'calendar'; readonly at: Instant; readonly knownAt: Instant; readonly act: string }

export interface ClockContext {
  /** The working time of the holder's agency as it was known at `knownAt`. */
  workingTimeFor(holder: ClockHolder, knownAt: Instant): WorkingTime
  now: Instant
  /** D14: count every level as known at this instant instead, to show what it would be. */
  knownAt?: Instant | undefined
}

/** A stretch that one holder answers for (#38). An open stretch ends at `now`. */
export interface HeldInterval {
  holder: ClockHolder
  level: ClockLevel
  fromAt: Instant
  toAt: Instant
  workingSeconds: number
  /** The part of `workingSeconds` after the level fell due. */
  lateSeconds: number
  /** As known when: pass it to the proof. */
  knownAt: Instant
}

export interface ClockReading {
  state: 'idle' | 'running' | 'stopped' | 'ended'
  /** Of the current level, or of the last one when idle or ended; null before the first start. */
  level: ClockLevel | null
  holder: ClockHolder | null
  startedAt: Instant | null
  /** Null without an allowance, and while stopped without a cap: nobody knows yet. Met when the fact is not later (D6). */
  dueAt: Instant | null
  usedSeconds: number
  /** Null without an allowance, never below 0. */
  leftSeconds: number | null
  /** Working seconds since the due instant. */
  lateSeconds: number
  /** Past due by the calendar, even before the first working second after it. */
  isLate: boolean
  stopReason: StopReason | null
  /** When the cap of the stop ends it, if it has one. */
  resumesAt: Instant | null
  intervals: HeldInterval[]
  /** The due instant under each reading of the 48 hours (D2), postponements left aside. R2 only for the head. */
  readings: { R1: Instant | null; R2?: Instant | null }
  levels: LevelReading[]
}

/**
 * Folds marks into what the clock says at `now`. Pure; the same marks, calendars and instant give the same reading for ever.
 * A `now` before the last mark is taken as the last mark: a clock that is behind must not undo what happened.
 */
export function readClock(marks: readonly ClockMark[], context: ClockContext): ClockReading {
  const tracks = trackLevels(marks)
  let latestAt = context.now
  for (const { at } of marks) if (at > latestAt) latestAt = at
  const now = wholeSecond(latestAt)
  const levels = measureLevels(tracks, context, now)
  const last = levels.at(-1)
  if (!last) return IDLE
  return {
    state: last.state === 'over' ? (tracks.at(-1)!.outcome === 'met' ? 'ended' : 'idle') : last.state,
    level: last.level,
    holder: last.holder,
    startedAt: last.startedAt,
    dueAt: last.dueAt,
    usedSeconds: last.usedSeconds,
    leftSeconds: last.leftSeconds,
    lateSeconds: last.lateSeconds,
    isLate: last.isLate,
    stopReason: last.stopReason,
    resumesAt: last.resumesAt,
    intervals: levels.length === 1 ? last.intervals : levels.flatMap((level) => level.intervals),
    readings: last.readings,
    levels,
  }
}

function measureLevels(tracks: readonly LevelTrack[], clock: ClockContext, now: Instant): LevelReading[] {
  // Whether a postponement was asked in time is judged by what was known then, also where all else is counted anew (D14).
  const then = clock.knownAt === undefined ? null : measureLevels(tracks, { ...clock, knownAt: undefined }, now)
  const levels: LevelReading[] = []
  for (const track of tracks) {
    const usedBefore = usedSinceTransfer(tracks, levels)
    const usedBeforeThen = then === null ? usedBefore : usedSinceTransfer(tracks, then.slice(0, levels.length))
    levels.push(measureLevel(track, { clock, now, usedBefore, usedBeforeThen }))
  }
  return levels
}

/** R2 counts from the receipt of what the agent transferred, and a slip sent anew to another agency is a new transfer. */
function usedSinceTransfer(tracks: readonly LevelTrack[], measured: readonly LevelReading[]): number {
  let used = 0
  for (let i = measured.length - 1; i >= 0; i -= 1) {
    used += measured[i]!.usedSeconds
    if (tracks[i]!.level === 'focal-officer') return used
  }
  return 0
}

const IDLE: ClockReading = {
  state: 'idle',
  level: null,
  holder: null,
  startedAt: null,
  dueAt: null,
  usedSeconds: 0,
  leftSeconds: null,
  lateSeconds: 0,
  isLate: false,
  stopReason: null,
  resumesAt: null,
  intervals: [],
  readings: { R1: null },
  levels: [],
}
