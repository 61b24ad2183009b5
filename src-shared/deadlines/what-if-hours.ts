import type { z } from 'zod'
import type { entryProblemSchema, WhatIf } from '../api/deadlines.ts'
import type { ClockHours } from '../cases/recount.ts'
import type { Directory } from '../province/directory.ts'
import { clockHours, type OfficeHours, openOfficeHours } from '../province/hours.ts'
import { type CalendarJson, parseCalendar } from './calendar.ts'
import { knowledgeInstants } from './calendar-chain.ts'
import type { Instant } from './instants.ts'

/** The hours of agencies, and when they were corrected. */
export interface RuleHours extends ClockHours {
  /** The instants at which something about the agency's calendar became known, ascending. */
  knowledge(agencyId: string): readonly Instant[]
}

export function ruleHours(hours: OfficeHours): RuleHours {
  const instants = new Map<string, readonly Instant[]>()
  return {
    ...clockHours(hours),
    knowledge(agencyId) {
      const calendarId = hours.calendarIdOf(agencyId)
      if (calendarId === undefined) throw new Error(`no working hours for the agency ${agencyId}`)
      const known = instants.get(calendarId) ?? knowledgeInstants(hours.book.chain(calendarId))
      instants.set(calendarId, known)
      return known
    },
  }
}

type Problem = z.infer<typeof entryProblemSchema>
export type OtherHours = { ok: true; hours: RuleHours } | { ok: false; problems: Problem[] }

/** Before anything any calendar knows of itself, so that no level began without it. */
const ALWAYS = '1900-01-01T00:00:00+07:00'

/**
 * The hours with entries put into a calendar as if they had always been known, or with the agencies of one calendar counted by
 * another. An entry takes the place of what that calendar says of the same day, or of the week from the same day, whenever
 * that was known.
 * @param calendars as the reference has them, parsed there already.
 */
export function otherHours(
  calendars: readonly unknown[],
  directory: Pick<Directory, 'agencies'>,
  { entries, otherCalendar }: Pick<WhatIf, 'entries' | 'otherCalendar'>,
): OtherHours {
  const all = calendars as readonly StoredJson[]
  const problems = [
    ...unknown(all, entries?.calendarId, 'entries.calendarId'),
    ...unknown(all, otherCalendar?.calendarId, 'otherCalendar.calendarId'),
    ...unknown(all, otherCalendar?.useInstead, 'otherCalendar.useInstead'),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const entered = entries === undefined ? { calendars: all, problems: [] } : enterAlways(all, entries)
  if (entered.problems.length > 0) return { ok: false, problems: entered.problems }
  const calendarIdOf = (own: string) => (own === otherCalendar?.calendarId ? otherCalendar.useInstead : own)
  const agencies = directory.agencies.map((agency) => ({ ...agency, calendarId: calendarIdOf(agency.calendarId) }))
  return { ok: true, hours: ruleHours(openOfficeHours(entered.calendars, { agencies })) }
}

type StoredJson = Omit<CalendarJson, 'weeks' | 'days'> & Partial<Pick<CalendarJson, 'weeks' | 'days'>>

function enterAlways(
  all: readonly StoredJson[],
  { calendarId, weeks, days }: NonNullable<WhatIf['entries']>,
): { calendars: readonly StoredJson[]; problems: Problem[] } {
  const before = all.find(({ id }) => id === calendarId)!
  const keptDays = (before.days ?? []).filter(({ on }) => !days.some((day) => day.on === on))
  const keptWeeks = (before.weeks ?? []).filter(({ from }) => !weeks.some((week) => week.from === from))
  // What is only supposed needs no act and no reason.
  const named = (name: 'act' | 'reason', text: string) => (text === '' ? {} : { [name]: text })
  const after = {
    ...before,
    weeks: [...keptWeeks, ...weeks.map(({ act, ...week }) => ({ ...week, ...named('act', act), knownAt: ALWAYS }))],
    days: [
      ...keptDays,
      ...days.map(({ act, reason, ...day }) => ({
        ...day,
        ...named('act', act),
        ...named('reason', reason),
        knownAt: ALWAYS,
      })),
    ],
  } as StoredJson
  const parsed = parseCalendar(after, calendarId)
  const problems = parsed.ok
    ? []
    : parsed.problems.map((found) => ({
        ...found,
        path: pathInEntries(found.path.slice(`${calendarId}: `.length), {
          weeks: keptWeeks.length,
          days: keptDays.length,
        }),
      }))
  return { calendars: all.map((each) => (each === before ? after : each)), problems }
}

/** `days[117].working[0]` of the whole calendar is `days[2].working[0]` of what was entered. */
function pathInEntries(path: string, kept: { weeks: number; days: number }): string {
  return path.replace(
    /^(weeks|days)\[(\d+)\]/,
    (_, list: 'weeks' | 'days', index: string) => `${list}[${Number(index) - kept[list]}]`,
  )
}

function unknown(all: readonly StoredJson[], calendarId: string | undefined, path: string): Problem[] {
  if (calendarId === undefined || all.some(({ id }) => id === calendarId)) return []
  const message = `there is no calendar "${calendarId}"`
  return [{ path, code: 'calendar-unknown', params: { value: calendarId }, message }]
}
