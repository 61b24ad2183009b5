import type { CalendarJson } from '../../../src-shared/deadlines/calendar.ts'

/**
 * Working time counted the slow and obvious way, straight from a calendar's JSON: walk the minutes, look each one up on the
 * wall, and sum. Shares no code with the compiled one. No inheritance.
 */
export function minuteByMinute(json: CalendarJson, asKnownAtMs?: number) {
  const wallAt = wallReader(json.timeZone)
  const known = <T extends { knownAt: string }>(entries: T[]) =>
    entries.filter((entry) => asKnownAtMs === undefined || Date.parse(entry.knownAt) <= asKnownAtMs)

  const textsOf = (date: string, weekday: string): string[] => {
    let day: CalendarJson['days'][number] | undefined
    for (const candidate of known(json.days)) {
      if (candidate.on === date && (!day || Date.parse(candidate.knownAt) > Date.parse(day.knownAt))) day = candidate
    }
    if (day) return day.working
    let week: CalendarJson['weeks'][number] | undefined
    for (const candidate of known(json.weeks)) {
      if (candidate.from > date) continue
      const isLater =
        !week ||
        candidate.from > week.from ||
        (candidate.from === week.from && Date.parse(candidate.knownAt) > Date.parse(week.knownAt))
      if (isLater) week = candidate
    }
    return week?.hours[weekday.toLowerCase() as keyof typeof week.hours] ?? []
  }

  const textsByDate = new Map<string, string[]>()
  const isOpen = (minute: number): boolean => {
    const { date, weekday, time } = wallAt(minute)
    let texts = textsByDate.get(date)
    if (!texts) {
      texts = textsOf(date, weekday)
      textsByDate.set(date, texts)
    }
    return texts.some((text) => text.slice(0, 5) <= time && time < text.slice(6))
  }

  return {
    isOpen: (ms: number) => isOpen(Math.floor(ms / 60_000)),
    between(fromMs: number, toMs: number): number {
      let second = Math.floor(fromMs / 1000)
      const end = Math.floor(toMs / 1000)
      let sum = 0
      while (second < end) {
        const minute = Math.floor(second / 60)
        const next = Math.min(end, (minute + 1) * 60)
        if (isOpen(minute)) sum += next - second
        second = next
      }
      return sum
    },
    /** Gives up, returning null, where `limitMs` is reached first. */
    add(fromMs: number, seconds: number, limitMs: number): number | null {
      let second = Math.floor(fromMs / 1000)
      let left = seconds
      while (left > 0) {
        if (second * 1000 > limitMs) return null
        const minute = Math.floor(second / 60)
        const next = (minute + 1) * 60
        if (!isOpen(minute)) second = next
        else {
          const step = Math.min(left, next - second)
          left -= step
          second += step
        }
      }
      return second * 1000
    },
  }
}

interface Wall {
  date: string
  weekday: string
  time: string
}

const walls = new Map<string, Map<number, Wall>>()

/** Reading the wall is slow and the same for every calendar of a zone, so what was read is kept. */
function wallReader(timeZone: string): (minute: number) => Wall {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const kept = walls.get(timeZone) ?? new Map<number, Wall>()
  walls.set(timeZone, kept)
  return (minute) => {
    let wall = kept.get(minute)
    if (!wall) {
      const parts = Object.fromEntries(format.formatToParts(minute * 60_000).map(({ type, value }) => [type, value]))
      const date = `${parts.year}-${parts.month}-${parts.day}`
      wall = { date, weekday: parts.weekday!, time: `${parts.hour}:${parts.minute}` }
      kept.set(minute, wall)
    }
    return wall
  }
}
