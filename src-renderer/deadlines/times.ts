import { fromIso, localTimeOf } from '../../src-shared/deadlines/instants.ts'
import { dayAndMonth, timeOfDay } from '../../src-shared/deadlines/spoken.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** `09:41:07`. */
export function clockTime(at: string | number): string {
  const { hour, minute, second } = localTimeOf(typeof at === 'string' ? fromIso(at) : at)
  return `${two(hour)}:${two(minute)}:${two(second)}`
}

/** `14:05` on the same local day, `03/9 14:05` in the same year, `03/9/2025` before. */
export function shortTime(at: string, now: number): string {
  const instant = fromIso(at)
  const then = localTimeOf(instant)
  const today = localTimeOf(now)
  if (then.dayNumber === today.dayNumber) return timeOfDay(instant)
  return then.year === today.year ? `${dayAndMonth(then)} ${timeOfDay(instant)}` : `${dayAndMonth(then)}/${then.year}`
}

/** `02:14`, or `1:02:14` from an hour on. */
export function elapsed(fromAt: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - fromIso(fromAt)) / 1000))
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${rest}` : rest
}

/** The local date of an instant, `2026-09-03`. */
export function localDateOf(now: number): string {
  const { year, month, day } = localTimeOf(now)
  return `${year}-${two(month)}-${two(day)}`
}

/** `2026-09-03` → `03/9/2026`. */
export function dateText(date: string): string {
  const [year = '', month, day] = date.split('-')
  return `${dayAndMonth({ month: Number(month), day: Number(day) })}/${year}`
}
