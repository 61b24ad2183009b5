import type { SlipDetail } from '../../../src-shared/api/agency.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { clockView } from '../../../src-shared/cases/case-clock.ts'
import { mayHear } from '../../../src-shared/cases/decide-recording.ts'
import { type CaseEvent, parseRegisteredEvent } from '../../../src-shared/cases/events.ts'
import { describeEvent } from '../../../src-shared/cases/journal-words.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { availableCommands } from '../../../src-shared/people/permissions.ts'
import type { Account } from '../../../src-shared/people/roles.ts'
import type { Language } from '../../../src-shared/words/words.ts'
import type { Deps } from '../http/deps.ts'
import type { EventLine } from '../store/store.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'
import { choicesOf } from './choices.ts'
import { deadlineFacts, noDeadline } from './deadline-facts.ts'
import { knowsCitizen, readableBy } from './knows-citizen.ts'
import { opinionsFor, repliesIn } from './opinions.ts'
import { slipRow } from './visible-slip.ts'

const nobody = { name: '', phone: '', address: '' }

/** A slip as its reader may know it, at the register's time. */
export function slipDetail(
  deps: Pick<Deps, 'clock'> & { readonly reference: ReferenceBook },
  account: Account,
  state: CaseState,
  lines: readonly EventLine[],
  language: Language,
): SlipDetail {
  const { reference } = deps
  const now = deps.clock.now()
  const policy = reference.policyOf(fromIso(state.openedAt))
  const frame = { reference, policy, now }
  const events: CaseEvent[] = lines.map(({ line }) => parseRegisteredEvent(JSON.parse(line)))
  const isLead = knowsCitizen(account, state)
  const readable = readableBy(account, state, reference)
  const replies = repliesIn(events)
  const opinions = opinionsFor(account, state, frame)
  const own = new Set(opinions.map((opinion) => opinion.consultId))
  const { pendingPause, pendingSupplement, pendingReturn, lateCause, lateLift, citizen } = state
  return {
    row: slipRow(account, state, frame),
    isOpinionOnly: !isLead,
    content: readable(state.content),
    summary: readable(state.slip?.summary ?? ''),
    // S4 Đ.9 k.3: the officer replies to the citizen; whoever may not, has no need of the number.
    citizen: isLead ? { name: citizen.name, phone: citizen.phone, address: citizen.address } : nobody,
    fieldName: reference.fieldName(state.fieldId),
    areaName: reference.areaName(state.areaId),
    clock: isLead ? clockView(state, reference.hours, now, false) : null,
    deadline: isLead ? deadlineFacts(state, events, { reference, now, language }) : noDeadline,
    opinions: opinions.map((opinion) => ({ ...opinion, reply: replies.get(opinion.consultId) ?? '' })),
    pendingPause:
      pendingPause === null || !isLead
        ? null
        : {
            at: pendingPause.at,
            reason: labelOf(pendingPause.reasonCode, policy.pauseReasons),
            byName: pendingPause.by.kind === 'person' ? pendingPause.by.name : '',
          },
    isPaused: isLead && state.isPaused,
    pendingSupplement:
      isLead && pendingSupplement !== null ? { ...pendingSupplement, missing: [...pendingSupplement.missing] } : null,
    pendingReturn: isLead ? pendingReturn : null,
    lateCause:
      lateCause === null || !isLead
        ? null
        : { label: labelOf(lateCause.causeCode, policy.lateCauses), text: lateCause.text },
    lateLift: isLead ? lateLift : null,
    urgings: isLead ? state.urgings.map(urgingOf) : [],
    choices: choicesOf(state, frame),
    journal: events
      .filter((event) => isLead || tellsOfOpinion(event, own))
      .map((event) => ({ at: event.at, text: describeEvent(event, language, reference.reference.directory) })),
    recordings: audibleTo(account, state, events, now),
    unheard: isLead ? unheardBy(account, state, events, now) : [],
    counts: state.counts,
    available: availableCommands(state, account),
    now: toIso(now),
  }
}

const urgingOf = ({ id, letter, kind, content, replyBy, repliedAt }: CaseState['urgings'][number]) => ({
  urgingId: id,
  ...letter,
  kind,
  content,
  replyBy,
  repliedAt,
})

/** D11: an agency hears a recording only by a request that was granted, and only until then. */
function audibleTo(
  { agencyId }: Account,
  state: CaseState,
  events: readonly CaseEvent[],
  now: number,
): SlipDetail['recordings'] {
  if (agencyId === undefined) return []
  return events.flatMap((event) => {
    if (event.name !== 'recording.attached' || !mayHear(state, event.data.recordingId, agencyId, now)) return []
    const { recordingId, callId, startedAt, durationMs } = event.data
    const kept = { state: 'uploaded', caseId: state.id, sizeBytes: 0, gaps: 0 } as const
    return [{ recordingId, callId, startedAt, durationMs, ...kept }]
  })
}

function unheardBy(
  { agencyId }: Account,
  state: CaseState,
  events: readonly CaseEvent[],
  now: number,
): SlipDetail['unheard'] {
  if (agencyId === undefined) return []
  return events.flatMap((event) => {
    if (event.name !== 'recording.attached' || mayHear(state, event.data.recordingId, agencyId, now)) return []
    const { recordingId, startedAt } = event.data
    const request = state.recordingRequests.find(
      (each) => each.recordingId === recordingId && each.agencyId === agencyId,
    )
    return [{ recordingId, startedAt, asked: request === undefined ? 'no' : becameOf[request.state] }]
  })
}

/** What was granted and is unheard all the same is over. */
const becameOf = { asked: 'waiting', denied: 'denied', granted: 'over' } as const

const labelOf = (code: string, list: readonly { code: string; label: string }[]): string =>
  list.find((each) => each.code === code)?.label ?? code

/** S2 k.1: who is asked for an opinion reads what it was asked and how often it was reminded; the rest is the lead's and the citizen's. */
function tellsOfOpinion(event: CaseEvent, own: ReadonlySet<string>): boolean {
  const isAboutOpinion = event.name === 'consult.asked' || event.name === 'consult.reminded'
  return isAboutOpinion && own.has(event.data.consultId)
}
