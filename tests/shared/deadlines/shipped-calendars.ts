import { readdirSync, readFileSync } from 'node:fs'
import { type CalendarBook, openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import { fromIso, type Instant } from '../../../src-shared/deadlines/instants.ts'

const folder = new URL('../../../resources/calendars/', import.meta.url)

export const shippedSources = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ where: name, json: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as unknown }))

export function openShipped(): CalendarBook {
  const opened = openCalendarBook(shippedSources)
  if (!opened.ok) throw new Error(opened.problems.map((each) => `${each.path}: ${each.message}`).join('\n'))
  return opened.book
}

/** `2026-08-28 16:00` (seconds optional) in Việt Nam. */
export function local(text: string): Instant {
  const [date, time] = text.split(' ') as [string, string]
  return fromIso(`${date}T${time.length === 5 ? `${time}:00` : time}+07:00`)
}

export const hours = (count: number) => count * 3600
