import { localTimeOf, toIso } from '../../src-shared/deadlines/instants.ts'
import { dayAndMonth } from '../../src-shared/deadlines/spoken.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** `03/9/2026 09:41`, on the province's wall clock: how moments are written and typed here. */
export function localText(instant: number): string {
  const { hour, minute } = localTimeOf(instant)
  return `${localDateText(instant)} ${two(hour)}:${two(minute)}`
}

/** `03/9/2026`. */
export function localDateText(instant: number): string {
  const { year, month, day } = localTimeOf(instant)
  return `${dayAndMonth({ month, day })}/${year}`
}

/** `3/9/2026` → `2026-09-03`. What is no date stays as it is: the rules, not the dialog, say what is wrong. */
export function dateOf(text: string): string {
  const [, day, month, year] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text) ?? []
  return year === undefined ? text : `${year}-${two(Number(month))}-${two(Number(day))}`
}

/** `03/9/2026 16:00` → an instant with its offset. */
export function instantOf(text: string): string {
  const [, date, hour, minute] = /^(.*\S)\s+(\d{1,2})[:h](\d{2})\s*$/.exec(text) ?? []
  if (date === undefined) return text
  const day = dateOf(date)
  return day === date ? text : `${day}T${two(Number(hour))}:${minute}:00+07:00`
}

/** A day without an hour means to the end of office hours, 17:00; a letter rarely says more. */
export function endOfDayOf(text: string): string {
  const day = dateOf(text)
  return day === text ? instantOf(text) : `${day}T17:00:00+07:00`
}

/** A moment given by the minute may lie a few seconds ahead of the clock; nobody was told in the future. */
export const notAfter = (text: string, now: number): string => {
  const instant = instantOf(text)
  return text === localText(now) ? toIso(now) : instant
}
