import type { AllowanceReading, ClockHolder, ClockLevel, ClockMark, StopReason } from './clock.ts'
import { type Instant, wholeSecond } from './instants.ts'

/** A stretch of one level in which nothing about it changed. */
export interface Leg {
  kind: 'run' | 'stop'
  holder: ClockHolder
  fromAt: Instant
  /** Null while it lasts. */
  toAt: Instant | null
  /** Of a stop: the working seconds after which it ends by itself, or null. */
  capSeconds: number | null
  /** Of a stop: it goes on from the leg before under another holder and shares its cap. */
  isContinued: boolean
  reason: StopReason | null
}

/** One level as its marks tell it, before any calendar is asked. */
export interface LevelTrack {
  level: ClockLevel
  holder: ClockHolder
  startedAt: Instant
  allowanceSeconds: number | null
  reading: AllowanceReading
  knownAt: Instant
  legs: Leg[]
  extensions: { at: Instant; dueAt: Instant }[]
  endedAt: Instant | null
  outcome: 'met' | 'escalated' | 'returned' | null
}

/** Sorts marks into levels and legs. A mark that makes no sense where it stands (a resume of what runs) changes nothing. */
export function trackLevels(marks: readonly ClockMark[]): LevelTrack[] {
  const levels: LevelTrack[] = []
  const stops = new Map<StopReason, number | null>()
  for (const mark of marks) {
    const at = wholeSecond(mark.at)
    const current = levels.at(-1)
    if (mark.kind === 'start') {
      if (current && current.endedAt === null) endLevel(current, at, 'escalated')
      stops.clear()
      levels.push(beginLevel(mark, at))
    } else if (mark.kind === 'reopen') {
      stops.clear()
      if (current) reopenLevel(current, mark.countsClosedTime ? (current.endedAt ?? at) : at)
    } else if (current?.endedAt === null) {
      applyToOpenLevel(current, stops, mark, at)
    }
  }
  return levels
}

type OpenMark = Exclude<ClockMark, { kind: 'start' | 'reopen' }>

function applyToOpenLevel(level: LevelTrack, stops: Map<StopReason, number | null>, mark: OpenMark, at: Instant): void {
  switch (mark.kind) {
    case 'transfer': {
      const last = level.legs.at(-1)!
      level.holder = mark.holder
      closeLeg(last, at)
      level.legs.push({
        ...last,
        holder: mark.holder,
        fromAt: last.toAt!,
        toAt: null,
        isContinued: last.kind === 'stop',
      })
      return
    }
    case 'stop':
      stops.set(mark.reason, mark.capSeconds ?? null)
      cutBackTo(level, at)
      level.legs.push(stop(level, stops, at, mark.reason))
      return
    case 'resume': {
      if (!stops.delete(mark.reason)) return
      const last = level.legs.at(-1)!
      closeLeg(last, at)
      const [other] = stops.keys()
      level.legs.push(other ? stop(level, stops, last.toAt!, other) : run(level.holder, last.toAt!))
      return
    }
    case 'extend':
      level.extensions.push({ at, dueAt: wholeSecond(mark.dueAt) })
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
    holder: mark.holder,
    startedAt: at,
    allowanceSeconds: mark.allowanceSeconds,
    reading: mark.reading ?? 'R1',
    knownAt: mark.at,
    legs: [run(mark.holder, at)],
    extensions: [],
    endedAt: null,
    outcome: null,
  }
}

function endLevel(level: LevelTrack, at: Instant, outcome: LevelTrack['outcome']): void {
  const last = level.legs.at(-1)!
  closeLeg(last, at)
  level.endedAt = last.toAt
  level.outcome = outcome
}

function reopenLevel(level: LevelTrack, runsFrom: Instant): void {
  if (level.endedAt === null) return
  level.endedAt = null
  level.outcome = null
  level.legs.push(run(level.holder, runsFrom))
}

/** A leg never ends before it begins, whatever the order of the marks. */
function closeLeg(leg: Leg, at: Instant): void {
  leg.toAt = Math.max(leg.fromAt, at)
}

/** D8: a pause that counts from its request takes back what was counted since; the first leg keeps it out of the level before. */
function cutBackTo(level: LevelTrack, at: Instant): void {
  while (level.legs.length > 1 && level.legs.at(-1)!.fromAt > at && level.legs.at(-1)!.kind === 'run') level.legs.pop()
  closeLeg(level.legs.at(-1)!, at)
}

function run(holder: ClockHolder, fromAt: Instant): Leg {
  return { kind: 'run', holder, fromAt, toAt: null, capSeconds: null, isContinued: false, reason: null }
}

/** While two reasons stop the clock, the one without a cap, or with the larger one, decides when it runs again. */
function stop(level: LevelTrack, stops: ReadonlyMap<StopReason, number | null>, at: Instant, reason: StopReason): Leg {
  const caps = [...stops.values()]
  const capSeconds = caps.includes(null) ? null : Math.max(...(caps as number[]))
  const fromAt = level.legs.at(-1)?.toAt ?? at
  return { kind: 'stop', holder: level.holder, fromAt, toAt: null, capSeconds, isContinued: false, reason }
}
