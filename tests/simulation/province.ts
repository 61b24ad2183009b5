import type { StoredCalendar } from '../../sync-server/src/calendars/append-only.ts'
import type { ProvinceReference } from '../../sync-server/src/demo/province-files.ts'
import { demonstrationReference } from '../fixtures/province.ts'

export const agencyIds = ['so-xay-dung', 'so-y-te', 'dien-luc'] as const

/** Of the demonstration province what the acts of a simulation ask for, so that a desk takes it in milliseconds. */
export const province: ProvinceReference = smallProvince()

function smallProvince(): ProvinceReference {
  const { revision: _, ...reference } = demonstrationReference(1)
  const { directory, policy } = reference
  const wanted = new Set<string>([...agencyIds, 'van-phong-ubnd-tinh'])
  const agencies = directory.agencies.filter(({ id }) => wanted.has(id))
  const calendarIds = new Set<string>(agencies.map(({ calendarId }) => calendarId))
  const calendars = (reference.calendars as StoredCalendar[])
    .filter(({ id }) => calendarIds.has(id))
    .map((calendar) => ({ ...calendar, days: calendar.days?.filter(({ on }) => on > '2026-09') ?? [] }))
  return {
    ...reference,
    directory: { ...directory, agencies, areas: directory.areas.slice(0, 3) },
    calendars,
    policies: reference.policies ?? [policy],
    articles: reference.articles.slice(0, 2),
    fingerprint: 'simulation',
  }
}
