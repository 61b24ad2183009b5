import { z } from 'zod'
import type { ClockReading } from '../deadlines/clock.ts'
import { type Instant, toIso, wholeSecond } from '../deadlines/instants.ts'
import { proveClock, proveInterval } from '../deadlines/proof.ts'
import { proofSentences } from '../deadlines/proof-words.ts'
import { dateWords, exactAmount, exactTimeOfDay } from '../deadlines/spoken.ts'
import { instantSchema } from '../ids.ts'
import { clockHours, type OfficeHours } from '../province/hours.ts'
import { say } from '../words/words.ts'
import type { CaseState } from './case.ts'
import { readCaseClock, readCorrectedClock } from './case-clock.ts'

const seconds = z.int().nonnegative()
const readingSchema = z.strictObject({
  /** One for each level that held the case, first to last. */
  dues: z.array(
    z.strictObject({
      level: z.enum(['focal-officer', 'head', 'office']),
      agencyId: z.string(),
      startedAt: instantSchema,
      /** Null while nobody knows: a clock that stands still, or one without a limit. */
      dueAt: instantSchema.nullable(),
      endedAt: instantSchema.nullable(),
      usedSeconds: seconds,
      lateSeconds: seconds,
      isLate: z.boolean(),
    }),
  ),
  /** The working, ready to read (Vietnamese): who held it from when to when, and under that each working day and day off. */
  lines: z.array(z.string()),
})

/**
 * What a case's clock said at an instant: as its calendars were known then, and, where it differs, with all that has become
 * known since (D14).
 */
export const clockStatementSchema = readingSchema.extend({
  corrected: readingSchema.extend({ knownAt: instantSchema }).nullable(),
})
export type ClockStatement = z.infer<typeof clockStatementSchema>

/** @param agencyName the name of an agency by its id. */
export function clockStatement(
  state: Pick<CaseState, 'clockMarks'>,
  hours: OfficeHours,
  agencyName: (agencyId: string) => string,
  now: Instant,
): ClockStatement {
  const known = statementOf(readCaseClock(state, hours, now), hours, agencyName, now)
  const corrected = statementOf(readCorrectedClock(state, hours, now), hours, agencyName, now)
  const isSame = JSON.stringify(known) === JSON.stringify(corrected)
  return { ...known, corrected: isSame ? null : { knownAt: toIso(wholeSecond(now)), ...corrected } }
}

function statementOf(
  reading: ClockReading,
  hours: OfficeHours,
  agencyName: (agencyId: string) => string,
  now: Instant,
): z.infer<typeof readingSchema> {
  const { workingTime } = clockHours(hours)
  const held = proveClock(reading, (holder, knownAt) => workingTime(holder.agencyId, knownAt)).flatMap(
    ({ interval, lines }) => {
      const { level, holder, fromAt, toAt, workingSeconds } = interval
      const who = `${capital(say('vi', `role.${level}`))}, ${agencyName(holder.agencyId)}`
      return [
        `${who}: ${when(fromAt)} – ${when(toAt)}: ${exactAmount(workingSeconds)} làm việc`,
        ...proofSentences(lines),
      ]
    },
  )
  return {
    dues: reading.levels.map((level) => ({
      level: level.level,
      agencyId: level.holder.agencyId,
      startedAt: toIso(level.startedAt),
      dueAt: textOf(level.dueAt),
      endedAt: textOf(level.endedAt),
      usedSeconds: level.usedSeconds,
      lateSeconds: level.lateSeconds,
      isLate: level.isLate,
    })),
    lines: [...held, ...linesAhead(reading, hours, now)],
  }
}

/** What lies between now and the due instant of a running clock, so that its due instant too can be added up. */
function linesAhead({ levels, state, dueAt }: ClockReading, hours: OfficeHours, now: Instant): string[] {
  const last = levels.at(-1)
  if (last === undefined || state !== 'running' || dueAt === null || dueAt <= now) return []
  const workingTime = clockHours(hours).workingTime(last.holder.agencyId, last.knownAt)
  const from = wholeSecond(now)
  const left = exactAmount(workingTime.between(from, dueAt))
  return [
    `Còn lại: ${when(from)} – ${when(dueAt)}: ${left} làm việc`,
    ...proofSentences(proveInterval(workingTime, from, dueAt)),
  ]
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
const when = (instant: Instant): string => `${dateWords(instant)} ${exactTimeOfDay(instant)}`
const textOf = (instant: Instant | null): string | null => (instant === null ? null : toIso(instant))
