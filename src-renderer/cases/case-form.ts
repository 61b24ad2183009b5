import type { CallAttempt, CaseKind, Channel, Citizen, ContactWay } from '../../src-shared/cases/case.ts'
import type { CommandInput, CommandName } from '../../src-shared/cases/commands.ts'
import { dateOf, endOfDayOf } from './typed-time.ts'

/** The ways a case leaves the agent's hands (S4 Đ.8, Đ.9). */
export const ways = ['answer', 'slip', 'refuse', 'competence'] as const
export type Way = (typeof ways)[number]

/** Everything the agent may type while the citizen speaks. Kept as it is in the draft. */
export interface CaseForm {
  kind: CaseKind
  channel: Channel
  fieldId: string | null
  areaId: string | null
  content: string
  name: string
  phone: string
  address: string
  email: string
  isAnonymous: boolean
  hazard: string | null
  isUrgent: boolean
  way: Way
  answerText: string
  article: { id: string; version: number; title: string; source: string } | null
  source: string
  isToldNow: boolean
  agencyId: string | null
  summary: string
  callAttempt: CallAttempt | null
  skippedCallReason: string
  refusalReason: string | null
  refusalText: string
  referredTo: string
  isRefusalTold: boolean
  question: string
  externalNumber: string
  externalIssuedBy: string
  /** As typed, `03/9/2026`. */
  externalIssuedOn: string
  /** As typed, `03/9/2026` or `03/9/2026 16:00`. */
  externalDueAt: string
  call: { callId: string; number: string; startedAt: string } | null
  /** Set once `case.open` was done, so that a second try gives only what is still missing. */
  openedCaseId: string | null
  /** Refused commands whose words these are: dismissed when the case has been registered. */
  refusedIds: readonly string[]
}

export const emptyForm: CaseForm = {
  kind: 'report',
  channel: 'phone',
  fieldId: null,
  areaId: null,
  content: '',
  name: '',
  phone: '',
  address: '',
  email: '',
  isAnonymous: false,
  hazard: null,
  isUrgent: false,
  way: 'answer',
  answerText: '',
  article: null,
  source: '',
  isToldNow: true,
  agencyId: null,
  summary: '',
  callAttempt: null,
  skippedCallReason: '',
  refusalReason: null,
  refusalText: '',
  referredTo: '',
  isRefusalTold: true,
  question: '',
  externalNumber: '',
  externalIssuedBy: '',
  externalIssuedOn: '',
  externalDueAt: '',
  call: null,
  openedCaseId: null,
  refusedIds: [],
}

/** A draft may be of an older version of this form: what it knows is taken, what it lacks is empty. */
export function formOf(kept: Record<string, unknown>): CaseForm {
  const known = Object.keys(emptyForm).filter((key) => key in kept)
  return { ...emptyForm, ...Object.fromEntries(known.map((key) => [key, kept[key]])) }
}

/** Nothing that a person typed or said is in it: it may be dropped without asking. */
export function isUntouched(form: CaseForm): boolean {
  const written = [
    form.content,
    form.name,
    form.address,
    form.answerText,
    form.summary,
    form.question,
    form.refusalText,
  ]
  const letter = [form.externalNumber, form.externalIssuedBy, form.externalIssuedOn, form.externalDueAt]
  return ![...written, ...letter].some((text) => text.trim() !== '')
}

/** A command as it goes over the bridge; the desk parses its input. */
export interface Given {
  readonly name: CommandName
  readonly input: unknown
}

export function citizenOf(form: CaseForm): Citizen {
  return {
    name: form.name,
    phone: form.phone,
    address: form.address,
    email: form.email,
    isAnonymous: form.isAnonymous,
  }
}

/** S4 Đ.3 k.5, Đ.5 k.3 (#4): what comes by the Government's portal or on paper has a number of its own. */
export const isWritten = (channel: Channel): boolean => channel === 'paper' || channel === 'portal'

/** With its own number, issuer, date and deadline; what is no date goes as typed, to be refused beside its field. */
function letterOf(form: CaseForm): CommandInput<'case.open'>['external'] {
  const { externalIssuedOn: on, externalDueAt: due } = form
  return {
    number: form.externalNumber,
    issuedBy: form.externalIssuedBy,
    issuedOn: on.trim() === '' ? null : dateOf(on),
    dueAt: due.trim() === '' ? null : endOfDayOf(due),
  }
}

export function openingOf(form: CaseForm, code: string): Given {
  const input = {
    code,
    kind: form.kind,
    channel: form.channel,
    fieldId: form.fieldId,
    areaId: form.areaId,
    content: form.content,
    citizen: citizenOf(form),
    isUrgent: form.isUrgent,
    hazard: form.isAnonymous ? form.hazard : null,
    call: form.call,
    external: isWritten(form.channel) ? letterOf(form) : null,
  }
  return { name: 'case.open', input }
}

/** What follows the opening, by the way the agent chose. `now` is an ISO instant. */
export function secondOf(form: CaseForm, now: string): Given {
  switch (form.way) {
    case 'answer':
      return {
        name: 'case.answer',
        input: {
          text: form.answerText,
          article: form.article === null ? null : { id: form.article.id, version: form.article.version },
          source: form.source.trim() === '' ? null : form.source,
          citizenTold: tellingOf(form, now),
        } satisfies CommandInput<'case.answer'>,
      }
    case 'slip':
      return {
        name: 'slip.send',
        input: {
          agencyId: form.agencyId,
          summary: form.summary.trim() === '' ? form.content : form.summary,
          callAttempt: form.callAttempt,
          skippedCallReason: form.skippedCallReason.trim() === '' ? null : form.skippedCallReason,
        },
      }
    case 'refuse':
      return {
        name: 'case.refuse',
        input: {
          reasonCode: form.refusalReason ?? '',
          reason: form.refusalText,
          referredTo: form.referredTo,
          toldVia: form.channel === 'phone' ? 'call' : form.channel === 'email' ? 'email' : 'sms',
          toldAt: now,
        } satisfies CommandInput<'case.refuse'>,
      }
    case 'competence':
      return {
        name: 'competence.ask',
        input: { question: form.question } satisfies CommandInput<'competence.ask'>,
      }
  }
}

/** An answer spoken in the conversation itself is told by being given (S4 Đ.9 k.1). */
function tellingOf(form: CaseForm, now: string): { via: ContactWay; at: string } | null {
  const isConversation = form.channel === 'phone' || form.channel === 'counter'
  if (!form.isToldNow || !isConversation) return null
  return { via: form.channel === 'counter' ? 'in-person' : 'call', at: now }
}
