import { z } from 'zod'
import { type CalendarProblem, findCalendarProblems, readInterval, shapeProblems } from './calendar-problems.ts'
import type { LocalDate, Weekday } from './dates.ts'
import { fromIso, type Instant } from './instants.ts'

/** Working time within a day, in minutes from local midnight; `toMinute` is not included and may be 1440. */
export interface Interval {
  fromMinute: number
  toMinute: number
}

const intervalTexts = z.array(z.string())

const weekJsonSchema = z.strictObject({
  from: z.string(),
  knownAt: z.string(),
  act: z.string().min(1).optional(),
  hours: z.strictObject({
    mon: intervalTexts.optional(),
    tue: intervalTexts.optional(),
    wed: intervalTexts.optional(),
    thu: intervalTexts.optional(),
    fri: intervalTexts.optional(),
    sat: intervalTexts.optional(),
    sun: intervalTexts.optional(),
  }),
})

export const DAY_KINDS = ['holiday', 'swap', 'closed'] as const
/** Why a dated day differs from its week: a public holiday, one side of a swap of days, or another closure or opening. */
export type DayKind = (typeof DAY_KINDS)[number]

const dayJsonSchema = z.strictObject({
  on: z.string(),
  working: intervalTexts,
  kind: z.enum(DAY_KINDS).optional(),
  reason: z.string().min(1).optional(),
  act: z.string().min(1).optional(),
  knownAt: z.string(),
})

export const calendarJsonSchema = z.strictObject({
  /** Also the name of the file beside which a calendar that inherits it lies, so nothing that could leave a folder. */
  id: z
    .string()
    .max(60)
    .regex(/^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/),
  name: z.string().min(1).optional(),
  timeZone: z.string(),
  inherits: z.string().optional(),
  weeks: z.array(weekJsonSchema).default([]),
  days: z.array(dayJsonSchema).default([]),
})

/** The calendar as a file or an administrator writes it. */
export type CalendarJson = z.infer<typeof calendarJsonSchema>

export interface CalendarWeek {
  from: LocalDate
  knownAt: Instant
  act: string | null
  /** A weekday without intervals is closed. */
  hours: Record<Weekday, readonly Interval[]>
}

export interface CalendarDay {
  on: LocalDate
  knownAt: Instant
  working: readonly Interval[]
  kind: DayKind
  /** In a proof it is followed by "theo" and the act, so a file that gives neither still explains its days. */
  reason: string
  /** The number of the act or, where it has none we know, its name. */
  act: string
}

export interface Calendar {
  id: string
  name: string
  timeZone: string
  inherits: string | null
  weeks: readonly CalendarWeek[]
  days: readonly CalendarDay[]
}

export type ParsedCalendar = { ok: true; calendar: Calendar } | { ok: false; problems: CalendarProblem[] }

/**
 * Reads one calendar. Every problem is reported, each with the path of the offending value.
 * @param where names the source (a file, a form) and is put before each path.
 */
export function parseCalendar(json: unknown, where: string): ParsedCalendar {
  const shape = calendarJsonSchema.safeParse(json)
  if (!shape.success) return { ok: false, problems: shapeProblems(shape.error, json, where) }
  const problems = findCalendarProblems(shape.data, where)
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, calendar: calendarOf(shape.data) }
}

function calendarOf(json: CalendarJson): Calendar {
  return {
    id: json.id,
    name: json.name ?? json.id,
    timeZone: json.timeZone,
    inherits: json.inherits ?? null,
    weeks: json.weeks.map((week) => ({
      from: week.from,
      knownAt: fromIso(week.knownAt),
      act: week.act ?? null,
      hours: hoursOf(week.hours),
    })),
    days: json.days.map((day) => ({
      on: day.on,
      knownAt: fromIso(day.knownAt),
      working: intervalsOf(day.working),
      kind: day.kind ?? (day.working.length > 0 ? 'swap' : 'holiday'),
      reason: day.reason ?? (day.working.length > 0 ? 'giờ làm việc riêng' : 'nghỉ'),
      act: day.act ?? 'lịch làm việc đã nhập',
    })),
  }
}

function hoursOf(json: CalendarJson['weeks'][number]['hours']): CalendarWeek['hours'] {
  const on = (day: Weekday) => intervalsOf(json[day] ?? [])
  return {
    mon: on('mon'),
    tue: on('tue'),
    wed: on('wed'),
    thu: on('thu'),
    fri: on('fri'),
    sat: on('sat'),
    sun: on('sun'),
  }
}

function intervalsOf(texts: readonly string[]): Interval[] {
  return texts
    .map((text) => {
      const interval = readInterval(text)
      if (typeof interval === 'string') throw new Error(`unchecked interval reached the reader: ${text}`)
      return interval
    })
    .sort((a, b) => a.fromMinute - b.fromMinute)
}
