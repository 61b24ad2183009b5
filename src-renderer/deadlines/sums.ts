import type { LevelWorking } from '../../src-shared/cases/case-proof.ts'
import type { LevelReading } from '../../src-shared/deadlines/level-measure.ts'
import { dueWords, exactAmount, lateWords } from '../../src-shared/deadlines/spoken.ts'
import type { Say } from '../session/words.ts'

/** `Đã dùng 6 giờ 30 phút; còn 1 giờ 30 phút.` Exact to the second: it is the sum of the lines above it. */
export function sumWords({ reading }: Pick<LevelWorking, 'reading'>, say: Say): string {
  const used = exactAmount(reading.usedSeconds)
  if (reading.isLate && reading.lateSeconds > 0) {
    return say('clock.usedLate', { used, late: exactAmount(reading.lateSeconds) })
  }
  if (reading.isLate) return say('clock.usedUp', { used })
  if (reading.leftSeconds === null) return say('clock.used', { used })
  return say('clock.usedLeft', { used, left: exactAmount(reading.leftSeconds) })
}

/** `8 giờ làm việc` given to a level. */
export function allowanceWords(seconds: number, say: Say): string {
  return say('clock.allowed', { hours: String(Math.round((seconds / 3600) * 100) / 100).replace('.', ',') })
}

/** One of the two ways in which a level can be read when its calendar was corrected (D14). */
export function readingWords(key: 'clock.asKnown' | 'clock.asCorrected', level: LevelReading, say: Say): string {
  const due = level.dueAt === null ? say('clock.noDue') : say('clock.due', { at: dueWords(level.dueAt) })
  const words = level.isLate
    ? lateWords(level.lateSeconds)
    : say(level.state === 'over' ? 'clock.inTime' : 'clock.running')
  return say(key, { due, words })
}

/** Levels that read otherwise by the calendars as they are known now. */
export function correctedLevels(
  asKnown: readonly LevelReading[],
  asCorrected: readonly LevelReading[],
): { known: LevelReading; corrected: LevelReading }[] {
  return asKnown.flatMap((known, index) => {
    const corrected = asCorrected[index]!
    const isSame =
      known.dueAt === corrected.dueAt &&
      known.lateSeconds === corrected.lateSeconds &&
      known.usedSeconds === corrected.usedSeconds
    return isSame ? [] : [{ known, corrected }]
  })
}
