import type { ClockHolder, ClockLevel, ClockReading, HeldInterval, StopReason } from './clock.ts'
import type { Instant } from './instants.ts'
import { type Duty, dutyOf, type LevelContext, leftFrom, overall, usedUp } from './level-due.ts'
import { endOfStop } from './level-legs.ts'
import type { LevelTrack } from './level-track.ts'

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

export function measureLevel(track: LevelTrack, context: LevelContext): LevelReading {
  const knownAt = context.clock.knownAt ?? track.knownAt
  const duty = dutyOf(track, knownAt, context.usedBefore, context)
  const { dueAt } = duty
  const endAt = track.endedAt ?? context.now
  const intervals = heldIntervals(track, duty, endAt, knownAt)
  let usedSeconds = 0
  let lateSeconds = 0
  for (const interval of intervals) {
    usedSeconds += interval.workingSeconds
    lateSeconds += interval.lateSeconds
  }
  const still =
    track.endedAt === null ? duty.stills.find((each) => each.fromAt <= endAt && endAt < each.toAt) : undefined
  return {
    level: track.level,
    state: track.endedAt !== null ? 'over' : still ? 'stopped' : 'running',
    holder: track.holders[track.holders.length - 1]!.holder,
    startedAt: track.startedAt,
    endedAt: track.endedAt,
    dueAt,
    usedSeconds,
    leftSeconds: duty.allowance === null ? null : leftFrom(still?.fromAt ?? endAt, duty, usedSeconds),
    lateSeconds,
    // S4 Đ.9 k.4: an escalation at the due instant itself means that no answer met it.
    isLate: dueAt !== null && (track.outcome === 'escalated' ? endAt >= dueAt : endAt > dueAt),
    stopReason: still ? reasonAt(track, endAt, knownAt, context) : null,
    resumesAt: still && Number.isFinite(still.toAt) ? still.toAt : null,
    knownAt,
    intervals,
    readings: readingsOf(track, duty, context.usedBefore),
  }
}

function heldIntervals(track: LevelTrack, { legs, dueAt }: Duty, endAt: Instant, knownAt: Instant): HeldInterval[] {
  const intervals: HeldInterval[] = []
  for (const { isRunning, holder, time, fromAt, toAt: legTo } of legs) {
    if (!isRunning || fromAt > endAt || (fromAt === endAt && track.endedAt !== null)) continue
    const toAt = Math.min(legTo, endAt)
    const lateFrom = dueAt === null ? toAt : Math.max(fromAt, dueAt)
    intervals.push({
      holder,
      level: track.level,
      fromAt,
      toAt,
      workingSeconds: fromAt < toAt ? time.between(fromAt, toAt) : 0,
      lateSeconds: lateFrom < toAt ? time.between(lateFrom, toAt) : 0,
      knownAt,
    })
  }
  return intervals
}

/** Of two reasons, the one that came last and still holds. */
function reasonAt(track: LevelTrack, at: Instant, knownAt: Instant, { clock }: LevelContext): StopReason | null {
  const holding = track.stops.findLast((stop) => stop.fromAt <= at && at < endOfStop(stop, track, knownAt, clock))
  return holding?.reason ?? null
}

function readingsOf(track: LevelTrack, { legs, wholeDueAt }: Duty, usedBefore: number): ClockReading['readings'] {
  if (track.level !== 'head') return { R1: wholeDueAt }
  const whole = track.allowanceSeconds
  return { R1: wholeDueAt, R2: whole === null ? null : usedUp(overall(whole, usedBefore), legs) }
}
