import type { Opinion } from '../../../src-shared/api/agency.ts'
import type { CaseState, Consult } from '../../../src-shared/cases/case.ts'
import { isOfStage } from '../../../src-shared/cases/command-stages.ts'
import type { CaseEvent } from '../../../src-shared/cases/events.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import type { Policy } from '../../../src-shared/deadlines/policy.ts'
import { lateWords, leftWords } from '../../../src-shared/deadlines/spoken.ts'
import type { Account } from '../../../src-shared/people/roles.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'
import { knowsCitizen } from './knows-citizen.ts'

/** What an opinion is told by: the names, the working hours of who owes it, the policy of the case, the instant. */
export interface OpinionFrame {
  readonly reference: ReferenceBook
  readonly policy: Policy
  readonly now: number
}

/** The opinions on a case that concern the reader: all for who holds the slip, for another agency those it still owes. */
export function opinionsFor(account: Account, state: CaseState, frame: OpinionFrame): Opinion[] {
  const concerned = knowsCitizen(account, state) ? state.consults : state.consults.filter(isOwedBy(account, state))
  return concerned.map((consult) => opinionOf(consult, frame))
}

/** Awaited and not too late to be of use: nobody is told to give an opinion on a case that is closed. */
export const isAwaited = (consult: Consult, state: CaseState): boolean =>
  consult.repliedAt === null && isOfStage('consult.reply', state.stage)

const isOwedBy = (account: Account, state: CaseState) => (consult: Consult) =>
  consult.agencyId === account.agencyId && isAwaited(consult, state)

/** The opinions as they were given, by the id of the request. */
export function repliesIn(events: readonly CaseEvent[]): ReadonlyMap<string, string> {
  return new Map(
    events.flatMap((event) => (event.name === 'consult.replied' ? [[event.data.consultId, event.data.text]] : [])),
  )
}

function opinionOf(consult: Consult, { reference, policy, now }: OpinionFrame): Opinion {
  const { id, agencyId, question, askedAt, replyBy, repliedAt, reminders } = consult
  return {
    consultId: id,
    askedOf: agencyId,
    askedOfName: reference.agency(agencyId)?.name ?? agencyId,
    question,
    askedAt,
    replyBy,
    repliedAt,
    reply: '',
    reminders,
    isNextCopied: reminders + 1 >= policy.consult.copyHomeAffairsFromReminder,
    calendarId: reference.hours.calendarIdOf(agencyId) ?? '',
    timeText: repliedAt === null ? timeWords(agencyId, fromIso(replyBy), now, reference) : '',
  }
}

/** S2 k.1 (#33): in the working time of the agency that owes it; the lead's own clock runs on beside. */
function timeWords(agencyId: string, replyBy: number, now: number, { hours }: ReferenceBook): string {
  const workingTime = hours.ofAgency(agencyId)
  if (workingTime === undefined) return ''
  return now > replyBy ? lateWords(workingTime.between(replyBy, now)) : leftWords(workingTime.between(now, replyBy))
}
