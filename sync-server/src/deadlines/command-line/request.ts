import { whyNotAnInstant } from '../../../../src-shared/deadlines/calendar-problems.ts'
import type { Instant } from '../../../../src-shared/deadlines/instants.ts'
import type { Language } from '../../../../src-shared/words/words.ts'
import type { CalendarClock } from './calendar-clock.ts'
import { readInstant } from './instant-text.ts'
import { type Trouble, troubleWords } from './trouble.ts'

const FIELDS = {
  due: new Set(['op', 'from', 'hours', 'asKnownAt']),
  between: new Set(['op', 'from', 'to', 'asKnownAt']),
}

/** One line of a batch, and the line that answers it. */
export function answerRequest(clock: CalendarClock, line: string, language: Language): string {
  let request: unknown
  try {
    // A byte-order mark is no JSON, and editors write it.
    request = JSON.parse(line.charCodeAt(0) === 0xfeff ? line.slice(1) : line)
  } catch {
    return errorAnswer(language, { key: 'clock.request-not-json' })
  }
  if (request === null || typeof request !== 'object' || Array.isArray(request)) {
    return errorAnswer(language, { key: 'clock.request-not-object' })
  }
  const { op, from, to, hours, asKnownAt } = request as Record<string, unknown>
  if (op !== 'due' && op !== 'between') return errorAnswer(language, { key: 'clock.request-op' })
  // A misspelt "asKnownAt" left unread would give a wrong instant without a word.
  for (const field in request) {
    if (!FIELDS[op].has(field)) return errorAnswer(language, { key: 'clock.request-unknown-field', params: { field } })
  }
  const fromAt = instantOf('from', from)
  if (typeof fromAt !== 'number') return errorAnswer(language, fromAt)
  const known = asKnownAt == null ? null : instantOf('asKnownAt', asKnownAt)
  if (known !== null && typeof known !== 'number') return errorAnswer(language, known)
  if (op === 'due') {
    if (hours === undefined) return errorAnswer(language, { key: 'clock.request-missing', params: { field: 'hours' } })
    if (typeof hours !== 'number') {
      return errorAnswer(language, { key: 'clock.bad-hours', params: { value: JSON.stringify(hours) } })
    }
    const due = clock.due(fromAt, hours, known)
    return typeof due === 'number' ? `{"due":"${clock.write(due)}"}` : errorAnswer(language, due)
  }
  const toAt = instantOf('to', to)
  if (typeof toAt !== 'number') return errorAnswer(language, toAt)
  const workingSeconds = clock.between(fromAt, toAt, known)
  return typeof workingSeconds === 'number'
    ? `{"workingSeconds":${workingSeconds}}`
    : errorAnswer(language, workingSeconds)
}

/** What a request or an option calls an instant, read; or why it is none. */
export function instantOf(field: string, value: unknown): Instant | Trouble {
  if (value === undefined) return { key: 'clock.request-missing', params: { field } }
  if (typeof value !== 'string')
    return { key: 'clock.bad-instant', params: { field, value: JSON.stringify(value), why: 'malformed' } }
  return readInstant(value) ?? { key: 'clock.bad-instant', params: { field, value, why: whyNotAnInstant(value) } }
}

export function errorAnswer(language: Language, trouble: Trouble): string {
  return JSON.stringify({ error: troubleWords(language, trouble) })
}
