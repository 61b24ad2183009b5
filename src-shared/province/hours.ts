import type { ClockHours } from '../cases/recount.ts'
import { type CalendarBook, openCalendarBook } from '../deadlines/calendar-book.ts'
import type { WorkingTime } from '../deadlines/working-time.ts'
import type { Directory } from './directory.ts'

/** The working hours of a province's agencies (#25): each agency names its calendar, the book holds them. */
export interface OfficeHours {
  readonly book: CalendarBook
  /** Undefined for an agency that is not in the directory. Without `knownAt` all that is known now (D14). */
  ofAgency(agencyId: string, knownAt?: number): WorkingTime | undefined
  calendarIdOf(agencyId: string): string | undefined
}

/** The same for rules that only ever ask about agencies that exist; any other is a bug, for a guessed clock would be worse. */
export function clockHours(hours: OfficeHours): ClockHours {
  const missing = (agencyId: string) => new Error(`no working hours for the agency ${agencyId}`)
  return {
    workingTime(agencyId, knownAt) {
      const workingTime = hours.ofAgency(agencyId, knownAt)
      if (workingTime === undefined) throw missing(agencyId)
      return workingTime
    },
    actsKnown(agencyId, after, until) {
      const calendarId = hours.calendarIdOf(agencyId)
      if (calendarId === undefined) throw missing(agencyId)
      return hours.book.actsKnown(calendarId, after, until)
    },
  }
}

/**
 * Compiles lazily: of the many calendars a province may have, a desk asks for two or three.
 * @throws Error that names every problem of calendars that do not parse, or of an agency that names none of them.
 */
export function openOfficeHours(calendars: readonly unknown[], directory: Pick<Directory, 'agencies'>): OfficeHours {
  const opened = openCalendarBook(calendars.map((json, index) => ({ where: `calendars[${index}]`, json })))
  if (!opened.ok) throw new Error(opened.problems.map((p) => `${p.path}: ${p.message}`).join('; '))
  const { book } = opened
  const calendarOf = new Map<string, string>(directory.agencies.map((agency) => [agency.id, agency.calendarId]))
  const missing = directory.agencies.find((agency) => !book.ids.includes(agency.calendarId))
  if (missing) throw new Error(`agency ${missing.id} names the calendar ${missing.calendarId}, which was not given`)
  return {
    book,
    calendarIdOf: (agencyId) => calendarOf.get(agencyId),
    ofAgency(agencyId, knownAt) {
      const calendarId = calendarOf.get(agencyId)
      return calendarId === undefined ? undefined : book.workingTime(calendarId, knownAt)
    },
  }
}
