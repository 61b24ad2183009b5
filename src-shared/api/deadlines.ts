import { z } from 'zod'
import { caseIdSchema, instantSchema } from '../ids.ts'

/**
 * Calendars, reports and dry runs over HTTP. An entry of a calendar is never edited or taken away: what is added carries the
 * instant at which the register knew it (D14), which only the server gives.
 */

const intervals = z.array(z.string())

/** As in the calendar's file, without `knownAt`. `act` is the number of the act that says so. */
export const newDaySchema = z.object({
  on: z.string(),
  working: intervals,
  kind: z.enum(['holiday', 'swap', 'closed']),
  reason: z.string().trim().max(300),
  act: z.string().trim().max(300),
})
export const newWeekSchema = z.object({
  from: z.string(),
  act: z.string().trim().max(300),
  hours: z.partialRecord(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), intervals),
})
export type NewDay = z.infer<typeof newDaySchema>
export type NewWeek = z.infer<typeof newWeekSchema>

export const calendarEntriesSchema = z.object({
  calendarId: z.string().min(1).max(60),
  weeks: z.array(newWeekSchema).max(50).default([]),
  days: z.array(newDaySchema).max(400).default([]),
})

/** A mistake in one entry: `path` is `days[2].working[0]` or `weeks[0].from`; words for the code stand in the catalogue. */
export const entryProblemSchema = z.object({
  path: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  message: z.string(),
})

/** An open case whose clock the entries would move. */
export const movedCaseSchema = z.object({
  caseId: caseIdSchema,
  code: z.string(),
  agencyId: z.string(),
  level: z.enum(['focal-officer', 'head', 'office']),
  /** Null while nobody knows: a clock that stands still. */
  dueBefore: instantSchema.nullable(),
  dueAfter: instantSchema.nullable(),
})
export type MovedCase = z.infer<typeof movedCaseSchema>

/** POST /api/calendars/preview: what would be, and nothing is changed. */
export const calendarPreviewSchema = z.object({
  /** The revision of the calendars looked at; `calendars.change` must name the same one. */
  revision: z.int().positive(),
  problems: z.array(entryProblemSchema),
  /** Open cases counted by this calendar, moved or not. */
  open: z.int().nonnegative(),
  moved: z.array(movedCaseSchema),
})

/** POST /api/calendars/change. 409 `calendar-changed` when the revision is not the newest any more. */
export const calendarChangeSchema = calendarEntriesSchema.extend({
  revision: z.int().positive(),
  /** Makes a repeat harmless. */
  changeId: z.string().min(8).max(80),
})
export const calendarChangedSchema = z.object({
  revision: z.int().positive(),
  knownAt: instantSchema,
  /** Open cases whose clock was counted anew. */
  recounted: z.int().nonnegative(),
})

/** GET /api/calendars/:calendarId/changes: who entered what was known at an instant; what a file brought has nobody's name. */
export const calendarChangesSchema = z.object({
  changes: z.array(
    z.object({
      knownAt: instantSchema,
      byName: z.string(),
      /** Open cases whose clock was counted anew; null while that is under way. */
      recounted: z.int().nonnegative().nullable(),
    }),
  ),
})

/**
 * GET /api/reports/deadlines?from=&to=&seq=&asOf=&agencies=: levels of slips that fell due in a period `[from, to)` (D9), lateness
 * by who held the clock (#38). `seq` and `asOf` say how much of the register it is made of; the same parameters give the same
 * bytes for ever. GET /api/reports/deadlines.csv gives its rows as a table.
 */
export const reportQuerySchema = z.object({
  from: instantSchema,
  to: instantSchema,
  /** The last event that counts; when absent, the last one at `asOf`, or the newest. */
  seq: z.coerce.number().int().nonnegative().optional(),
  /** The instant at which it is told and the calendars are known, whole seconds; that of `seq` when absent. */
  asOf: instantSchema.optional(),
  /** `all` also lists the agencies in force in the period to which nothing fell due (#73). */
  agencies: z.enum(['with-cases', 'all']).default('with-cases'),
})
export type ReportQuery = z.infer<typeof reportQuerySchema>

const reportCounts = {
  /** `onTime` + `late` + `lifted` + `open`. */
  due: z.int().nonnegative(),
  onTime: z.int().nonnegative(),
  /** Late, and not lifted: answered later, handed on, or still unanswered. */
  late: z.int().nonnegative(),
  /** Late and lifted by an act (D14). */
  lifted: z.int().nonnegative(),
  /** Due in the period, but only after the instant of the report. */
  open: z.int().nonnegative(),
  /** Of `late`: nobody has said why (#37). */
  withoutCause: z.int().nonnegative(),
  /** Working seconds after the due instants while it held the clock, by level (#38); lifted ones are in it. */
  lateSeconds: z.object({ 'focal-officer': z.int().nonnegative(), head: z.int().nonnegative() }),
}
export const reportRowSchema = z.object({
  code: z.string(),
  /** Whoever held the clock when it fell due. */
  agencyId: z.string(),
  level: z.enum(['focal-officer', 'head']),
  startedAt: instantSchema,
  dueAt: instantSchema,
  endedAt: instantSchema.nullable(),
  endedBy: z.enum(['answered', 'escalated', 'returned', 'withdrawn']).nullable(),
  outcome: z.enum(['on-time', 'late', 'lifted', 'open']),
  /** Working seconds after the due instant. */
  lateSeconds: z.int().nonnegative(),
  /** The same by whoever held the clock (#38): a successor (D13) answers for its own share. */
  held: z.array(
    z.object({ agencyId: z.string(), fromAt: instantSchema, toAt: instantSchema, lateSeconds: z.int().nonnegative() }),
  ),
  /** The number of the act that lifted the lateness. */
  liftedBy: z.string().nullable(),
  /** The code of the cause the agency gave, as in the policy's list. */
  cause: z.string().nullable(),
  /** Where a calendar was corrected since (D14). */
  correctedDueAt: instantSchema.nullable(),
})
export type ReportRow = z.infer<typeof reportRowSchema>
export const deadlineReportSchema = z.object({
  format: z.literal('ban-truc-1022/deadline-report/1'),
  provinceName: z.string(),
  from: instantSchema,
  to: instantSchema,
  seq: z.int().nonnegative(),
  asOf: instantSchema,
  agenciesShown: z.enum(['with-cases', 'all']),
  /** The hash of the event `seq`: which register this was made of. */
  eventHash: z.string(),
  /** Printed beside each number (D9). */
  definition: z.string(),
  totals: z.object(reportCounts),
  /** Also those without a row of their own whose share of lateness, or whose slip's name, the rows need. */
  agencies: z.array(z.object({ agencyId: z.string(), name: z.string(), ...reportCounts })),
  rows: z.array(reportRowSchema),
})
export type DeadlineReport = z.infer<typeof deadlineReportSchema>
/** `text` is the report's canonical JSON, `sha256` of exactly those bytes. */
export const printedReportSchema = z.object({ text: z.string(), sha256: z.string() })

/** POST /api/what-if: other rules over past cases, and nothing is changed. What is absent stays as it was. */
export const whatIfSchema = z.object({
  openedFrom: instantSchema,
  openedTo: instantSchema,
  focalOfficerWorkingHours: z.number().positive().max(2000).optional(),
  headWorkingHours: z.number().positive().max(2000).optional(),
  headReading: z.enum(['R1', 'R2', 'R3']).optional(),
  /** Entries put into a calendar as if they had always been known. */
  entries: calendarEntriesSchema.optional(),
  /** Agencies of the first calendar counted by the second. */
  otherCalendar: z.object({ calendarId: z.string(), useInstead: z.string() }).optional(),
})
export type WhatIf = z.infer<typeof whatIfSchema>

const outcome = z.object({
  /** The level that answered, or holds it; `late` when the head's time ran out too. */
  level: z.enum(['focal-officer', 'head', 'late']),
  dueAt: instantSchema.nullable(),
  isLate: z.boolean(),
})
export const whatIfAnswerSchema = z.object({
  /** The last event looked at, and the instant at which open cases are told. */
  seq: z.int().nonnegative(),
  asOf: instantSchema,
  /** Cases opened in the period of which an agency received a slip. */
  cases: z.int().nonnegative(),
  before: z.object({ onTime: z.int(), toHead: z.int(), late: z.int() }),
  after: z.object({ onTime: z.int(), toHead: z.int(), late: z.int() }),
  /** Only the cases that would differ; the first thousand. */
  differing: z.array(z.object({ caseId: caseIdSchema, code: z.string(), before: outcome, after: outcome })),
  differingTotal: z.int().nonnegative(),
  problems: z.array(entryProblemSchema),
})
export type WhatIfAnswer = z.infer<typeof whatIfAnswerSchema>
