import { type Say, sayCode } from '../session/words.ts'
import type { CaseForm } from './case-form.ts'
import type { Outcome } from './outcome.ts'

export type FormPlace = keyof CaseForm | 'form'

/** Where on the form a refusal is shown: next to what must be changed. */
const placeOfRefusal: Readonly<Record<string, FormPlace>> = {
  'content-missing': 'content',
  'citizen-incomplete': 'name',
  'anonymous-not-allowed': 'hazard',
  'field-missing': 'fieldId',
  'answer-missing': 'answerText',
  'answer-needs-source': 'source',
  'agency-unknown': 'agencyId',
  'agency-has-no-officer': 'agencyId',
  'slip-needs-call-attempt': 'callAttempt',
  'refusal-needs-reason': 'refusalReason',
  'refusal-needs-address': 'referredTo',
}

const placeOfPath: Readonly<Record<string, FormPlace>> = {
  'citizen.email': 'email',
  'citizen.name': 'name',
  'citizen.phone': 'phone',
  'citizen.address': 'address',
  content: 'content',
  agencyId: 'agencyId',
  summary: 'summary',
  text: 'answerText',
  question: 'question',
  reason: 'refusalText',
  reasonCode: 'refusalReason',
  referredTo: 'referredTo',
  'callAttempt.number': 'callAttempt',
  'external.number': 'externalNumber',
  'external.issuedBy': 'externalIssuedBy',
  'external.issuedOn': 'externalIssuedOn',
  'external.dueAt': 'externalDueAt',
}

export type Problems = Partial<Record<FormPlace, string>>

/** The words of an outcome that was not `done`, by the field they belong to. Empty when it was done. */
export function problemsOf(outcome: Outcome, say: Say): Problems {
  if (outcome.outcome === 'done') return {}
  if (outcome.outcome === 'refused') {
    return { [placeOfRefusal[outcome.refused] ?? 'form']: refusalWords(outcome, say) }
  }
  const problems: Problems = {}
  for (const { path } of outcome.problems) {
    const place = placeOfPath[path] ?? 'form'
    problems[place] = place === 'form' ? say('problem.invalidAt', { field: path }) : say('problem.invalid')
  }
  return problems
}

export function refusalWords(refusal: { refused: string; why: Record<string, string | number> }, say: Say): string {
  return sayCode(say, 'refusal', refusal.refused, refusal.why)
}

/** Of an act in a dialog there is one place for words: what was refused, and that nothing was lost. */
export function outcomeWords(outcome: Outcome, say: Say): string | null {
  if (outcome.outcome === 'done') return null
  if (outcome.outcome === 'refused') return refusalWords(outcome, say)
  return outcome.problems.map(({ path }) => say('problem.invalidAt', { field: path })).join(' ')
}
