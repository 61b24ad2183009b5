import type { ClockContext, ClockHolder, ClockLevel, ClockReading, HeldInterval, StopReason } from './clock.ts'
import type { Instant } from './instants.ts'
import type { LevelTrack } from './level-track.ts'
import type { WorkingTime } from './working-time.ts'

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

interface Run {
  holder: ClockHolder
  fromAt: Instant
  /** Null while it lasts. */
  toAt: Instant | null
}

/** A level's legs once caps are applied: when it ran, and, if it is stopped now, until when at most. */
interface Runs {
  runs: Run[]
  stopped: { resumesAt: Instant | null; reason: StopReason | null } | null
}

/** @param context.usedBefore working seconds used in the levels before, since the transfer: what reading R2 takes off. */
export function measureLevel(track: LevelTrack, context: ClockContext & { usedBefore: number }): LevelReading {
  const knownAt = context.knownAt ?? track.knownAt
  const workingTime = (holder: ClockHolder) => context.workingTimeFor(holder, knownAt)
  const { runs, stopped } = runsOf(track, workingTime, context.now)
  const endOf = (run: Run) => run.toAt ?? context.now

  const overall = track.reading === 'R2' && track.level === 'head'
  const base = track.allowanceSeconds
  const shortened = base === null ? null : Math.max(0, base - context.usedBefore)
  const dueFor = (allowance: number | null) =>
    allowance === null ? null : dueInstant(allowance, runs, stopped, track, workingTime)
  const { allowance, dueAt } = extend(overall ? shortened : base, track, runs, stopped !== null, dueFor, workingTime)

  const intervals = runs.map((run) => {
    const toAt = endOf(run)
    const between = (from: Instant) => (from < toAt ? workingTime(run.holder).between(from, toAt) : 0)
    return {
      holder: run.holder,
      level: track.level,
      fromAt: run.fromAt,
      toAt,
      workingSeconds: between(run.fromAt),
      lateSeconds: dueAt === null ? 0 : between(Math.max(run.fromAt, dueAt)),
      knownAt,
    }
  })
  const usedSeconds = sum(intervals.map((interval) => interval.workingSeconds))
  const endAt = track.endedAt ?? context.now
  return {
    level: track.level,
    state: track.endedAt !== null ? 'over' : stopped ? 'stopped' : 'running',
    holder: track.holder,
    startedAt: track.startedAt,
    endedAt: track.endedAt,
    dueAt,
    usedSeconds,
    leftSeconds: allowance === null ? null : Math.max(0, allowance - usedSeconds),
    lateSeconds: sum(intervals.map((interval) => interval.lateSeconds)),
    // S4 Đ.9 k.4: an escalation at the due instant itself means that no answer met it.
    isLate: dueAt !== null && (track.outcome === 'escalated' ? endAt >= dueAt : endAt > dueAt),
    stopReason: track.endedAt === null && stopped ? stopped.reason : null,
    resumesAt: track.endedAt === null && stopped ? stopped.resumesAt : null,
    knownAt,
    intervals,
    readings: track.level === 'head' ? { R1: dueFor(base), R2: dueFor(shortened) } : { R1: dueFor(base) },
  }
}

function runsOf(track: LevelTrack, workingTime: (holder: ClockHolder) => WorkingTime, now: Instant): Runs {
  const runs: Run[] = []
  let stopped: Runs['stopped'] = null
  let capLeft: number | null = null
  for (const leg of track.legs) {
    stopped = null
    if (leg.kind === 'run') {
      runs.push({ holder: leg.holder, fromAt: leg.fromAt, toAt: leg.toAt })
      continue
    }
    if (!leg.isContinued) capLeft = leg.capSeconds
    const time = workingTime(leg.holder)
    const resumesAt = capLeft === null ? null : time.add(leg.fromAt, capLeft)
    const endAt = leg.toAt ?? now
    if (resumesAt !== null && resumesAt < endAt) {
      runs.push({ holder: leg.holder, fromAt: resumesAt, toAt: leg.toAt })
      capLeft = 0
    } else {
      if (capLeft !== null) capLeft -= time.between(leg.fromAt, endAt)
      stopped = { resumesAt, reason: leg.reason }
    }
  }
  return { runs, stopped }
}

/** The earliest instant at which `allowance` is used up; null while the clock is stopped and nothing says until when. */
function dueInstant(
  allowance: number,
  runs: readonly Run[],
  stopped: Runs['stopped'],
  track: LevelTrack,
  workingTime: (holder: ClockHolder) => WorkingTime,
): Instant | null {
  let left = allowance
  for (const run of runs) {
    const time = workingTime(run.holder)
    const available = run.toAt === null ? Number.POSITIVE_INFINITY : time.between(run.fromAt, run.toAt)
    if (left <= available) return time.add(run.fromAt, left)
    left -= available
  }
  const time = workingTime(track.holder)
  // A level that was answered in time still shows when it would have fallen due: on-time rates go by that date (D9).
  if (track.endedAt !== null) return time.add(track.endedAt, left)
  return stopped?.resumesAt == null ? null : time.add(stopped.resumesAt, left)
}

function extend(
  initial: number | null,
  track: LevelTrack,
  runs: readonly Run[],
  isStopped: boolean,
  dueFor: (allowance: number | null) => Instant | null,
  workingTime: (holder: ClockHolder) => WorkingTime,
): { allowance: number | null; dueAt: Instant | null } {
  let allowance = initial
  let dueAt = dueFor(allowance)
  for (const { at, dueAt: newDueAt } of track.extensions) {
    // #22: what fell due unanswered never returns to on time.
    if (dueAt !== null && (at > dueAt || newDueAt <= dueAt)) continue
    const used = sum(
      runs
        .filter((run) => run.fromAt < at)
        .map((run) => workingTime(run.holder).between(run.fromAt, Math.min(run.toAt ?? at, at))),
    )
    const holder = runs.findLast((run) => run.fromAt <= at)?.holder ?? track.holder
    allowance = used + Math.max(0, workingTime(holder).between(at, newDueAt))
    const stoodStill = isStopped || runs.some((run, i) => i > 0 && run.fromAt > at && runs[i - 1]!.toAt! < run.fromAt)
    // The instant the citizen was told stands as it was said, be it in the evening, unless the clock stood still since.
    dueAt = stoodStill ? dueFor(allowance) : newDueAt
  }
  return { allowance, dueAt }
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
