import type { NewDay, NewWeek } from '../../src-shared/api/deadlines.ts'
import type { BridgeInput } from '../../src-shared/bridge.ts'
import { dateOfDayNumber, dayNumberOfDate, type LocalDate } from '../../src-shared/deadlines/dates.ts'
import type { WordKey } from '../../src-shared/words/words.ts'
import { readDate } from './entry-fields.ts'
import { fullDate } from './pending.ts'

export interface WhatIfForm {
  /** Local dates as typed, both included. */
  readonly from: string
  readonly to: string
  /** Empty stands for "as it was". */
  readonly focalOfficerHours: string
  readonly headHours: string
  readonly reading: 'same' | 'R1' | 'R2' | 'R3'
  readonly calendar: 'same' | 'other' | 'pending'
  readonly calendarId: string
  readonly useInstead: string
}

export type WhatIfProblems = Partial<Record<keyof WhatIfForm, WordKey>>

/** The last ninety days before today. */
export function emptyWhatIf(today: LocalDate, calendarId: string): WhatIfForm {
  return {
    from: fullDate(dateOfDayNumber(dayNumberOfDate(today) - 90)),
    to: fullDate(today),
    focalOfficerHours: '',
    headHours: '',
    reading: 'same',
    calendar: 'same',
    calendarId,
    useInstead: '',
  }
}

type Entries = { calendarId: string; days: readonly NewDay[]; weeks: readonly NewWeek[] }

/** The question as the register is asked it, or what is wrong with the form. Days are days of the province, at UTC+7. */
export function questionOf(
  form: WhatIfForm,
  pending: Entries,
): { ok: true; question: BridgeInput<'whatIf.run'> } | { ok: false; problems: WhatIfProblems } {
  const problems: WhatIfProblems = {}
  const from = readDate(form.from)
  const to = readDate(form.to)
  if (from === null) problems.from = 'whatIf.dateMissing'
  if (to === null) problems.to = 'whatIf.dateMissing'
  else if (from !== null && to < from) problems.to = 'whatIf.reversed'
  const focal = hoursOf(form.focalOfficerHours)
  const head = hoursOf(form.headHours)
  if (focal === 'wrong') problems.focalOfficerHours = 'whatIf.badHours'
  if (head === 'wrong') problems.headHours = 'whatIf.badHours'
  if (form.calendar === 'other') {
    if (form.useInstead === '') problems.useInstead = 'whatIf.calendarMissing'
    else if (form.useInstead === form.calendarId) problems.useInstead = 'whatIf.calendarSame'
  }
  const isEmpty = pending.days.length + pending.weeks.length === 0
  if (form.calendar === 'pending' && isEmpty) problems.calendar = 'whatIf.noPending'
  const isUnchanged = focal === null && head === null && form.reading === 'same' && form.calendar === 'same'
  if (isUnchanged) problems.reading = 'whatIf.nothingOther'
  if (from === null || to === null || Object.keys(problems).length > 0) return { ok: false, problems }
  return {
    ok: true,
    question: {
      openedFrom: `${from}T00:00:00+07:00`,
      openedTo: `${dateOfDayNumber(dayNumberOfDate(to) + 1)}T00:00:00+07:00`,
      ...(typeof focal === 'number' ? { focalOfficerWorkingHours: focal } : {}),
      ...(typeof head === 'number' ? { headWorkingHours: head } : {}),
      ...(form.reading === 'same' ? {} : { headReading: form.reading }),
      ...(form.calendar === 'other'
        ? { otherCalendar: { calendarId: form.calendarId, useInstead: form.useInstead } }
        : {}),
      ...(form.calendar === 'pending'
        ? { entries: { calendarId: pending.calendarId, days: [...pending.days], weeks: [...pending.weeks] } }
        : {}),
    },
  }
}

/** Vietnamese decimals: `1,5`. Null for "as it was". */
function hoursOf(text: string): number | null | 'wrong' {
  if (text.trim() === '') return null
  const hours = Number(text.trim().replace(',', '.'))
  return Number.isFinite(hours) && hours > 0 && hours <= 2000 ? hours : 'wrong'
}
