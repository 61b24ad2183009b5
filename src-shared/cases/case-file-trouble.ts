import type { z } from 'zod'
import { calendarProblemWords } from '../deadlines/calendar-problem-words.ts'
import type { CalendarProblem } from '../deadlines/calendar-problems.ts'
import { type Language, say, type WordKey, type WordParams } from '../words/words.ts'
import { canonicalJson } from './chain.ts'

/** The first line of the file that is not as it is counted anew. */
export interface CaseFileTrouble {
  /** `events[4] (slip.escalated) data.dueAt`, `clock.lines[2]`. */
  readonly place: string
  readonly key: WordKey
  readonly params: WordParams
  readonly calendarProblem?: CalendarProblem
}

/** One sentence, with its place. */
export function caseFileTroubleWords(
  language: Language,
  { place, key, params, calendarProblem }: CaseFileTrouble,
): string {
  if (calendarProblem) return `${calendarProblem.path}: ${calendarProblemWords(language, calendarProblem)}`
  return say(language, key, { ...params, place })
}

/** The first place, in the order of the counted value, at which a stated value is another. */
export function firstDifference(place: string, stated: unknown, computed: unknown): CaseFileTrouble | null {
  if (Array.isArray(stated) && Array.isArray(computed)) {
    for (let i = 0; i < Math.max(stated.length, computed.length); i += 1) {
      const found = firstDifference(`${place}[${i}]`, stated[i], computed[i])
      if (found !== null) return found
    }
    return null
  }
  if (isRecord(stated) && isRecord(computed)) {
    for (const key of new Set([...Object.keys(computed), ...Object.keys(stated)])) {
      const found = firstDifference(`${place}.${key}`, stated[key], computed[key])
      if (found !== null) return found
    }
    return null
  }
  const isSame =
    stated === undefined || computed === undefined
      ? stated === computed
      : canonicalJson(stated) === canonicalJson(computed)
  return isSame ? null : differs(place, stated, computed)
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

export function differs(place: string, stated: unknown, computed: unknown): CaseFileTrouble {
  const shown = (value: unknown) => JSON.stringify(value) ?? '–'
  return { place, key: 'case-file.differs', params: { stated: shown(stated), computed: shown(computed) } }
}

export function shapeTrouble(where: string, error: z.ZodError): CaseFileTrouble {
  const issue = error.issues[0]!
  const path = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return {
    place: `${where}${path}`.replace(/^\./, ''),
    key: 'case-file.wrong-shape',
    params: { reason: issue.message },
  }
}
