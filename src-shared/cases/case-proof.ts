import type { z } from 'zod'
import type { AllowanceReading, ClockLevel, ClockMark, ClockReading, HeldInterval } from '../deadlines/clock.ts'
import { fromIso, type Instant, toIso } from '../deadlines/instants.ts'
import type { LevelReading } from '../deadlines/level-measure.ts'
import { proveClock } from '../deadlines/proof.ts'
import { proofEntries } from '../deadlines/proof-words.ts'
import type { WorkingTime } from '../deadlines/working-time.ts'
import type { OfficeHours } from '../province/hours.ts'
import type { CaseState } from './case.ts'
import { isFinal } from './lifecycle.ts'
import type { proofLineSchema } from './views.ts'

type Line = z.infer<typeof proofLineSchema>

/** The working of a case's clock, ready to read: a line a working day or run of days off, holder after holder. */
export function caseProof(reading: Pick<ClockReading, 'intervals'>, hours: OfficeHours): Line[] {
  return prove(reading, hours).flatMap(({ lines }) => lines)
}

/** A stretch that one holder answers for (#38), with its lines, whose seconds add up to `workingSeconds`. */
export interface HeldWorking extends Pick<HeldInterval, 'fromAt' | 'toAt' | 'workingSeconds' | 'lateSeconds'> {
  readonly agencyId: string
  readonly lines: readonly Line[]
  /** The clock stood still before it, from here to `fromAt`; null where it did not. */
  readonly stoodFromAt: Instant | null
}

/** One level of the clock (#17, #21): what it was given, what came of it, and how that is counted. */
export interface LevelWorking {
  readonly reading: LevelReading
  /** Null where nothing falls due. */
  readonly allowanceSeconds: number | null
  /** D2: under which reading the 48 hours of the head count. */
  readonly allowanceReading: AllowanceReading
  readonly held: readonly HeldWorking[]
}

/** The whole clock level by level, for a screen or a sheet of paper that must stand up to a stranger's sum (S4 Đ.7). */
export function caseWorking(
  marks: readonly ClockMark[],
  reading: Pick<ClockReading, 'levels'>,
  hours: OfficeHours,
): LevelWorking[] {
  const starts = marks.filter((mark) => mark.kind === 'start')
  return reading.levels.map((level, index) => {
    const held = prove(level, hours).map(({ interval, lines }, at) => {
      const before = level.intervals[at - 1]
      return {
        fromAt: interval.fromAt,
        toAt: interval.toAt,
        workingSeconds: interval.workingSeconds,
        lateSeconds: interval.lateSeconds,
        agencyId: interval.holder.agencyId,
        lines,
        stoodFromAt: before !== undefined && before.toAt < interval.fromAt ? before.toAt : null,
      }
    })
    const start = starts[index]
    return {
      reading: level,
      allowanceSeconds: start?.allowanceSeconds ?? null,
      allowanceReading: start?.reading ?? 'R1',
      held,
    }
  })
}

/** A letter's deadline is a day of the calendar, not of an agency's hours; with three days a Monday's is near on Friday. */
export const letterSoonMs = 3 * 86_400_000

/** #4: the deadline that the letter or the portal's item set, while its answer is still owed; otherwise null. */
export function letterDueAt({ external, stage }: Pick<CaseState, 'external' | 'stage'>): Instant | null {
  const isOwed = external?.dueAt != null && !isFinal(stage) && stage !== 'answered'
  return isOwed ? fromIso(external.dueAt) : null
}

/** What one holder answers for in the whole case: the stretches of an agency at a level, added up (#38). */
export interface HolderShare {
  readonly level: ClockLevel
  readonly agencyId: string
  readonly heldSeconds: number
  readonly lateSeconds: number
}

/** Late time by who held the clock while it ran, in the order in which they first held it. */
export function holderShares(reading: Pick<ClockReading, 'intervals'>): HolderShare[] {
  const shares = new Map<string, HolderShare>()
  for (const { level, holder, workingSeconds, lateSeconds } of reading.intervals) {
    const key = `${level} ${holder.agencyId}`
    const known = shares.get(key)
    shares.set(key, {
      level,
      agencyId: holder.agencyId,
      heldSeconds: (known?.heldSeconds ?? 0) + workingSeconds,
      lateSeconds: (known?.lateSeconds ?? 0) + lateSeconds,
    })
  }
  return [...shares.values()]
}

function prove(
  reading: Pick<ClockReading, 'intervals'>,
  hours: OfficeHours,
): { interval: HeldInterval; lines: Line[] }[] {
  const workingTimeFor = (holder: { agencyId: string }, knownAt: Instant): WorkingTime => {
    const workingTime = hours.ofAgency(holder.agencyId, knownAt)
    if (workingTime === undefined) throw new Error(`no working hours for the agency ${holder.agencyId}`)
    return workingTime
  }
  return proveClock(reading, workingTimeFor).map(({ interval, lines }) => ({
    interval,
    lines: proofEntries(lines).map((entry) => ({
      fromAt: toIso(entry.lines[0]!.fromAt),
      toAt: toIso(entry.lines.at(-1)!.toAt),
      workingSeconds: entry.lines.reduce((total, line) => total + line.workingSeconds, 0),
      kind: entry.lines[0]!.kind,
      text: entry.text,
    })),
  }))
}
