import type { ReportRow } from '../api/deadlines.ts'
import type { CaseState } from '../cases/case.ts'
import type { ClockHours } from '../cases/recount.ts'
import { type ClockContext, readClock } from '../deadlines/clock.ts'
import { fromIso, type Instant, toIso } from '../deadlines/instants.ts'
import type { LevelReading } from '../deadlines/level-measure.ts'
import { trackLevels } from '../deadlines/level-track.ts'

/** Epoch milliseconds; `to` is not in the period any more. */
export interface ReportPeriod {
  readonly from: Instant
  readonly to: Instant
}

type ReportedCase = Pick<CaseState, 'code' | 'stage' | 'clockMarks' | 'lateCause' | 'lateLift'>

/**
 * D9 (#70): the levels of one case that fell due in the period, as they stood at `asOf` (epoch ms, whole seconds).
 * @param state folded from the events that count, and no later one.
 */
export function reportRows(state: ReportedCase, period: ReportPeriod, hours: ClockHours, asOf: Instant): ReportRow[] {
  if (state.clockMarks.length === 0) return []
  const context: ClockContext = {
    now: asOf,
    workingTimeFor: (holder, knownAt) => hours.workingTime(holder.agencyId, knownAt),
  }
  const tracks = trackLevels(state.clockMarks)
  const { levels } = readClock(state.clockMarks, context)
  // The millisecond before: an act entered in the second of `asOf`, but after the report was printed, must not get into it.
  const known = asOf - 1
  const isCorrected = levels.some(
    (level) => level.knownAt < known && hours.actsKnown(level.holder.agencyId, level.knownAt, known).length > 0,
  )
  const corrected = isCorrected ? readClock(state.clockMarks, { ...context, knownAt: known }).levels : levels

  return levels.flatMap((level, index) => {
    const { dueAt } = level
    if (level.level === 'office' || dueAt === null || dueAt < period.from || dueAt >= period.to) return []
    const endedBy = endOf(tracks[index]!.outcome, index === levels.length - 1 && state.stage === 'withdrawn')
    const isGivenBack = endedBy === 'returned' || endedBy === 'withdrawn'
    if (isGivenBack && !level.isLate) return []
    const lift = level.isLate && state.lateLift !== null && fromIso(state.lateLift.at) > dueAt ? state.lateLift : null
    const correctedDueAt = corrected[index]!.dueAt
    return [
      {
        code: state.code,
        agencyId: holderAtDue(level, dueAt),
        level: level.level,
        startedAt: toIso(level.startedAt),
        dueAt: toIso(dueAt),
        endedAt: level.endedAt === null ? null : toIso(level.endedAt),
        endedBy,
        outcome: lift !== null ? 'lifted' : level.isLate ? 'late' : level.endedAt !== null ? 'on-time' : 'open',
        lateSeconds: level.lateSeconds,
        held: lateHeld(level, dueAt),
        liftedBy: lift?.number ?? null,
        cause: level.isLate ? (state.lateCause?.causeCode ?? null) : null,
        correctedDueAt: correctedDueAt === null || correctedDueAt === dueAt ? null : toIso(correctedDueAt),
      },
    ]
  })
}

function endOf(outcome: 'met' | 'escalated' | 'returned' | null, isWithdrawn: boolean): ReportRow['endedBy'] {
  if (outcome === null) return null
  if (outcome !== 'met') return outcome
  return isWithdrawn ? 'withdrawn' : 'answered'
}

/** D13: a slip that changed hands counts for whoever had it when its time was up. */
function holderAtDue(level: LevelReading, dueAt: Instant): string {
  return (level.intervals.findLast(({ fromAt }) => fromAt <= dueAt)?.holder ?? level.holder).agencyId
}

/** #38: who held the clock after it fell due, stretch by stretch. */
function lateHeld(level: LevelReading, dueAt: Instant): ReportRow['held'] {
  return level.intervals
    .filter(({ lateSeconds }) => lateSeconds > 0)
    .map(({ holder, fromAt, toAt, lateSeconds }) => ({
      agencyId: holder.agencyId,
      fromAt: toIso(Math.max(fromAt, dueAt)),
      toAt: toIso(toAt),
      lateSeconds,
    }))
}
