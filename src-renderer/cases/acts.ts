import type { CaseState } from '../../src-shared/cases/case.ts'
import type { CommandName } from '../../src-shared/cases/commands.ts'
import { localTimeOf, toIso } from '../../src-shared/deadlines/instants.ts'
import { dayAndMonth } from '../../src-shared/deadlines/spoken.ts'
import type { WordKey } from '../../src-shared/words/words.ts'

export type FieldKind =
  | 'line'
  | 'text'
  | 'contact-way'
  | 'instant'
  | 'date'
  | 'agency'
  | 'refusal-reason'
  | 'consult'
  | 'call-result'

export interface ActField {
  readonly name: string
  readonly kind: FieldKind
  readonly wordKey: WordKey
}

export type Values = Readonly<Record<string, string>>

/** A command as a dialog asks for it. An act without fields is done at once. */
export interface Act {
  readonly command: CommandName
  readonly fields: readonly ActField[]
  defaults?(state: CaseState, now: number): Values
  input(values: Values, state: CaseState, now: number): unknown
}

const field = (name: string, kind: FieldKind, wordKey: WordKey): ActField => ({ name, kind, wordKey })
const two = (value: number) => String(value).padStart(2, '0')

/** `03/9/2026 09:41`, on the province's wall clock: how moments are written and typed here. */
export function localText(instant: number): string {
  const { year, month, day, hour, minute } = localTimeOf(instant)
  return `${dayAndMonth({ month, day })}/${year} ${two(hour)}:${two(minute)}`
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

/** A moment given by the minute may lie a few seconds ahead of the clock; nobody was told in the future. */
const notAfter = (text: string, now: number): string => {
  const instant = instantOf(text)
  return text === localText(now) ? toIso(now) : instant
}

const plain = (command: CommandName): Act => ({ command, fields: [], input: () => ({}) })
const withReason = (command: CommandName): Act => ({
  command,
  fields: [field('reason', 'text', 'act.reason')],
  input: ({ reason }) => ({ reason }),
})

/** Everything the console can do with a case, in the order in which it is offered. */
export const acts: readonly Act[] = [
  {
    command: 'case.answer',
    fields: [field('text', 'text', 'field.answer'), field('source', 'line', 'field.source')],
    input: ({ text, source }) => ({ text, article: null, source: source || null }),
  },
  {
    command: 'slip.send',
    fields: [
      field('agencyId', 'agency', 'field.agency'),
      field('summary', 'text', 'field.summary'),
      field('number', 'line', 'act.calledNumber'),
      field('result', 'call-result', 'attempt.result'),
      field('skipped', 'line', 'attempt.skip'),
    ],
    defaults: (state) => ({ summary: state.content.slice(0, 2000) }),
    input: ({ agencyId, summary, number, result, skipped }, _state, now) => ({
      agencyId,
      summary,
      callAttempt: result ? { at: toIso(now), number, result } : null,
      skippedCallReason: skipped || null,
    }),
  },
  {
    command: 'competence.set',
    fields: [field('agencyId', 'agency', 'field.agency'), field('reason', 'text', 'act.reason')],
    input: ({ agencyId, reason }) => ({ agencyId, reason }),
  },
  {
    command: 'competence.ask',
    fields: [field('question', 'text', 'field.question')],
    input: ({ question }) => ({ question }),
  },
  {
    command: 'citizen.tell',
    fields: [
      field('via', 'contact-way', 'act.via'),
      field('at', 'instant', 'act.at'),
      field('note', 'text', 'act.note'),
    ],
    defaults: (_state, now) => ({ via: 'call', at: localText(now) }),
    input: ({ via, at = '', note }, _state, now) => ({ via, at: notAfter(at, now), note: note ?? '' }),
  },
  {
    command: 'case.close',
    fields: [field('proof', 'text', 'act.proof'), field('contactedAt', 'instant', 'act.contactedAt')],
    defaults: (state, now) => ({
      proof: state.answers.at(-1)?.text.slice(0, 2000) ?? '',
      contactedAt: state.citizenToldAt === null ? '' : localText(Math.min(Date.parse(state.citizenToldAt), now)),
    }),
    input: ({ proof, contactedAt = '' }, state, now) => ({
      proof,
      // Unchanged, it is the very instant the citizen was told, to the second.
      contactedAt:
        state.citizenToldAt !== null && contactedAt === localText(Date.parse(state.citizenToldAt))
          ? state.citizenToldAt
          : contactedAt === ''
            ? null
            : notAfter(contactedAt, now),
    }),
  },
  {
    command: 'slip.remind',
    fields: [field('note', 'text', 'act.reminder')],
    input: ({ note }) => ({ note: note ?? '' }),
  },
  {
    command: 'slip.accept-return',
    fields: [field('note', 'text', 'act.note')],
    input: ({ note }) => ({ note: note ?? '' }),
  },
  withReason('slip.reject-return'),
  {
    command: 'slip.promise',
    fields: [field('completeAt', 'instant', 'act.completeAt'), field('reason', 'text', 'act.reason')],
    input: ({ completeAt = '', reason }) => ({ completeAt: instantOf(completeAt), reason }),
  },
  {
    command: 'slip.postpone',
    fields: [field('newDueAt', 'instant', 'act.newDueAt'), field('reason', 'text', 'act.reason')],
    input: ({ newDueAt = '', reason }) => ({ newDueAt: instantOf(newDueAt), reason }),
  },
  plain('slip.open'),
  {
    command: 'slip.answer',
    fields: [field('text', 'text', 'field.answer'), field('approver', 'line', 'act.approver')],
    input: ({ text, approver }) => ({ text, approver: approver || null, citizenTold: null }),
  },
  withReason('slip.return'),
  {
    command: 'supplement.request',
    fields: [field('missing', 'text', 'act.missing')],
    input: ({ missing = '' }) => ({
      missing: missing
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    }),
  },
  {
    command: 'supplement.receive',
    fields: [field('text', 'text', 'act.supplement')],
    input: ({ text }) => ({ text }),
  },
  plain('pause.confirm'),
  withReason('pause.refuse'),
  plain('pause.end'),
  {
    command: 'consult.remind',
    fields: [field('consultId', 'consult', 'act.consult')],
    input: ({ consultId }) => ({ consultId }),
  },
  {
    command: 'case.refuse',
    fields: [
      field('reasonCode', 'refusal-reason', 'field.refusalReason'),
      field('reason', 'text', 'field.refusalText'),
      field('referredTo', 'line', 'field.referredTo'),
      field('toldVia', 'contact-way', 'act.via'),
    ],
    defaults: () => ({ toldVia: 'call' }),
    input: ({ reasonCode = '', reason, referredTo, toldVia }, _state, now) => ({
      reasonCode,
      reason,
      referredTo,
      toldVia,
      toldAt: toIso(now),
    }),
  },
  {
    command: 'case.amend',
    fields: [field('content', 'text', 'field.content'), field('reason', 'text', 'act.reason')],
    defaults: (state) => ({ content: state.content }),
    input: ({ content, reason }) => ({ content, reason }),
  },
  withReason('case.reopen'),
  withReason('answer.unpublish'),
  {
    command: 'case.withdraw',
    fields: [
      field('requestScan', 'line', 'act.requestScan'),
      field('signer', 'line', 'act.signer'),
      field('signedOn', 'date', 'act.signedOn'),
    ],
    input: ({ requestScan, signer, signedOn }) => ({
      requestScan: requestScan || null,
      headSignature: signer && signedOn ? { name: signer, signedOn: dateOf(signedOn) } : null,
    }),
  },
]
