import { civilOf, dayNumberOfDate, weekdayOfDayNumber } from './dates.ts'
import { PROVINCE_TIME_ZONE } from './instants.ts'
import type { ProofLine } from './proof.ts'
import { dayWords, exactAmount, exactTimeOfDay, WEEKDAY_WORDS } from './spoken.ts'

/**
 * The working in one Vietnamese sentence:
 * `Thứ Sáu 28/8 16:00–17:00: 1 giờ; Thứ Bảy, Chủ nhật: nghỉ; Thứ Hai 31/8: nghỉ hoán đổi Quốc khánh, theo …`.
 */
export function proofWords(lines: readonly ProofLine[], timeZone: string = PROVINCE_TIME_ZONE): string {
  return proofSentences(lines, timeZone).join('; ')
}

/** The same, one sentence for each working day or run of days off, for a list on screen or paper. */
export function proofSentences(lines: readonly ProofLine[], timeZone: string = PROVINCE_TIME_ZONE): string[] {
  return proofEntries(lines, timeZone).map((entry) => entry.text)
}

/** The same with the lines each sentence stands for. */
export function proofEntries(
  lines: readonly ProofLine[],
  timeZone: string = PROVINCE_TIME_ZONE,
): { text: string; lines: readonly ProofLine[] }[] {
  return groups(lines).map((group) => ({
    text: group[0]!.kind === 'work' ? workSentence(group, timeZone) : restSentence(group),
    lines: group,
  }))
}

/** `Tổng cộng 8 giờ làm việc`. */
export function proofTotalWords(lines: readonly ProofLine[]): string {
  return `Tổng cộng ${exactAmount(lines.reduce((total, line) => total + line.workingSeconds, 0))} làm việc`
}

/** The intervals of one day belong together, and so do days off in a row for one and the same reason. */
function groups(lines: readonly ProofLine[]): ProofLine[][] {
  const all: ProofLine[][] = []
  for (const line of lines) {
    const last = all.at(-1)?.at(-1)
    const belongs =
      last !== undefined &&
      last.kind === line.kind &&
      (line.kind === 'work'
        ? last.on === line.on
        : last.reason === line.reason &&
          last.act === line.act &&
          dayNumberOfDate(line.on) === dayNumberOfDate(last.on) + 1)
    if (belongs) all.at(-1)!.push(line)
    else all.push([line])
  }
  return all
}

function workSentence(group: readonly ProofLine[], timeZone: string): string {
  const times = group.map((line) => `${exactTimeOfDay(line.fromAt, timeZone)}–${closingTime(line, timeZone)}`)
  const seconds = group.reduce((total, line) => total + line.workingSeconds, 0)
  const { reason, act } = group[0]!
  const because = reason === undefined ? '' : ` (${reason}, theo ${act})`
  return `${dateOf(group[0]!)} ${times.join(', ')}: ${exactAmount(seconds)}${because}`
}

/** An interval that runs to the end of its day ends at 24:00 of that day, not at 00:00 of a day the line does not name. */
function closingTime(line: ProofLine, timeZone: string): string {
  const time = exactTimeOfDay(line.toAt, timeZone)
  return time === '00:00' ? '24:00' : time
}

function restSentence(group: readonly ProofLine[]): string {
  const { kind, reason, act } = group[0]!
  if (kind === 'weekend') return `${group.map(weekdayOf).join(', ')}: nghỉ`
  const days = group.length <= 2 ? group.map(dateOf).join(', ') : `${dateOf(group[0]!)} – ${dateOf(group.at(-1)!)}`
  return reason === undefined ? `${days}: không làm việc` : `${days}: ${reason}, theo ${act}`
}

function weekdayOf(line: ProofLine): string {
  return WEEKDAY_WORDS[weekdayOfDayNumber(dayNumberOfDate(line.on))]
}

function dateOf(line: ProofLine): string {
  const dayNumber = dayNumberOfDate(line.on)
  return dayWords(dayNumber, civilOf(dayNumber))
}
