import { type Language, say, type WordKey } from '../words/words.ts'
import type { CalendarProblemCode } from './calendar-problems.ts'

/** The sentence for a problem of a calendar; where it is (`path`) is for the caller to show. */
export function calendarProblemWords(
  language: Language,
  { code, params }: { readonly code: CalendarProblemCode; readonly params: Readonly<Record<string, string | number>> },
): string {
  const named = (group: 'expected' | 'why') =>
    params[group] === undefined
      ? {}
      : { [group]: say(language, `calendar-problem.${group}.${params[group]}` as WordKey) }
  return say(language, `calendar-problem.${code}`, { ...params, ...named('expected'), ...named('why') })
}
