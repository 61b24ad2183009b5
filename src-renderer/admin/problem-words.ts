import { isRealDate } from '../../src-shared/deadlines/dates.ts'
import { isWordKey, type WordKey, type WordParams } from '../../src-shared/words/words.ts'
import type { Say } from '../session/words.ts'
import { fullDate } from './pending.ts'

/**
 * A problem of an entry in words: those of a calendar by their own catalogue, those of entering by this page's. What a problem
 * is told with may be a code or a date too, and is put as a person reads it. `message` is for a code that no catalogue has.
 */
export function problemWords(say: Say, code: string, params: WordParams, message = code): string {
  const key = [code, `calendar-problem.${code}`, `entry.problem.${code}`].find(isWordKey) as WordKey | undefined
  if (key === undefined) return message
  const named: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(params))
    named[name] = isRealDate(String(value)) ? fullDate(String(value)) : value
  for (const group of ['expected', 'why'] as const) {
    const name = `calendar-problem.${group}.${params[group]}`
    if (isWordKey(name)) named[group] = say(name)
  }
  return say(key, named)
}
