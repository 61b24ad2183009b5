import type { ClockHolder, ClockLevel, ClockMark } from '../../../../src-shared/deadlines/clock.ts'
import type { OpenHours, Second } from './open-hours.ts'
import { dueOf, dutyOf, keptOf, type Level, stateAt, usedBy } from './second-level.ts'

/** Whose calendar counts, and the hours of all calendars. */
export interface Province {
  readonly hours: OpenHours
  calendarOf(agencyId: string): string
}

export interface SecondReading {
  state: 'idle' | 'running' | 'stopped' | 'ended'
  level: ClockLevel | null
  agencyId: string | null
  startedAt: Second | null
  dueAt: Second | null
  usedSeconds: number
  leftSeconds: number | null
  lateSeconds: number
  isLate: boolean
  resumesAt: Second | null
  R1: Second | null
  R2: Second | null
  levels: { level: ClockLevel; dueAt: Second | null; isLate: boolean; used: number; late: number }[]
  /** By level and holder: who answers for what (#38). */
  usedBy: Record<string, number>
  lateBy: Record<string, number>
}

/**
 * The clock a second time, from requirements.md #17–#38, D1–D15 and the meaning of the marks, by another way: it keeps for each
 * level the plain list of what happened, and for each question walks the days from the beginning.
 */
export function readSecond(
  marks: readonly ClockMark[],
  province: Province,
  nowMs: number,
  asKnownAtMs?: number,
): SecondReading {
  const now = Math.floor(marks.reduce((latest, { at }) => Math.max(latest, at), nowMs) / 1000)
  const levels = listLevels(marks, province)
  if (asKnownAtMs !== undefined) for (const level of levels) level.knownAt = Math.floor(asKnownAtMs / 1000)
  // Counted anew, because what the earlier levels used depends on what was known too.
  levels.forEach((level, index) => {
    level.usedBefore = usedSinceFirstTransfer(levels.slice(0, index), province)
  })
  return describe(levels, province, now)
}

export function listLevels(marks: readonly ClockMark[], province: Province): Level[] {
  const levels: Level[] = []
  for (const mark of marks) {
    const at = Math.floor(mark.at / 1000)
    const level = levels.at(-1)
    if (mark.kind === 'start') {
      if (level && level.overAt === null) close(level, at, 'escalated')
      levels.push(begin(mark, at, usedSinceFirstTransfer(levels, province)))
    } else if (level) note(level, mark, at, province)
  }
  return levels
}

function begin(mark: Extract<ClockMark, { kind: 'start' }>, at: Second, usedBefore: number): Level {
  return {
    level: mark.level,
    startedAt: at,
    allowance: mark.allowanceSeconds,
    isOverall: mark.reading === 'R2',
    usedBefore,
    knownAt: at,
    holders: [{ from: at, holder: mark.holder }],
    stops: [],
    closures: [],
    postponements: [],
    overAt: null,
    outcome: null,
  }
}

function close(level: Level, at: Second, outcome: Level['outcome']): void {
  level.overAt = Math.max(at, level.startedAt)
  level.outcome = outcome
  // With the level over nothing is awaited any more.
  for (const stop of level.stops) stop.to = Math.min(stop.to, level.overAt)
}

function note(level: Level, mark: Exclude<ClockMark, { kind: 'start' }>, at: Second, province: Province): void {
  if (mark.kind === 'reopen') {
    if (level.outcome !== 'met') return
    // D15: the closed time is nobody's; S2 k.1: unless it was closed while unfinished, then it never stood still.
    if (mark.countsClosedTime !== true) level.closures.push({ from: level.overAt!, to: at })
    level.overAt = null
    level.outcome = null
    return
  }
  // Whatever is over does not change (D14).
  if (level.overAt !== null) return
  switch (mark.kind) {
    case 'transfer':
      level.holders.push({ from: at, holder: mark.holder })
      return
    case 'stop': {
      // D8: it may count from before earlier marks, but never reaches back into the level before.
      const began = Math.max(at, level.startedAt)
      level.stops.push({ from: began, to: Number.POSITIVE_INFINITY, reason: mark.reason, cap: mark.capSeconds ?? null })
      return
    }
    case 'resume':
      for (const stop of level.stops) {
        if (stop.reason === mark.reason) stop.to = Math.min(stop.to, Math.max(at, stop.from))
      }
      return
    case 'extend': {
      // D4: asked before it is due, as it was known then, and to a later time.
      const due = dueOf(level, province)
      const dueAt = Math.floor(mark.dueAt / 1000)
      if (level.allowance !== null && due !== null && at <= due && dueAt > due) level.postponements.push({ at, dueAt })
      return
    }
    case 'calendar':
      level.knownAt = Math.floor(mark.knownAt / 1000)
      return
    case 'level-end':
      close(level, at, mark.outcome)
      return
    case 'end':
      close(level, at, 'met')
  }
}

/** D2, R2: what was used since the agent's transfer that this level goes back to. */
function usedSinceFirstTransfer(levels: readonly Level[], province: Province): number {
  const first = levels.findLastIndex(({ level }) => level === 'focal-officer')
  if (first < 0) return 0
  return levels.slice(first).reduce((sum, level) => sum + total(usedBy(level, province, level.overAt!)), 0)
}

function describe(levels: readonly Level[], province: Province, now: Second): SecondReading {
  const reading: SecondReading = {
    state: 'idle',
    level: null,
    agencyId: null,
    startedAt: null,
    dueAt: null,
    usedSeconds: 0,
    leftSeconds: null,
    lateSeconds: 0,
    isLate: false,
    resumesAt: null,
    R1: null,
    R2: null,
    levels: [],
    usedBy: {},
    lateBy: {},
  }
  levels.forEach((level, index) => {
    const until = level.overAt ?? now
    const dueAt = dueOf(level, province)
    const used = usedBy(level, province, until)
    const late = dueAt === null ? new Map<string, number>() : usedBy(level, province, until, dueAt)
    // D6: met at the due second itself; an escalation at it means that nobody did (S4 Đ.9 k.4).
    const isLate = dueAt !== null && (level.outcome === 'escalated' ? until >= dueAt : until > dueAt)
    for (const [who, seconds] of used) if (seconds > 0) reading.usedBy[`${index} ${who}`] = seconds
    for (const [who, seconds] of late) if (seconds > 0) reading.lateBy[`${index} ${who}`] = seconds
    reading.levels.push({ level: level.level, dueAt, isLate, used: total(used), late: total(late) })
  })
  const last = levels.at(-1)
  if (!last) return reading
  const state = stateAt(last, province, now)
  const shown = reading.levels.at(-1)!
  return {
    ...reading,
    dueAt: shown.dueAt,
    isLate: shown.isLate,
    state: state.state,
    level: last.level,
    agencyId: last.holders.at(-1)!.holder.agencyId,
    startedAt: last.startedAt,
    usedSeconds: shown.used,
    lateSeconds: shown.late,
    leftSeconds: keptOf(last, province, state.countsUntil),
    resumesAt: state.resumesAt,
    R1: dutyOf(last, province, last.allowance),
    R2:
      last.level === 'head' && last.allowance !== null
        ? dutyOf(last, province, last.allowance - last.usedBefore)
        : null,
  }
}

export const total = (parts: ReadonlyMap<string, number>): number =>
  [...parts.values()].reduce((sum, each) => sum + each, 0)
export const nameOf = ({ agencyId, personName }: ClockHolder): string => `${agencyId}/${personName ?? ''}`
