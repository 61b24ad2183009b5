import { proveInterval } from '../../../../src-shared/deadlines/proof.ts'
import { proofSentences } from '../../../../src-shared/deadlines/proof-words.ts'
import type { Language } from '../../../../src-shared/words/words.ts'
import type { Asked } from './arguments.ts'
import type { CalendarClock } from './calendar-clock.ts'
import { instantOf } from './request.ts'
import { CommandProblem, type Trouble, troubleWords } from './trouble.ts'

/** The due instant and its working, a sentence for each working day or run of days off. */
export function due(
  clock: CalendarClock,
  options: Asked['options'],
  language: Language,
): { due: string; lines: string[] } {
  const { from, asKnownAt } = instantsOf(options, language)
  const text = options.hours ?? ''
  const hours = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN
  const trouble: Trouble = { key: 'clock.bad-hours', params: { value: `"${text}"` } }
  const dueAt = unless(Number.isFinite(hours) ? clock.due(from, hours, asKnownAt) : trouble, language)
  const workingTime = clock.workingTime(asKnownAt)
  const lines = proofSentences(proveInterval(workingTime, from, dueAt), workingTime.timeZone)
  return { due: clock.write(dueAt), lines }
}

export function between(
  clock: CalendarClock,
  options: Asked['options'],
  language: Language,
): { workingSeconds: number } {
  const { from, asKnownAt } = instantsOf(options, language)
  const to = unless(instantOf('--to', options.to), language)
  return { workingSeconds: unless(clock.between(from, to, asKnownAt), language) }
}

function instantsOf(options: Asked['options'], language: Language): { from: number; asKnownAt: number | null } {
  const known = options['as-known-at']
  return {
    from: unless(instantOf('--from', options.from), language),
    asKnownAt: known === undefined ? null : unless(instantOf('--as-known-at', known), language),
  }
}

function unless(answer: number | Trouble, language: Language): number {
  if (typeof answer === 'number') return answer
  throw new CommandProblem([troubleWords(language, answer)])
}
