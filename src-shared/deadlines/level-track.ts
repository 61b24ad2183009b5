import type { AllowanceReading, ClockHolder, ClockLevel, ClockMark, StopReason } from './clock.ts'
import { type Instant, wholeSecond } from './instants.ts'

export interface Stop {
  fromAt: Instant
  /** Null while nothing but its cap ends it. */
  toAt: Instant | null
  reason: StopReason
  /** Working seconds after which it ends by itself, or null (D5). */
  capSeconds: number | null
}

export interface Extension {
  at: Instant
  dueAt: Instant
  /** The level as it stood when the postponement was granted: whether it was in time is judged by that, for ever (D4, D14). */
  asItStood: LevelTrack
}

/** One level as its marks tell it, before any calendar is asked. Stops may overlap and may begin before what was noted earlier. */
export interface LevelTrack {
  level: ClockLevel
  startedAt: Instant
  allowanceSeconds: number | null
  reading: AllowanceReading
  knownAt: Instant
  /** Ascending; the first from the start. Whoever stands last holds it. */
  holders: { fromAt: Instant; holder: ClockHolder }[]
  stops: Stop[]
  /** Closed and reopened (D15): nobody's time. */
  closures: { fromAt: Instant; toAt: Instant }[]
  extensions: Extension[]
  endedAt: Instant | null
  outcome: 'met' | 'escalated' | 'returned' | null
}

/** Sorts marks into levels. A mark that makes no sense where it stands (a resume of what runs) changes nothing. */
export function trackLevels(marks: readonly ClockMark[]): LevelTrack[] {
  const levels: LevelTrack[] = []
  for (const mark of marks) {
    const at = wholeSecond(mark.at)
    const current = levels.at(-1)
    if (mark.kind === 'start') {
      if (current && current.endedAt === null) endLevel(current, at, 'escalated')
      levels.push(beginLevel(mark, at))
    } else if (mark.kind === 'reopen') {
      if (current?.outcome === 'met') reopenLevel(current, at, mark.countsClosedTime ?? false)
    } else if (current?.endedAt === null) {
      applyToOpenLevel(current, mark, at)
    }
  }
  return levels
}

type OpenMark = Exclude<ClockMark, { kind: 'start' | 'reopen' }>

function applyToOpenLevel(level: LevelTrack, mark: OpenMark, at: Instant): void {
  switch (mark.kind) {
    case 'transfer':
      level.holders.push({ fromAt: Math.max(at, level.holders.at(-1)!.fromAt), holder: mark.holder })
      return
    case 'stop': {
      // D8: a pause may count from its request and takes back what was counted since, but nothing of the level before.
      const fromAt = Math.max(at, level.startedAt)
      level.stops.push({ fromAt, toAt: null, reason: mark.reason, capSeconds: mark.capSeconds ?? null })
      return
    }
    case 'resume':
      for (const stop of level.stops) if (stop.reason === mark.reason) endStop(stop, at)
      return
    case 'extend':
      level.extensions.push({ at, dueAt: wholeSecond(mark.dueAt), asItStood: asItStands(level) })
      return
    case 'calendar':
      level.knownAt = mark.knownAt
      return
    case 'level-end':
      endLevel(level, at, mark.outcome)
      return
    case 'end':
      endLevel(level, at, 'met')
  }
}

function beginLevel(mark: Extract<ClockMark, { kind: 'start' }>, at: Instant): LevelTrack {
  return {
    level: mark.level,
    startedAt: at,
    allowanceSeconds: mark.allowanceSeconds,
    reading: mark.reading ?? 'R1',
    knownAt: mark.at,
    holders: [{ fromAt: at, holder: mark.holder }],
    stops: [],
    closures: [],
    extensions: [],
    endedAt: null,
    outcome: null,
  }
}

function endLevel(level: LevelTrack, at: Instant, outcome: LevelTrack['outcome']): void {
  level.endedAt = Math.max(at, level.startedAt)
  level.outcome = outcome
  // Nothing is awaited any more.
  for (const stop of level.stops) endStop(stop, level.endedAt)
}

function reopenLevel(level: LevelTrack, at: Instant, countsClosedTime: boolean): void {
  if (!countsClosedTime && at > level.endedAt!) level.closures.push({ fromAt: level.endedAt!, toAt: at })
  level.endedAt = null
  level.outcome = null
}

/** A stop never ends before it begins, whatever the order of the marks, and never twice. */
function endStop(stop: Stop, at: Instant): void {
  stop.toAt = Math.max(stop.fromAt, Math.min(at, stop.toAt ?? at))
}

/** Closures and extensions are never changed once noted, so their lists are enough. */
function asItStands(level: LevelTrack): LevelTrack {
  return {
    ...level,
    holders: [...level.holders],
    stops: level.stops.map((stop) => ({ ...stop })),
    closures: [...level.closures],
    extensions: [...level.extensions],
  }
}
