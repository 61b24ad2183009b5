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

/**
 * `path` is `where: weeks[0].hours.mon[1]`. The words for people are looked up by `code` and filled with `params`
 * (`calendarProblemWords`); `message` is for logs.
 */
export interface CalendarProblem {
  path: string
  code: CalendarProblemCode
  params: Record<string, string | number>
  message: string
}

export const FIRST_YEAR = 2000
export const LAST_YEAR = 2060
/** An act may be older than the years it rules; a slip of the pen such as 0026 is not. */
const FIRST_YEAR_KNOWN = 1900

/** What a value of the wrong shape should have been, and what a text that is no date or instant lacks. */
export type ExpectedShape = 'missing' | 'text' | 'filled-text' | 'list' | 'object' | 'id' | 'kind'
export type NotATime = 'malformed' | 'no-such-date' | 'no-offset'

export function shapeProblems(error: z.ZodError, json: unknown, where: string): CalendarProblem[] {
  return error.issues.flatMap((issue) => {
    const path = pathOf(where, issue.path)
    if (issue.code !== 'unrecognized_keys') {
      return [problem(path, 'wrong-shape', { expected: expectedShape(issue, json) }, issue.message)]
    }
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

function expectedShape(issue: z.core.$ZodIssue, json: unknown): ExpectedShape {
  if (issue.code === 'too_small') return 'filled-text'
  if (issue.code === 'invalid_format' || issue.code === 'too_big') return 'id'
  if (issue.code === 'invalid_value') return 'kind'
  if (issue.code !== 'invalid_type') return 'object'
  const value = issue.path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown>)[step], json)
  if (value === undefined && issue.path.length > 0) return 'missing'
  return issue.expected === 'string' ? 'text' : issue.expected === 'array' ? 'list' : 'object'
}

/** Everything a well-shaped calendar can still get wrong. */
export function findCalendarProblems(json: CalendarJson, where: string): CalendarProblem[] {
  const found: CalendarProblem[] = []
  const report: Report = (path, code, params, message) =>
    found.push(problem(pathOf(where, path), code, typeof params === 'string' ? { value: params } : params, message))

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
    if (weeksSeen.has(key))
      report(
        path,
        'week-twice',
        { value: week.from, knownAt: week.knownAt },
        `two weeks from ${week.from} known at one instant`,
      )
    weeksSeen.add(key)
  })

  const daysSeen = new Set<string>()
  json.days.forEach((day, index) => {
    const path = ['days', index]
    checkDate(day.on, [...path, 'on'], report)
    checkInstant(day.knownAt, [...path, 'knownAt'], report)
    checkIntervals(day.working, [...path, 'working'], report)
    const key = `${day.on} ${parseIso(day.knownAt)}`
    if (daysSeen.has(key))
      report(path, 'day-twice', { value: day.on, knownAt: day.knownAt }, `${day.on} stands twice with one knownAt`)
    daysSeen.add(key)
  })
  return found
}

type Report = (
  path: readonly PropertyKey[],
  code: CalendarProblemCode,
  params: string | CalendarProblem['params'],
  message: string,
) => void

function checkDate(text: string, path: readonly PropertyKey[], report: Report): void {
  if (isRealDate(text)) {
    checkYear(text, path, report)
    return
  }
  const why: NotATime = /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'no-such-date' : 'malformed'
  report(path, 'bad-date', { value: text, why }, `"${text}" is not a date (YYYY-MM-DD)`)
}

function checkInstant(text: string, path: readonly PropertyKey[], report: Report): void {
  const instant = parseIso(text)
  if (instant !== null) {
    checkYear(toIso(instant), path, report, FIRST_YEAR_KNOWN)
    return
  }
  const params = { value: text, why: whyNotAnInstant(text) }
  report(path, 'bad-instant', params, `"${text}" is not an instant (2026-01-10T00:00:00+07:00)`)
}

/** What a text that `parseIso` refuses lacks: a date that exists, its offset, or all likeness to an instant. */
export function whyNotAnInstant(text: string): NotATime {
  const [, on, rest] = /^(\d{4}-\d{2}-\d{2})(.*)$/.exec(text) ?? []
  if (on === undefined) return 'malformed'
  if (!isRealDate(on)) return 'no-such-date'
  return rest === '' || /^[Tt ]\d{2}(:\d{2}(:\d{2}([.,]\d+)?)?)?$/.test(rest!) ? 'no-offset' : 'malformed'
}

function checkYear(text: string, path: readonly PropertyKey[], report: Report, firstYear = FIRST_YEAR): void {
  const year = Number.parseInt(text, 10)
  if (year >= firstYear && year <= LAST_YEAR) return
  const params = { value: text, firstYear, lastYear: LAST_YEAR }
  report(path, 'year-out-of-range', params, `the year of "${text}" is outside ${firstYear}–${LAST_YEAR}`)
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
    const before = good[i - 1]!
    if (interval.fromMinute >= before.interval.toMinute) continue
    const [value, other] = [texts[index]!, texts[before.index]!]
    report([...path, index], 'overlapping-intervals', { value, other }, `"${value}" overlaps "${other}"`)
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
