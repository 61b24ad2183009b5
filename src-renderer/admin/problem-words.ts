import { CALENDAR_PROBLEMS, type CalendarProblemCode } from '../../src-shared/deadlines/calendar-problems.ts'
import { isWordKey, type WordParams } from '../../src-shared/words/words.ts'
import type { Say } from '../session/words.ts'

/** A problem of an entry in words: the register's own codes are those of a calendar, and what they are told with is named in words too. */
export function problemWords(say: Say, code: string, params: WordParams, message = code): string {
  const bare = code.replace(/^calendar-problem\./, '')
  if (!(CALENDAR_PROBLEMS as readonly string[]).includes(bare)) return isWordKey(code) ? say(code, params) : message
  const named: Record<string, string | number> = { ...params }
  for (const group of ['expected', 'why'] as const) {
    const key = `calendar-problem.${group}.${params[group]}`
    if (isWordKey(key)) named[group] = say(key)
  }
  return say(`calendar-problem.${bare as CalendarProblemCode}`, named)
}
