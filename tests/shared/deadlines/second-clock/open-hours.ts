import type { CalendarJson } from '../../../../src-shared/deadlines/calendar.ts'

/** Seconds since 1970, for the second clock works in nothing smaller (D6). */
export type Second = number

/** A stretch in which an office is open; `to` is not included. */
export interface Stretch {
  readonly from: Second
  readonly to: Second
}

const DAY = 86_400
/** Việt Nam has one zone without summer time, so a local day begins seven hours before its midnight in UTC. */
const AHEAD = 7 * 3600
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/**
 * When offices are open, read off the calendars' JSON day by day, in the words of architecture.md "Deadlines": a dated day beats
 * its week, of several entries the one with the latest `from`, then the latest `knownAt`; a calendar's own entries beat those it
 * inherits. Nothing is summed up beforehand and nothing is searched: it knows one day at a time.
 */
export class OpenHours {
  private readonly calendars: ReadonlyMap<string, CalendarJson>
  private readonly days = new Map<string, Map<number, readonly Stretch[]>>()
  private readonly changes = new Map<string, Second[]>()

  constructor(calendars: readonly CalendarJson[]) {
    this.calendars = new Map(calendars.map((each) => [each.id, each]))
    for (const { id, timeZone } of calendars) {
      if (timeZone !== 'Asia/Ho_Chi_Minh') throw new Error(`the second clock knows one zone only, not that of ${id}`)
    }
  }

  /** The stretches of the local day that holds `at`, and where that day ends. */
  dayOf(calendarId: string, knownAt: Second, at: Second): { stretches: readonly Stretch[]; endsAt: Second } {
    const day = Math.floor((at + AHEAD) / DAY)
    const key = `${calendarId} ${this.countKnown(calendarId, knownAt)}`
    const kept = this.days.get(key) ?? new Map<number, readonly Stretch[]>()
    this.days.set(key, kept)
    const stretches = kept.get(day) ?? this.stretchesOf(calendarId, knownAt, day)
    kept.set(day, stretches)
    return { stretches, endsAt: (day + 1) * DAY - AHEAD }
  }

  /** Working seconds from `from` until `to`, day after day. */
  count(calendarId: string, knownAt: Second, from: Second, to: Second): number {
    let sum = 0
    for (let at = from; at < to; ) {
      const { stretches, endsAt } = this.dayOf(calendarId, knownAt, at)
      for (const each of stretches) sum += Math.max(0, Math.min(each.to, to) - Math.max(each.from, at))
      at = endsAt
    }
    return sum
  }

  /** The earliest second at which `seconds` of working time since `from` have gone by, or what is left of them at `limit`. */
  walk(
    calendarId: string,
    knownAt: Second,
    from: Second,
    seconds: number,
    limit: Second,
  ): { at: Second; left: number } {
    let left = seconds
    for (let at = from; left > 0 && at < limit; ) {
      const { stretches, endsAt } = this.dayOf(calendarId, knownAt, at)
      for (const each of stretches) {
        const opens = Math.max(each.from, at)
        const worked = Math.min(each.to, limit) - opens
        if (worked <= 0) continue
        if (worked >= left) return { at: opens + left, left: 0 }
        left -= worked
      }
      at = endsAt
    }
    return left === 0 ? { at: from, left } : { at: limit, left }
  }

  private stretchesOf(calendarId: string, knownAt: Second, day: number): readonly Stretch[] {
    const midnight = day * DAY - AHEAD
    const date = new Date(day * DAY * 1000).toISOString().slice(0, 10)
    const weekday = WEEKDAYS[new Date(day * DAY * 1000).getUTCDay()]!
    return this.hoursOn(calendarId, knownAt, date, weekday)
      .map((text) => {
        const [from, to] = text.split('-').map((time) => {
          const [hour, minute] = time.split(':').map(Number) as [number, number]
          return midnight + hour * 3600 + minute * 60
        }) as [Second, Second]
        return { from, to }
      })
      .sort((a, b) => a.from - b.from)
  }

  private hoursOn(calendarId: string, knownAt: Second, date: string, weekday: (typeof WEEKDAYS)[number]): string[] {
    const isKnown = (entry: { knownAt: string }) => Date.parse(entry.knownAt) / 1000 <= knownAt
    const family = this.familyOf(calendarId)
    for (const { days } of family) {
      const [day] = days
        .filter((each) => each.on === date && isKnown(each))
        .sort((a, b) => Date.parse(b.knownAt) - Date.parse(a.knownAt))
      if (day) return day.working
    }
    for (const { weeks } of family) {
      const [week] = weeks
        .filter((each) => each.from <= date && isKnown(each))
        .sort((a, b) => b.from.localeCompare(a.from) || Date.parse(b.knownAt) - Date.parse(a.knownAt))
      if (week) return week.hours[weekday] ?? []
    }
    return []
  }

  private familyOf(calendarId: string): CalendarJson[] {
    const calendar = this.calendars.get(calendarId)
    if (!calendar) throw new Error(`no calendar ${calendarId}`)
    return calendar.inherits === undefined ? [calendar] : [calendar, ...this.familyOf(calendar.inherits)]
  }

  /** How many acts were known: two instants between the same acts share what was read. */
  private countKnown(calendarId: string, knownAt: Second): number {
    let instants = this.changes.get(calendarId)
    if (!instants) {
      const all = this.familyOf(calendarId).flatMap(({ weeks, days }) => [...weeks, ...days])
      instants = [...new Set(all.map((each) => Date.parse(each.knownAt) / 1000))]
      this.changes.set(calendarId, instants)
    }
    let count = 0
    for (const each of instants) if (each <= knownAt) count += 1
    return count
  }
}
