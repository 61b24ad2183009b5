import { canonicalJson } from '../../../src-shared/cases/chain.ts'
import type { CalendarJson } from '../../../src-shared/deadlines/calendar.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'

/** A calendar as it is stored: as its file or an administrator wrote it, letter for letter. */
export type StoredCalendar = Omit<CalendarJson, 'weeks' | 'days'> & Partial<Pick<CalendarJson, 'weeks' | 'days'>>

/**
 * D14: what the register once knew of a calendar it knew for ever.
 * @throws Error for a calendar that is gone, or an entry that is gone, edited or moved: a bug, and nothing must be written.
 */
export function assertAppended(before: readonly StoredCalendar[], after: readonly StoredCalendar[]): void {
  for (const calendar of before) {
    const later = after.find(({ id }) => id === calendar.id)
    if (later === undefined) throw new Error(`the calendar ${calendar.id} would be lost`)
    for (const list of ['weeks', 'days'] as const) {
      const [known, kept] = [calendar[list] ?? [], later[list] ?? []]
      known.forEach((entry, index) => {
        if (JSON.stringify(entry) === JSON.stringify(kept[index])) return
        throw new Error(`${calendar.id}: ${list}[${index}] would be changed`)
      })
    }
  }
}

/**
 * The stored calendars after the province's files were changed: what a file says anew is added, and known from the instant
 * at which the register learned it, whatever the file claims; a calendar nobody had is taken as it stands. What a file no
 * longer says stays: the way to take it back is a further entry.
 * @param seen the files as they were read before, to tell what in them is new.
 */
export function withFiles(
  stored: readonly StoredCalendar[],
  seen: readonly StoredCalendar[],
  files: readonly StoredCalendar[],
  now: number,
): StoredCalendar[] {
  const byId = new Map(stored.map((calendar) => [calendar.id, calendar]))
  const seenById = new Map(seen.map((calendar) => [calendar.id, calendar]))
  for (const file of files) {
    const known = byId.get(file.id)
    const before = seenById.get(file.id)
    const learned = <E extends { knownAt: string }>(entries: readonly E[] = [], had: readonly E[] = []): E[] => {
      const left = had.map((entry) => canonicalJson(entry))
      const fresh = entries.filter((entry) => !takeOut(left, canonicalJson(entry)))
      return fresh.map((entry) => ({ ...entry, knownAt: toIso(Math.max(fromIso(entry.knownAt), now)) }))
    }
    byId.set(
      file.id,
      known === undefined
        ? file
        : {
            ...file,
            weeks: [...(known.weeks ?? []), ...learned(file.weeks, before?.weeks)],
            days: [...(known.days ?? []), ...learned(file.days, before?.days)],
          },
    )
  }
  const after = [...byId.values()]
  assertAppended(stored, after)
  return after
}

function takeOut(texts: string[], text: string): boolean {
  const index = texts.indexOf(text)
  if (index >= 0) texts.splice(index, 1)
  return index >= 0
}
