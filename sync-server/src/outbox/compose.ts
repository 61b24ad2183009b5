import type { CaseState } from '../../../src-shared/cases/case.ts'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { isWithAgency } from '../../../src-shared/cases/lifecycle.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { dueWords, instantWords } from '../../../src-shared/deadlines/spoken.ts'
import { type Language, say, type WordKey, type WordParams } from '../../../src-shared/words/words.ts'
import type { Message } from '../store/store.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'
import type { MessageKind } from './notices.ts'

export interface ComposeContext {
  readonly now: number
  readonly language: Language
  readonly reference: ReferenceBook
  /** Makes the link that opens the slip; asked for only where the text carries one. */
  link(): string
  readonly lookUpUrl: string
}
export type Composed = { readonly text: string } | { readonly stale: string }

/**
 * #47: the words of a message, made from the case as it stands when it is sent. What is no longer true is stale: it is
 * replaced by whatever the newer event wrote, and never sent.
 */
export function compose(message: Message, state: CaseState | null, context: ComposeContext): Composed {
  const kind = message.kind as MessageKind
  if (kind === 'one-time-code') return oneTimeCode(message, context)
  if (state === null) return { stale: 'no-case' }
  return isStillTrue(kind, message, state, context)
    ? { text: say(context.language, `message.${kind}` as WordKey, paramsOf(kind, message, state, context)) }
    : { stale: state.stage }
}

function isStillTrue(
  kind: MessageKind,
  message: Message,
  state: CaseState,
  { reference, now }: ComposeContext,
): boolean {
  const isSameAgency = state.slip?.agencyId === message.params.agencyId
  switch (kind) {
    case 'receipt':
      return state.stage !== 'refused' && state.stage !== 'redirected' && state.stage !== 'closed'
    case 'refusal':
      return state.refusal !== null
    case 'citizen-answer':
      return state.answers.length > 0 && (state.stage === 'answered' || state.stage === 'closed')
    case 'slip-sent':
      return isSameAgency && state.stage === 'with-focal-officer'
    case 'slip-reminded':
      return isSameAgency && isWithAgency(state.stage)
    case 'slip-due-soon': {
      // A due instant that was moved meanwhile has reminders of its own, one that is past its escalation; and of two
      // reminders that waited for the same morning the later one says it all.
      const { state: clockState, dueAt } = readCaseClock(state, reference.hours, now)
      const isLatest = state.remindedFor?.minutesBefore === message.params.minutesBefore
      return isSameAgency && isLatest && clockState === 'running' && dueAt === message.params.dueAt && now <= dueAt
    }
    case 'slip-escalated':
      return (
        isSameAgency && state.slip?.holder === 'head' && (state.stage === 'with-head' || state.stage === 'answered')
      )
    case 'case-late':
      return state.stage === 'late'
    case 'competence-asked':
      return state.stage === 'awaiting-competence'
    case 'consult-asked':
    case 'consult-reminded':
      return state.consults.some((each) => each.id === message.params.consultId && each.repliedAt === null)
    case 'one-time-code':
      return true
  }
}

function paramsOf(kind: MessageKind, message: Message, state: CaseState, context: ComposeContext): WordParams {
  const { reference, now } = context
  const agencyId = String(message.params.agencyId ?? state.slip?.agencyId ?? '')
  const about = {
    code: state.code,
    agency: reference.agency(agencyId)?.name ?? '',
    hotline: reference.reference.directory.hotline,
    lookUpUrl: context.lookUpUrl,
  }
  switch (kind) {
    case 'citizen-answer':
      return { ...about, answer: shortened(state.answers.at(-1)!.text, 400) }
    case 'refusal':
      return { ...about, reason: state.refusal!.reason, referredTo: state.refusal!.referredTo }
    case 'slip-sent':
    case 'slip-reminded':
    case 'slip-due-soon':
    case 'slip-escalated': {
      const { dueAt } = readCaseClock(state, reference.hours, now)
      return {
        ...about,
        summary: shortened(state.slip!.summary || state.content, 120),
        due: dueAt === null ? '' : dueWords(dueAt),
        link: context.link(),
      }
    }
    case 'consult-asked':
    case 'consult-reminded': {
      const consult = state.consults.find((each) => each.id === message.params.consultId)!
      const { count = 0 } = message.params
      return {
        ...about,
        question: shortened(consult.question, 160),
        due: instantWords(fromIso(consult.replyBy)),
        count,
      }
    }
    case 'competence-asked':
      return { ...about, summary: shortened(state.content, 160) }
    default:
      return about
  }
}

function oneTimeCode({ params }: Message, { now, language }: ComposeContext): Composed {
  if (Number(params.expiresAt) <= now) return { stale: 'expired' }
  return { text: say(language, 'message.one-time-code', { digits: String(params.digits), minutes: 10 }) }
}

function shortened(text: string, length: number): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length <= length ? flat : `${flat.slice(0, length - 1).trimEnd()}…`
}
