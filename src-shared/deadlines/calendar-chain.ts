import type { Calendar, CalendarDay, CalendarWeek, Interval } from './calendar.ts'
import { type CalendarProblem, problem } from './calendar-problems.ts'
import { dateOfDayNumber, type LocalDate, weekdayOfDayNumber } from './dates.ts'
import type { Instant } from './instants.ts'

/** A calendar and those it inherits from, nearest first. What the nearer one says for a date replaces what the farther one says. */
export type CalendarChain = readonly [Calendar, ...Calendar[]]

export type ResolvedChain = { ok: true; chain: CalendarChain } | { ok: false; problems: CalendarProblem[] }

/** Follows `inherits`. Refuses a parent that does not exist, a circle, and a parent that keeps other time. */
export function chainOf(id: string, calendars: ReadonlyMap<string, Calendar>): ResolvedChain {
  const chain: Calendar[] = []
  let next: string | null = id
  while (next !== null) {
    const calendar = calendars.get(next)
    if (!calendar) return refuse(id, 'unknown-parent', next, `there is no calendar "${next}"`)
    if (chain.includes(calendar)) return refuse(id, 'inherits-itself', next, `"${next}" inherits itself in a circle`)
    if (chain[0] && chain[0].timeZone !== calendar.timeZone) {
      return refuse(id, 'time-zone-differs', next, `"${next}" keeps ${calendar.timeZone}, not ${chain[0].timeZone}`)
    }
    chain.push(calendar)
    next = calendar.inherits
  }
  return { ok: true, chain: chain as unknown as CalendarChain }
}

function refuse(id: string, code: CalendarProblem['code'], value: string, message: string): ResolvedChain {
  return { ok: false, problems: [problem(`${id}: inherits`, code, { value }, message)] }
}

/** What one date is: its intervals, and the dated day that made it differ from its week, if one did. */
export interface DayHours {
  intervals: readonly Interval[]
  day: CalendarDay | null
}

const CLOSED: DayHours = { intervals: [], day: null }

/**
 * The hours of every date as they were known at `asKnownAt` (without it: all that is known now).
 * A date follows the week with the latest `from` not after it, the latest `knownAt` winning a tie, unless a dated day
 * replaces it, again the latest `knownAt` winning.
 */
export function hoursByDay(chain: CalendarChain, asKnownAt?: Instant): (dayNumber: number) => DayHours {
  const isKnown = (entry: { knownAt: Instant }) => asKnownAt === undefined || entry.knownAt <= asKnownAt
  const layers = chain.map((calendar) => ({
    days: latestDays(calendar.days.filter(isKnown)),
    weeks: calendar.weeks
      .filter(isKnown)
      .sort((a, b) => (a.from === b.from ? b.knownAt - a.knownAt : a.from < b.from ? 1 : -1)),
  }))
  return (dayNumber) => {
    const date = dateOfDayNumber(dayNumber)
    for (const { days } of layers) {
      const day = days.get(date)
      if (day) return { intervals: day.working, day }
    }
    const weekday = weekdayOfDayNumber(dayNumber)
    for (const { weeks } of layers) {
      const week: CalendarWeek | undefined = weeks.find((candidate) => candidate.from <= date)
      if (week) return { intervals: week.hours[weekday], day: null }
    }
    return CLOSED
  }
}

function latestDays(days: readonly CalendarDay[]): Map<LocalDate, CalendarDay> {
  const latest = new Map<LocalDate, CalendarDay>()
  for (const day of days) {
    const seen = latest.get(day.on)
    if (!seen || day.knownAt > seen.knownAt) latest.set(day.on, day)
  }
  return latest
}

/** The acts that became known after one instant and not after another, earliest first, each once. */
export function actsKnown(chain: CalendarChain, after: Instant, until: Instant): string[] {
  const entries = chain
    .flatMap(({ name, weeks, days }) => [...weeks, ...days].map(({ knownAt, act }) => ({ knownAt, act: act ?? name })))
    .filter(({ knownAt }) => after < knownAt && knownAt <= until)
    .sort((a, b) => a.knownAt - b.knownAt)
  return [...new Set(entries.map(({ act }) => act))]
}

/** The instants at which something new became known, ascending. Between two of them the calendar is one and the same. */
export function knowledgeInstants(chain: CalendarChain): Instant[] {
  const all = chain.flatMap((calendar) => [...calendar.weeks, ...calendar.days].map((entry) => entry.knownAt))
  return [...new Set(all)].sort((a, b) => a - b)
}
