import type { DayKind, Interval } from '../../src-shared/deadlines/calendar.ts'
import {
  dateOfDayNumber,
  dayNumberOfDate,
  type LocalDate,
  WEEKDAYS,
  type Weekday,
  weekdayOfDayNumber,
} from '../../src-shared/deadlines/dates.ts'
import type { WorkingTime } from '../../src-shared/deadlines/working-time.ts'
import { halfOf, intervalProblems, intervalsText, intervalText, readDate, readIntervals } from './entry-fields.ts'
import { fullDate, type PendingEntry, type PendingInput } from './pending.ts'

export const ENTRY_MODES = ['off', 'half', 'hours', 'swap', 'week'] as const
/** What is entered: days off, half days, other hours, a swap of two days, new weekly hours from a date. */
export type EntryMode = (typeof ENTRY_MODES)[number]

export interface EntryForm {
  readonly mode: EntryMode
  readonly kind: DayKind
  readonly half: 'morning' | 'afternoon'
  /** Hours as typed. */
  readonly hours: string
  readonly skipsDaysOff: boolean
  /** The other day of a swap, worked instead, as typed: `22/8/2026`. */
  readonly worked: string
  /** As typed. */
  readonly from: string
  readonly week: Readonly<Record<Weekday, string>>
  readonly reason: string
  readonly act: string
}

export type FormProblems = Partial<
  Record<keyof EntryForm | Weekday, { code: string; params?: Record<string, string | number> }>
>

type Hours = Pick<WorkingTime, 'hoursOn'>

/** The usual hours of a weekday near a date: those of the nearest day before that no dated entry changes. */
export function usualHours(
  hours: Hours,
  date: LocalDate,
  weekday = weekdayOfDayNumber(dayNumberOfDate(date)),
): readonly Interval[] {
  let day = dayNumberOfDate(date)
  while (weekdayOfDayNumber(day) !== weekday) day -= 1
  for (let weeks = 0; weeks < 8; weeks += 1, day -= 7) {
    const found = hours.hoursOn(day)
    if (found.day === null) return found.intervals
  }
  return []
}

/** A form for a day as the calendar has it now. */
export function formFor(hours: Hours, date: LocalDate): EntryForm {
  const own = usualHours(hours, date)
  const weekdayHours = own.length > 0 ? own : usualHours(hours, date, 'mon')
  return {
    mode: 'off',
    kind: 'holiday',
    half: 'morning',
    hours: intervalsText(weekdayHours),
    skipsDaysOff: true,
    worked: '',
    from: fullDate(date),
    week: Object.fromEntries(
      WEEKDAYS.map((day) => [day, intervalsText(usualHours(hours, date, day))]),
    ) as EntryForm['week'],
    reason: '',
    act: '',
  }
}

/** The form again, to mend an entry that was already put down. */
export function formOfEntry(entry: PendingEntry, hours: Hours): EntryForm {
  const base = formFor(hours, entry.type === 'days' ? entry.on[0]! : entry.type === 'swap' ? entry.off : entry.from)
  switch (entry.type) {
    case 'days':
      return {
        ...base,
        mode: entry.working.length === 0 ? 'off' : 'hours',
        kind: entry.kind,
        hours: entry.working.join(', ') || base.hours,
        skipsDaysOff: false,
        reason: entry.reason,
        act: entry.act,
      }
    case 'swap':
      return {
        ...base,
        mode: 'swap',
        worked: fullDate(entry.worked),
        hours: entry.working.join(', '),
        reason: entry.reason,
        act: entry.act,
      }
    case 'week':
      return {
        ...base,
        mode: 'week',
        from: fullDate(entry.from),
        week: Object.fromEntries(
          WEEKDAYS.map((day) => [day, (entry.hours[day] ?? []).join(', ')]),
        ) as EntryForm['week'],
        act: entry.act,
      }
  }
}

/** What the form says of the chosen days, or what is wrong with it. Half a day is taken from the usual hours of each day. */
export function entriesOf(
  form: EntryForm,
  dates: readonly LocalDate[],
  calendarId: string,
  hours: Hours,
): { ok: true; entries: PendingInput[] } | { ok: false; problems: FormProblems } {
  const problems = problemsOf(form, dates, hours)
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  const base = { calendarId, act: form.act.trim(), isConfirmed: true } as const
  const reason = form.reason.trim()
  const working = readIntervals(form.hours)
  switch (form.mode) {
    case 'off':
      return { ok: true, entries: [{ ...base, type: 'days', on: [...dates], working: [], kind: form.kind, reason }] }
    case 'hours':
      return {
        ok: true,
        entries: [{ ...base, type: 'days', on: worked(form, dates, hours), working, kind: form.kind, reason }],
      }
    case 'half':
      return {
        ok: true,
        entries: halves(form, dates, hours).map((half) => ({ ...base, ...half, kind: form.kind, reason })),
      }
    case 'swap': {
      const off = dates[0]!
      const worked = readDate(form.worked)!
      const words = reason === '' ? `nghỉ hoán đổi, làm bù ngày ${fullDate(worked)}` : reason
      return { ok: true, entries: [{ ...base, type: 'swap', off, worked, working, reason: words }] }
    }
    case 'week': {
      const week = Object.fromEntries(WEEKDAYS.map((day) => [day, readIntervals(form.week[day])])) as Record<
        Weekday,
        string[]
      >
      return { ok: true, entries: [{ ...base, type: 'week', from: readDate(form.from)!, hours: week }] }
    }
  }
}

function problemsOf(form: EntryForm, dates: readonly LocalDate[], hours: Hours): FormProblems {
  const problems: FormProblems = {}
  if (form.act.trim() === '') problems.act = { code: 'entry.actMissing' }
  if (form.mode !== 'swap' && form.mode !== 'week' && form.reason.trim() === '')
    problems.reason = { code: 'entry.reasonMissing' }
  if (form.mode === 'hours' || form.mode === 'swap') {
    const working = readIntervals(form.hours)
    const [first] = intervalProblems(working)
    if (working.length === 0) problems.hours = { code: 'entry.hoursMissing' }
    else if (first) problems.hours = { code: `calendar-problem.${first.code}`, params: first.params }
    else if (form.mode === 'hours' && worked(form, dates, hours).length === 0)
      problems.hours = { code: 'entry.onlyDaysOff' }
  }
  if (form.mode === 'half' && halves(form, dates, hours).length === 0) problems.half = { code: 'entry.onlyDaysOff' }
  if (form.mode === 'swap') {
    const worked = readDate(form.worked)
    if (dates.length !== 1) problems.worked = { code: 'entry.swapOneDay' }
    else if (worked === null) problems.worked = { code: 'entry.workedMissing' }
    else if (worked === dates[0]) problems.worked = { code: 'entry.workedSame' }
  }
  if (form.mode === 'week') {
    if (readDate(form.from) === null) problems.from = { code: 'entry.fromMissing' }
    for (const day of WEEKDAYS) {
      const [first] = intervalProblems(readIntervals(form.week[day]))
      if (first) problems[day] = { code: `calendar-problem.${first.code}`, params: first.params }
    }
  }
  return problems
}

/** The chosen days that get the form's hours. One chosen day is meant, whatever it was; a stretch passes over its days off. */
function worked(form: EntryForm, dates: readonly LocalDate[], hours: Hours): LocalDate[] {
  if (dates.length === 1 || !form.skipsDaysOff) return [...dates]
  return dates.filter((date) => usualHours(hours, date).length > 0)
}

/** Half of what each day usually has; days with the same half are one entry. */
function halves(form: EntryForm, dates: readonly LocalDate[], hours: Hours) {
  const byHours = new Map<string, { type: 'days'; on: string[]; working: string[] }>()
  for (const date of dates) {
    const working = halfOf(usualHours(hours, date), form.half).map(intervalText)
    if (working.length === 0) continue
    const key = working.join()
    const group = byHours.get(key) ?? { type: 'days' as const, on: [], working }
    group.on.push(dateOfDayNumber(dayNumberOfDate(date)))
    byHours.set(key, group)
  }
  return [...byHours.values()]
}
