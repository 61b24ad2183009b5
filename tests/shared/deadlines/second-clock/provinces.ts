import type { CalendarJson } from '../../../../src-shared/deadlines/calendar.ts'
import { type CalendarBook, openCalendarBook } from '../../../../src-shared/deadlines/calendar-book.ts'
import { shippedSources } from '../shipped-calendars.ts'
import { OpenHours } from './open-hours.ts'
import { type Chance, chanceOf } from './random.ts'
import type { Province } from './second-clock.ts'

/** A province seen by both clocks: the same JSON, compiled by the one and read day by day by the other. */
export interface TwoProvinces {
  readonly agencies: readonly string[]
  readonly book: CalendarBook
  readonly second: Province
  calendarOf(agencyId: string): string
}

const shipped = shippedSources.map(({ json }) => json as CalendarJson)
/** Days that matter: what generated calendars change lies near them. */
export const SCENES = [
  '2025-12-29',
  '2026-02-11',
  '2026-04-23',
  '2026-05-18',
  '2026-08-20',
  '2026-10-05',
  '2026-11-20',
] as const

/**
 * The shipped calendars and four made ones: other hours, hours that change in the middle, Saturday mornings inherited, days off
 * and swapped Saturdays of which some become known late or are taken back (D14).
 */
export function provinceOf(seed: number): TwoProvinces {
  const chance = chanceOf(seed * 7919 + 17)
  const made = ['one', 'two', 'three', 'four'].map((name) => madeCalendar(`made-${name}`, chance))
  made.push({
    ...madeCalendar('made-heir', chance),
    inherits: 'made-one',
    weeks: chance.percent(50) ? [] : [weekOf('2026-01-01', '2025-12-20', chance, 60)],
  })
  const calendars = [...shipped, ...made]
  const opened = openCalendarBook(
    calendars.map((json) => ({ where: json.id, json })),
    { fromYear: 2025, toYear: 2029 },
  )
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  // The agency's name is its calendar's: a stranger to the case sees at once whose hours count.
  const calendarOf = (agencyId: string) => agencyId
  return {
    agencies: calendars.map(({ id }) => id),
    book: opened.book,
    second: { hours: new OpenHours(calendars), calendarOf },
    calendarOf,
  }
}

function madeCalendar(id: string, chance: Chance): CalendarJson {
  const saturdays = chance.pick([0, 0, 50, 100])
  const weeks = [weekOf('2020-01-01', '2020-01-01', chance, saturdays)]
  for (let changes = chance.between(0, 2); changes > 0; changes -= 1) {
    const from = nearby(chance)
    weeks.push(weekOf(from, shifted(from, chance.between(-40, 6)), chance, saturdays))
  }
  const days: CalendarJson['days'] = []
  for (let count = chance.between(4, 26); count > 0; count -= 1) days.push(dayOf(nearby(chance), chance))
  return {
    id,
    timeZone: 'Asia/Ho_Chi_Minh',
    weeks: unlike(weeks, (w) => w.from + w.knownAt),
    days: unlike(days, (d) => d.on + d.knownAt),
  }
}

function weekOf(from: string, known: string, chance: Chance, saturdays: number): CalendarJson['weeks'][number] {
  const day = chance.pick([
    ['07:00-11:30', '13:30-17:00'],
    ['07:30-12:00', '13:00-16:30'],
    ['13:30-17:00', '07:30-11:30'],
    ['08:00-16:00'],
    ['06:45-09:10', '09:25-11:35', '13:05-16:59'],
    ['00:00-06:00', '18:00-24:00'],
  ])
  const saturday = chance.percent(saturdays) ? [chance.pick(['07:00-11:30', '07:30-11:00', '08:00-12:00'])] : []
  const friday = chance.percent(15) ? [day[0]!] : day
  return {
    from,
    knownAt: midnight(known),
    hours: { mon: day, tue: day, wed: day, thu: day, fri: friday, sat: saturday },
  }
}

function dayOf(on: string, chance: Chance): CalendarJson['days'][number] {
  const working = chance.pick([
    [],
    [],
    [],
    ['07:00-11:30', '13:30-17:00'],
    ['07:00-11:30'],
    ['13:30-15:07'],
    ['00:00-24:00'],
  ])
  return {
    on,
    working,
    reason: 'ngày đặc biệt',
    act: 'thông báo',
    // Known long before, shortly before, on the day itself, or afterwards.
    knownAt: chance.percent(40)
      ? midnight('2025-06-01')
      : midnight(shifted(on, chance.between(-12, 4)), chance.between(0, 23)),
  }
}

const nearby = (chance: Chance) => shifted(chance.pick(SCENES), chance.between(-3, 16))
const midnight = (date: string, hour = 0) => `${date}T${String(hour).padStart(2, '0')}:00:00+07:00`

export function shifted(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function unlike<T>(entries: readonly T[], keyOf: (entry: T) => string): T[] {
  return [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()]
}
