import type { z } from 'zod'
import type { calendarEntriesSchema, entryProblemSchema, NewDay, NewWeek } from '../../../src-shared/api/deadlines.ts'
import { type CalendarDay, type CalendarWeek, parseCalendar } from '../../../src-shared/deadlines/calendar.ts'
import { type CalendarChain, hoursByDay } from '../../../src-shared/deadlines/calendar-chain.ts'
import { readInterval } from '../../../src-shared/deadlines/calendar-problems.ts'
import { dayNumberOfDate, isRealDate, WEEKDAYS } from '../../../src-shared/deadlines/dates.ts'
import { type Instant, toIso } from '../../../src-shared/deadlines/instants.ts'
import { assertAppended, type StoredCalendar } from './append-only.ts'

export type CalendarEntries = z.infer<typeof calendarEntriesSchema>
export type EntryProblem = z.infer<typeof entryProblemSchema>

/** All calendars with the entries put into one of them, known from `knownAt` on; or what is wrong with the entries. */
export type Entered = { ok: true; calendars: StoredCalendar[] } | { ok: false; problems: EntryProblem[] }

/**
 * @param chain the calendar and those it inherits from, as they are known now.
 * @throws Error for a calendar that is not among them.
 */
export function enterInto(
  calendars: readonly StoredCalendar[],
  chain: CalendarChain,
  { calendarId, ...given }: CalendarEntries,
  knownAt: Instant,
): Entered {
  const before = calendars.find(({ id }) => id === calendarId)
  if (before === undefined) throw new Error(`there is no calendar ${calendarId}`)
  const { weeks, days } = written(given)
  const stamp = { knownAt: toIso(knownAt) }
  const after: StoredCalendar = {
    ...before,
    weeks: [...(before.weeks ?? []), ...weeks.map((week) => ({ ...week, ...stamp }))],
    days: [...(before.days ?? []), ...days.map((day) => ({ ...day, ...stamp }))],
  }
  const parsed = parseCalendar(after, calendarId)
  const own = { weeks: before.weeks?.length ?? 0, days: before.days?.length ?? 0 }
  const problems = [
    ...(weeks.length + days.length === 0 ? [entryProblem('', 'nothing-entered', {}, 'there is no entry')] : []),
    ...weeks.flatMap((week, index) => knownWeek(week, index, chain)),
    ...days.flatMap((day, index) => knownDay(day, index, chain, knownAt)),
    ...(parsed.ok
      ? []
      : parsed.problems.map(({ path, code, params, message }) =>
          entryProblem(pathInEntries(path.slice(`${calendarId}: `.length), own), code, params, message),
        )),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const all = calendars.map((calendar) => (calendar === before ? after : calendar))
  assertAppended(calendars, all)
  return { ok: true, calendars: all }
}

/** As a person meant it: one way to write a letter with its marks, whatever keyboard it came from. */
function written({ weeks, days }: Omit<CalendarEntries, 'calendarId'>) {
  const text = (value: string) => value.normalize('NFC')
  return {
    weeks: weeks.map(({ from, act, hours }) => ({ from, act: text(act), hours: hoursOf(hours) })),
    days: days.map((day) => ({ ...day, reason: text(day.reason), act: text(day.act) })),
  }
}

const hoursOf = (hours: NewWeek['hours']) =>
  Object.fromEntries(WEEKDAYS.flatMap((day) => (hours[day] === undefined ? [] : [[day, hours[day]]])))

/** `days[117].working[0]` of the whole calendar is `days[2].working[0]` of what was entered. */
function pathInEntries(path: string, own: { weeks: number; days: number }): string {
  const [, list, index, rest] = /^(weeks|days)\[(\d+)\](.*)$/.exec(path) ?? []
  const entry = Number(index) - own[list as 'weeks' | 'days']
  if (!(entry >= 0)) throw new Error(`what is stored became wrong at ${path}`)
  return `${list}[${entry}]${rest}`
}

function knownDay(day: NewDay, index: number, chain: CalendarChain, knownAt: Instant): EntryProblem[] {
  if (!isRealDate(day.on)) return []
  const known = hoursByDay(chain, knownAt)(dayNumberOfDate(day.on)).day
  if (known === null || !isSameDay(known, day)) return []
  const { on, act } = day
  return [entryProblem(`days[${index}]`, 'day-known', { value: on, act }, `${on} is known like this already`)]
}

const isSameDay = (known: CalendarDay, day: NewDay): boolean =>
  known.kind === day.kind &&
  known.act === day.act &&
  known.reason === day.reason &&
  asTyped(known.working) === typedIntervals(day.working)

function knownWeek(week: NewWeek, index: number, [calendar]: CalendarChain): EntryProblem[] {
  const known = calendar.weeks.filter(({ from }) => from === week.from).sort((a, b) => b.knownAt - a.knownAt)[0]
  if (known === undefined || !isSameWeek(known, week)) return []
  const { from, act } = week
  return [entryProblem(`weeks[${index}]`, 'week-known', { value: from, act }, `the week of ${from} is known already`)]
}

const isSameWeek = (known: CalendarWeek, week: NewWeek): boolean =>
  known.act === week.act && WEEKDAYS.every((day) => asTyped(known.hours[day]) === typedIntervals(week.hours[day] ?? []))

const asTyped = (intervals: CalendarDay['working']): string =>
  intervals.map(({ fromMinute, toMinute }) => `${fromMinute}-${toMinute}`).join(' ')

/** Null for what cannot be read: that is another problem, found elsewhere. */
function typedIntervals(texts: readonly string[]): string | null {
  const intervals = texts.map((text) => readInterval(text))
  const read = intervals.flatMap((each) => (typeof each === 'string' ? [] : [each]))
  if (read.length < texts.length) return null
  return asTyped(read.sort((a, b) => a.fromMinute - b.fromMinute))
}

const entryProblem = (path: string, code: string, params: EntryProblem['params'], message: string): EntryProblem => ({
  path,
  code,
  params,
  message,
})
