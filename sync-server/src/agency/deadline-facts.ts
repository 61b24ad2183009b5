import type { SlipDetail } from '../../../src-shared/api/agency.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { readCaseClock, readCorrectedClock } from '../../../src-shared/cases/case-clock.ts'
import { caseWorking, holderShares } from '../../../src-shared/cases/case-proof.ts'
import type { CaseEvent } from '../../../src-shared/cases/events.ts'
import type { ClockReading } from '../../../src-shared/deadlines/clock.ts'
import { type Instant, toIso } from '../../../src-shared/deadlines/instants.ts'
import { deadlineWords, dueWords, exactAmount, lateWords, leftWords } from '../../../src-shared/deadlines/spoken.ts'
import { type Language, say } from '../../../src-shared/words/words.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'

type Facts = SlipDetail['deadline']

/** For an agency that is only asked for its opinion: the lead's clock is not its own. */
export const noDeadline: Facts = {
  text: '',
  stopped: null,
  external: null,
  readings: null,
  recounts: [],
  corrected: [],
  holders: [],
  working: [],
}

/** All that the clock of a slip has to say for itself at `now`, in words and line by line (S4 Đ.7: it is evidence). */
export function deadlineFacts(
  state: CaseState,
  events: readonly CaseEvent[],
  { reference, now, language }: { reference: ReferenceBook; now: Instant; language: Language },
): Facts {
  const reading = readCaseClock(state, reference.hours, now)
  return {
    text:
      reading.dueAt === null
        ? ''
        : say(language, 'slip.deadline', { left: deadlineWords(reading), due: dueWords(reading.dueAt) }),
    stopped:
      reading.state !== 'stopped' || reading.stopReason === null
        ? null
        : {
            reason: reading.stopReason,
            left: leftWords(reading.leftSeconds ?? 0),
            resumesAt: textOf(reading.resumesAt),
          },
    external: state.external,
    readings: headReadings(state, reading),
    recounts: events.flatMap((event) => {
      if (event.name !== 'clock.recounted') return []
      const { acts, dueBefore, dueAfter } = event.data
      return [{ at: event.at, acts, dueBefore, dueAfter }]
    }),
    corrected: correctedLevels(state, reading, reference, now),
    holders: holdersOf(reading, reference),
    working: workingOf(state, reading, reference),
  }
}

const textOf = (instant: Instant | null): string | null => (instant === null ? null : toIso(instant))

/** D2: R1 from the head's receipt, R2 from the first transfer; which one counts was written when the level began. */
function headReadings(state: CaseState, { level, readings }: ClockReading): Facts['readings'] {
  const start = state.clockMarks.findLast((mark) => mark.kind === 'start')
  if (level !== 'head' || start?.kind !== 'start') return null
  return { inForce: start.reading ?? 'R1', R1: textOf(readings.R1), R2: textOf(readings.R2 ?? null) }
}

/** D14: as known then and as corrected, side by side. */
function correctedLevels(
  state: CaseState,
  asKnown: ClockReading,
  reference: ReferenceBook,
  now: Instant,
): Facts['corrected'] {
  const corrected = readCorrectedClock(state, reference.hours, now)
  const lateText = (level: ClockReading['levels'][number]) => (level.isLate ? lateWords(level.lateSeconds) : '')
  return asKnown.levels.flatMap((level, index) => {
    const other = corrected.levels[index]!
    if (level.dueAt === other.dueAt && level.lateSeconds === other.lateSeconds) return []
    return [
      {
        level: level.level,
        dueAt: textOf(level.dueAt),
        lateText: lateText(level),
        correctedDueAt: textOf(other.dueAt),
        correctedLateText: lateText(other),
      },
    ]
  })
}

/** #38: lateness belongs to whoever held the slip while it ran, to the second. */
function holdersOf(reading: ClockReading, reference: ReferenceBook): Facts['holders'] {
  return holderShares(reading).map(({ level, agencyId, heldSeconds, lateSeconds }) => ({
    level,
    agencyName: nameOf(agencyId, reference),
    heldText: exactAmount(heldSeconds),
    lateText: lateSeconds === 0 ? '' : exactAmount(lateSeconds),
  }))
}

function workingOf(state: CaseState, reading: ClockReading, reference: ReferenceBook): Facts['working'] {
  return caseWorking(state.clockMarks, reading, reference.hours).flatMap((level) =>
    level.held.map(({ agencyId, fromAt, stoodFromAt, lines, workingSeconds }) => ({
      level: level.reading.level,
      agencyName: nameOf(agencyId, reference),
      fromAt: toIso(fromAt),
      stoodFromAt: textOf(stoodFromAt),
      lines: [...lines],
      amount: exactAmount(workingSeconds),
    })),
  )
}

const nameOf = (agencyId: string, reference: ReferenceBook): string => reference.agency(agencyId)?.name ?? agencyId
