import type { z } from 'zod'
import type { CalendarJson, Interval } from './calendar.ts'
import { isKnownTimeZone, isRealDate, WEEKDAYS } from './dates.ts'
import { parseIso, toIso } from './instants.ts'

export const CALENDAR_PROBLEMS = [
  'wrong-shape',
  'unknown-weekday',
  'unknown-field',
  'unknown-time-zone',
  'no-weeks',
  'bad-date',
  'year-out-of-range',
  'bad-instant',
  'bad-interval',
  'bad-time',
  'reversed-interval',
  'overlapping-intervals',
  'week-twice',
  'day-twice',
  'inherits-itself',
  'unknown-parent',
  'time-zone-differs',
  'calendar-twice',
] as const
export type CalendarProblemCode = (typeof CALENDAR_PROBLEMS)[number]

/** `path` is `where: weeks[0].hours.mon[1]`; the words for people are looked up by `code`, `message` is for logs. */
export interface CalendarProblem {
  path: string
  code: CalendarProblemCode
  params: Record<string, string | number>
  message: string
}

export const FIRST_YEAR = 2000
export const LAST_YEAR = 2060

export function shapeProblems(error: z.ZodError, where: string): CalendarProblem[] {
  return error.issues.flatMap((issue) => {
    const path = pathOf(where, issue.path)
    if (issue.code !== 'unrecognized_keys') return [problem(path, 'wrong-shape', {}, issue.message)]
    const isHours = issue.path.at(-1) === 'hours'
    return issue.keys.map((key) =>
      isHours
        ? problem(`${path}.${key}`, 'unknown-weekday', { key }, `"${key}" is not one of ${WEEKDAYS.join(', ')}`)
        : problem(
            pathOf(where, [...issue.path, key]),
            'unknown-field',
            { key },
            `"${key}" is not a field of a calendar`,
          ),
    )
  })
}

/** Everything a well-shaped calendar can still get wrong. */
export function findCalendarProblems(json: CalendarJson, where: string): CalendarProblem[] {
  const found: CalendarProblem[] = []
  const report = (path: readonly PropertyKey[], code: CalendarProblemCode, value: string, message: string) =>
    found.push(problem(pathOf(where, path), code, { value }, message))

  if (!isKnownTimeZone(json.timeZone)) {
    report(['timeZone'], 'unknown-time-zone', json.timeZone, `"${json.timeZone}" is not a time zone`)
  }
  if (json.inherits === json.id) report(['inherits'], 'inherits-itself', json.id, 'a calendar cannot inherit itself')
  if (json.weeks.length === 0 && json.inherits === undefined) {
    report(['weeks'], 'no-weeks', json.id, 'a calendar that inherits nothing needs at least one week')
  }

  const weeksSeen = new Set<string>()
  json.weeks.forEach((week, index) => {
    const path = ['weeks', index]
    checkDate(week.from, [...path, 'from'], report)
    checkInstant(week.knownAt, [...path, 'knownAt'], report)
    for (const day of WEEKDAYS) checkIntervals(week.hours[day] ?? [], [...path, 'hours', day], report)
    const key = `${week.from} ${parseIso(week.knownAt)}`
    if (weeksSeen.has(key)) report(path, 'week-twice', week.from, `two weeks from ${week.from} known at one instant`)
    weeksSeen.add(key)
  })

  const daysSeen = new Set<string>()
  json.days.forEach((day, index) => {
    const path = ['days', index]
    checkDate(day.on, [...path, 'on'], report)
    checkInstant(day.knownAt, [...path, 'knownAt'], report)
    checkIntervals(day.working, [...path, 'working'], report)
    const key = `${day.on} ${parseIso(day.knownAt)}`
    if (daysSeen.has(key)) report(path, 'day-twice', day.on, `${day.on} stands twice with one knownAt`)
    daysSeen.add(key)
  })
  return found
}

type Report = (path: readonly PropertyKey[], code: CalendarProblemCode, value: string, message: string) => void

function checkDate(text: string, path: readonly PropertyKey[], report: Report): void {
  if (!isRealDate(text)) report(path, 'bad-date', text, `"${text}" is not a date (YYYY-MM-DD)`)
  else checkYear(text, path, report)
}

function checkInstant(text: string, path: readonly PropertyKey[], report: Report): void {
  const instant = parseIso(text)
  if (instant === null) report(path, 'bad-instant', text, `"${text}" is not an instant (2026-01-10T00:00:00+07:00)`)
  else checkYear(toIso(instant), path, report)
}

function checkYear(text: string, path: readonly PropertyKey[], report: Report): void {
  const year = Number.parseInt(text, 10)
  if (year >= FIRST_YEAR && year <= LAST_YEAR) return
  report(path, 'year-out-of-range', text, `the year of "${text}" is outside ${FIRST_YEAR}–${LAST_YEAR}`)
}

function checkIntervals(texts: readonly string[], path: readonly PropertyKey[], report: Report): void {
  const good: { interval: Interval; index: number }[] = []
  texts.forEach((text, index) => {
    const interval = readInterval(text)
    if (typeof interval === 'string') report([...path, index], interval, text, INTERVAL_WORDS[interval](text))
    else good.push({ interval, index })
  })
  good.sort((a, b) => a.interval.fromMinute - b.interval.fromMinute)
  for (let i = 1; i < good.length; i += 1) {
    const { interval, index } = good[i]!
    if (interval.fromMinute >= good[i - 1]!.interval.toMinute) continue
    report([...path, index], 'overlapping-intervals', texts[index]!, `"${texts[index]}" overlaps another interval`)
  }
}

type IntervalProblem = 'bad-interval' | 'bad-time' | 'reversed-interval'

const INTERVAL_WORDS: Record<IntervalProblem, (text: string) => string> = {
  'bad-interval': (text) => `"${text}" is not an interval (07:00-11:30)`,
  'bad-time': (text) => `"${text}" names a time of day that does not exist`,
  'reversed-interval': (text) => `"${text}" ends before it begins or is empty`,
}

/** `07:00-11:30`; 24:00 is the end of the day and may only close an interval. */
export function readInterval(text: string): Interval | IntervalProblem {
  const parts = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/.exec(text)
  if (!parts) return 'bad-interval'
  const [fromHour, fromMinutes, toHour, toMinutes] = parts.slice(1).map(Number) as [number, number, number, number]
  const fromMinute = fromHour * 60 + fromMinutes
  const toMinute = toHour * 60 + toMinutes
  if (fromMinutes > 59 || toMinutes > 59 || fromMinute >= 1440 || toMinute > 1440) return 'bad-time'
  return fromMinute < toMinute ? { fromMinute, toMinute } : 'reversed-interval'
}

export function problem(
  path: string,
  code: CalendarProblemCode,
  params: CalendarProblem['params'],
  message: string,
): CalendarProblem {
  return { path, code, params, message }
}

function pathOf(where: string, path: readonly PropertyKey[]): string {
  const steps = path.map((step, index) =>
    typeof step === 'number' ? `[${step}]` : index === 0 ? String(step) : `.${String(step)}`,
  )
  return `${where}: ${steps.join('') || '(root)'}`
}
