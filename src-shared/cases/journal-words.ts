import { fromIso } from '../deadlines/instants.ts'
import { dayAndMonth, dueWords, instantWords } from '../deadlines/spoken.ts'
import { type Language, say, type WordParams } from '../words/words.ts'
import type { CaseEvent } from './events.ts'

/** What the journal looks names up in; a directory is one. */
export interface JournalNames {
  readonly agencies: readonly { readonly id: string; readonly name: string }[]
}

/**
 * One sentence that tells what an event was, without who did it and when: the journal shows those beside it. An agency
 * that is no longer in the directory appears by its id.
 */
export function describeEvent(event: CaseEvent, language: Language, names: JournalNames): string {
  const agency = (id: string) => names.agencies.find((each) => each.id === id)?.name ?? id
  const at = (instant: string) => instantWords(fromIso(instant))
  return sentence(event, language, { agency, at })
    .trim()
    .replace(/\s{2,}/g, ' ')
}

interface Lookups {
  agency(id: string): string
  at(instant: string): string
}

function sentence(event: CaseEvent, language: Language, { agency, at }: Lookups): string {
  const key = `event.${event.name}` as const
  const tell = (params: WordParams = {}) => say(language, key, params)
  switch (event.name) {
    case 'case.opened': {
      const { code, kind, channel } = event.data
      return tell({ code, kind: say(language, `kind.${kind}`), channel: say(language, `channel.${channel}`) })
    }
    case 'case.refused': {
      const { reason, referredTo, toldVia, toldAt } = event.data
      return tell({ reason: ended(reason), referredTo, way: say(language, `way.${toldVia}`), toldAt: at(toldAt) })
    }
    case 'case.answered': {
      const { text, article, source, liveOfficer } = event.data
      if (liveOfficer !== undefined) {
        const { name, agencyId } = liveOfficer
        return say(language, 'event.case.answered-live', { officer: name, agency: agency(agencyId), text })
      }
      return tell({ text, source: source ?? (article === null ? '' : `${article.id} (v${article.version})`) })
    }
    case 'competence.set':
      return tell({ ...event.data, agency: agency(event.data.agencyId) })
    case 'slip.sent': {
      const { agencyId, callAttempt, skippedCallReason } = event.data
      const to = agency(agencyId)
      if (callAttempt !== null) {
        const result = say(language, `call-result.${callAttempt.result}`)
        return tell({ agency: to, number: callAttempt.number, at: at(callAttempt.at), result })
      }
      return skippedCallReason === null || skippedCallReason === ''
        ? say(language, 'event.slip.sent-after-hours', { agency: to })
        : say(language, 'event.slip.sent-without-call', { agency: to, reason: skippedCallReason })
    }
    case 'slip.received':
      return tell({ agency: agency(event.data.agencyId), hours: hours(event.data.allowanceSeconds) })
    case 'slip.answered': {
      const { level, text, approver } = event.data
      const params = { level: say(language, `level.${level}`), text }
      if (approver === null || approver === '') return tell(params)
      return say(language, 'event.slip.answered-approved', { ...params, approver })
    }
    case 'slip.promised':
      return tell({ completeAt: at(event.data.completeAt), reason: event.data.reason })
    case 'slip.postponed':
      return tell({ newDueAt: dueWords(fromIso(event.data.newDueAt)), reason: event.data.reason })
    case 'slip.due-soon': {
      const { level, dueAt, minutesBefore } = event.data
      const holder = say(language, `role.${level}`)
      return tell({ level: holder, hours: hours(minutesBefore * 60), dueAt: dueWords(fromIso(dueAt)) })
    }
    case 'slip.transferred': {
      const { fromAgencyId, agencyId, act, reason } = event.data
      return tell({ from: agency(fromAgencyId), agency: agency(agencyId), act, reason: ended(reason) })
    }
    case 'lateness.explained':
      return tell({ text: event.data.text })
    case 'lateness.lifted': {
      const { act, reason } = event.data
      const { number, signedBy, signedOn } = act
      return tell({ number, signedBy, signedOn: dateText(signedOn), reason: ended(reason) })
    }
    case 'clock.recounted': {
      const { dueBefore, dueAfter } = event.data
      const acts = event.data.acts.join('; ')
      if (dueBefore === null || dueAfter === null || dueBefore === dueAfter) {
        return say(language, 'event.clock.recounted-same', { acts })
      }
      return tell({ acts, dueBefore: dueWords(fromIso(dueBefore)), dueAfter: dueWords(fromIso(dueAfter)) })
    }
    case 'urging.sent': {
      const { kind, letter, signedFor, content, replyBy } = event.data
      const params = {
        kind: say(language, `urging.${kind}`),
        number: letter.number,
        signedBy: letter.signedBy,
        signedOn: dateText(letter.signedOn),
        signedFor: say(language, `signed-for.${signedFor}`),
        content,
      }
      if (replyBy === null) return tell(params)
      return say(language, 'event.urging.sent-reply-by', { ...params, replyBy: at(replyBy) })
    }
    case 'recording.requested':
    case 'recording.denied':
      return tell({ agency: agency(event.data.agencyId), reason: ended(event.data.reason) })
    case 'recording.granted':
      return tell({ agency: agency(event.data.agencyId), untilAt: at(event.data.untilAt) })
    case 'slip.escalated':
      return tell({ dueAt: at(event.data.dueAt), hours: hours(event.data.allowanceSeconds) })
    case 'case.became-late':
      return tell({ dueAt: at(event.data.dueAt) })
    case 'supplement.requested': {
      const { missing, stopsClock, capSeconds } = event.data
      const list = missing.join('; ')
      if (!stopsClock || capSeconds === null) return tell({ missing: list })
      return say(language, 'event.supplement.requested-stopped', { missing: list, hours: hours(capSeconds) })
    }
    case 'pause.confirmed':
      return tell({ effectiveAt: at(event.data.effectiveAt) })
    case 'pause.refused':
      return tell({ reason: ended(event.data.reason) })
    case 'consult.asked': {
      const { agencyId, replyBy, question } = event.data
      return tell({ agency: agency(agencyId), replyBy: at(replyBy), question })
    }
    case 'consult.reminded': {
      const { count, copyToHomeAffairs } = event.data
      return copyToHomeAffairs ? say(language, 'event.consult.reminded-copied', { count }) : tell({ count })
    }
    case 'case.withdrawn': {
      const { name, signedOn } = event.data.headSignature
      return tell({ name, signedOn: dateText(signedOn) })
    }
    case 'citizen.told': {
      const { via, toldAt, note } = event.data
      return tell({ way: say(language, `way.${via}`), toldAt: at(toldAt), note })
    }
    case 'case.closed':
      return tell({ level: say(language, `level.${event.data.resolvedLevel}`), proof: event.data.proof })
    case 'recording.attached': {
      const seconds = Math.floor(event.data.durationMs / 1000)
      const startedAt = at(event.data.startedAt)
      return tell({ startedAt, minutes: Math.floor(seconds / 60), seconds: seconds % 60 })
    }
    case 'case.amended':
    case 'answer.unpublished':
    case 'case.reopened':
    case 'slip.returned':
    case 'slip.return-rejected':
      return tell({ reason: event.data.reason })
    case 'case.redirected':
      return tell({ number: event.data.number })
    case 'competence.asked':
      return tell({ question: event.data.question })
    case 'slip.return-accepted':
    case 'slip.reminded':
      return tell({ note: event.data.note })
    case 'supplement.received':
    case 'consult.replied':
    case 'urging.replied':
      return tell({ text: event.data.text })
    case 'pause.requested':
      return tell({ explanation: event.data.explanation })
    case 'case.rated':
      return tell({ score: event.data.score, comment: event.data.comment })
    case 'slip.opened':
    case 'pause.ended':
    case 'recording.listened':
    case 'answer.published':
      return tell()
  }
}

/** `8`, `1,5`. */
const hours = (seconds: number): string => String(Math.round((seconds / 3600) * 100) / 100).replace('.', ',')

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

function dateText(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${dayAndMonth({ month: month!, day: day! })}/${year}`
}
