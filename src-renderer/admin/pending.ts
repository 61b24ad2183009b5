import { z } from 'zod'
import type { NewDay, NewWeek } from '../../src-shared/api/deadlines.ts'
import { DAY_KINDS } from '../../src-shared/deadlines/calendar.ts'
import { civilOf, dayNumberOfDate, type LocalDate, WEEKDAYS } from '../../src-shared/deadlines/dates.ts'
import { dayAndMonth } from '../../src-shared/deadlines/spoken.ts'

const intervals = z.array(z.string())
const base = {
  id: z.string(),
  calendarId: z.string(),
  act: z.string(),
  /** A proposal waits for a person to stand by it; what was typed here is the person's own word. */
  isConfirmed: z.boolean(),
}
const pendingSchema = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('days'),
    on: z.array(z.string()).min(1),
    working: intervals,
    kind: z.enum(DAY_KINDS),
    reason: z.string(),
  }),
  /** One swap is two days under one act: one off, the other worked instead. */
  z.object({
    ...base,
    type: z.literal('swap'),
    off: z.string(),
    worked: z.string(),
    working: intervals,
    reason: z.string(),
  }),
  z.object({ ...base, type: z.literal('week'), from: z.string(), hours: z.record(z.enum(WEEKDAYS), intervals) }),
])

/** An entry on its way into a calendar: on this computer only, until the register has it. */
export type PendingEntry = z.infer<typeof pendingSchema>
export type PendingInput = PendingEntry extends infer E ? (E extends PendingEntry ? Omit<E, 'id'> : never) : never

export const pendingFormSchema = z.object({
  entries: z.array(pendingSchema),
  /** Names the change that was last sent, so that sending it again cannot write it twice. */
  sent: z.object({ changeId: z.string(), key: z.string() }).nullable(),
})
export type PendingForm = z.infer<typeof pendingFormSchema>

/** What the register is asked about: entries of one calendar, each remembering which pending entry it came from. */
export interface AskedEntries {
  readonly calendarId: string
  readonly days: readonly NewDay[]
  readonly weeks: readonly NewWeek[]
  /** Equal for equal entries: a preview holds for these and no others. */
  readonly key: string
  /** The id of the pending entry behind `path` of a problem, `days[2].working[0]`; null for one of the whole. */
  ownerOf(path: string): string | null
}

export function askedEntries(pending: readonly PendingEntry[], calendarId: string): AskedEntries {
  const own = pending.filter((entry) => entry.calendarId === calendarId && entry.isConfirmed)
  const days = own.flatMap((entry) => daysOf(entry).map((day) => ({ owner: entry.id, day })))
  const weeks = own.flatMap((entry) =>
    entry.type === 'week'
      ? [{ owner: entry.id, week: { from: entry.from, act: entry.act, hours: entry.hours } satisfies NewWeek }]
      : [],
  )
  const asked = { days: days.map(({ day }) => day), weeks: weeks.map(({ week }) => week) }
  return {
    calendarId,
    ...asked,
    key: JSON.stringify([calendarId, asked]),
    ownerOf(path) {
      const [, list, index] = /^(days|weeks)\[(\d+)\]/.exec(path) ?? []
      if (list === undefined) return null
      return (list === 'days' ? days : weeks)[Number(index)]?.owner ?? null
    },
  }
}

function daysOf(entry: PendingEntry): NewDay[] {
  switch (entry.type) {
    case 'days':
      return entry.on.map((on) => ({
        on,
        working: [...entry.working],
        kind: entry.kind,
        reason: entry.reason,
        act: entry.act,
      }))
    case 'swap':
      return [
        { on: entry.off, working: [], kind: 'swap', reason: entry.reason, act: entry.act },
        {
          on: entry.worked,
          working: [...entry.working],
          kind: 'swap',
          reason: `làm bù ngày ${fullDate(entry.off)}`,
          act: entry.act,
        },
      ]
    case 'week':
      return []
  }
}

/** The dates an entry speaks of, for marks in the year; a week speaks of none in particular. */
export function datesOf(entry: PendingEntry): LocalDate[] {
  if (entry.type === 'days') return [...entry.on]
  return entry.type === 'swap' ? [entry.off, entry.worked] : []
}

/** `22/8/2026`. */
export function fullDate(date: LocalDate): string {
  const civil = civilOf(dayNumberOfDate(date))
  return `${dayAndMonth(civil)}/${civil.year}`
}
