import type { Reference } from '../../src-shared/api/sync.ts'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import type { CaseState } from '../../src-shared/cases/case.ts'
import { readCaseClock } from '../../src-shared/cases/case-clock.ts'
import { isFinal } from '../../src-shared/cases/lifecycle.ts'
import type { CaseRow } from '../../src-shared/cases/views.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { dueWords, lateWords } from '../../src-shared/deadlines/spoken.ts'
import { agencyAnsweringFor, isInForce } from '../../src-shared/province/directory.ts'
import type { OfficeHours } from '../../src-shared/province/hours.ts'
import type { Say } from '../session/words.ts'
import { casePolicy } from './case-policy.ts'
import type { ChipTone } from './chip.ts'
import { eventsNamed, journalOf } from './journal.ts'
import { opinionTime } from './opinion-time.ts'
import { dateText, localDateOf } from './times.ts'

/** What supervisors and the office watch over besides the slips themselves (S2 k.1, k.2; D13). */
export const watchIds = ['opinions', 'pauses', 'hearings', 'explanations', 'dissolved', 'causes', 'bounced'] as const
export type WatchId = (typeof watchIds)[number]

export interface WatchItem {
  readonly key: string
  readonly row: CaseRow
  /** Of an opinion, so that a reminder can be sent from the list. */
  readonly consultId: string | null
  readonly text: string
  /** Null where the case's own deadline says it. */
  readonly chip: { readonly tone: ChipTone; readonly text: string } | null
  /** Earliest first. */
  readonly order: number
}

export interface WatchContext {
  readonly reference: Reference
  readonly hours: OfficeHours
  /** Epoch milliseconds. */
  readonly now: number
  readonly say: Say
}

type Make = (detail: CaseDetail, context: WatchContext) => WatchItem[]

/** The lines of one list, in the order in which they press. */
export function watchItems(id: WatchId, details: readonly CaseDetail[], context: WatchContext): WatchItem[] {
  return details.flatMap((detail) => makers[id](detail, context)).sort((a, b) => a.order - b.order)
}

/** The agencies that the directory no longer has in force (D13). */
export function dissolvedAgencies({ directory }: Reference, now: number) {
  const today = localDateOf(now)
  return directory.agencies.filter((agency) => agency.validTo !== undefined && !isInForce(agency, today))
}

const makers: Record<WatchId, Make> = {
  // #33: its own late list, beside the lead's clock, which runs on.
  opinions: ({ row, state }, { hours, now, say, reference }) =>
    state.consults.flatMap((consult) => {
      const workingTime = hours.ofAgency(consult.agencyId)
      if (consult.repliedAt !== null || workingTime === undefined) return []
      const time = opinionTime(consult, workingTime, now)
      if (time.tone !== 'late' && time.tone !== 'soon') return []
      const replyBy = fromIso(consult.replyBy)
      const agency = nameOf(reference, consult.agencyId)
      const text = say('watch.opinionOf', { agency, at: dueWords(replyBy) })
      const item = itemOf(row, text, { tone: time.tone, text: time.text }, replyBy)
      return [{ ...item, key: `${row.caseId} ${consult.id}`, consultId: consult.id }]
    }),

  pauses: (detail, context) => {
    const { row, state } = detail
    if (state.pendingPause === null) return []
    const at = fromIso(state.pendingPause.at)
    return [itemOf(row, pauseWords(detail, context), pauseLimitChip(state, context), at)]
  },

  dissolved: ({ row, state }, { reference, now, say }) => {
    const agency = dissolvedAgencies(reference, now).find(({ id }) => id === state.slip?.agencyId)
    if (agency === undefined) return []
    const successor = agencyAnsweringFor(reference.directory, agency.id, localDateOf(now))
    const text = say('watch.dissolvedOf', {
      agency: agency.shortName,
      on: dateText(agency.validTo!),
      successor: successor?.shortName ?? say('watch.noSuccessor'),
    })
    return [itemOf(row, text, null, dueOf(row))]
  },

  // D11: an agency waits for the office's yes or no.
  hearings: ({ row, state }, { reference, say }) =>
    state.recordingRequests.flatMap((request) => {
      if (request.state !== 'asked') return []
      const agency = nameOf(reference, request.agencyId)
      const askedAt = fromIso(request.at)
      const text = say('watch.hearingOf', { agency, at: dueWords(askedAt), reason: request.reason })
      return [{ ...itemOf(row, text, null, askedAt), key: `${row.caseId} ${request.recordingId} ${request.agencyId}` }]
    }),

  // S4 Đ.9 k.5 (#27).
  explanations: ({ row, state }, { reference, now, say }) =>
    state.urgings.flatMap(({ id, kind, letter, replyBy, repliedAt }) => {
      if (kind !== 'explain' || repliedAt !== null || replyBy === null) return []
      const agency = nameOf(reference, row.agencyId)
      const replyAt = fromIso(replyBy)
      const text = say('watch.explanationOf', { agency, number: letter.number, at: dueWords(replyAt) })
      const chip = replyAt < now ? ({ tone: 'late', text: say('watch.explanationLate') } as const) : null
      return [{ ...itemOf(row, text, chip, replyAt), key: `${row.caseId} ${id}` }]
    }),

  // #37: what is still open first; the closed ones count for the rating.
  causes: ({ row, state }, { reference, hours, now, say }) => {
    const { lateCauses } = casePolicy(reference, state.openedAt)
    if (state.lateCause !== null || lateCauses.length === 0) return []
    const late = readCaseClock(state, hours, now).levels.filter((level) => level.isLate)
    const last = late.at(-1)
    if (last === undefined) return []
    const holders = late.map(({ level, holder }) =>
      say('clock.holder', { level: say(`clock.level.${level}`), agency: nameOf(reference, holder.agencyId) }),
    )
    const chip = {
      tone: 'late',
      text: last.lateSeconds > 0 ? lateWords(last.lateSeconds) : say('watch.usedUp'),
    } as const
    const order = isFinal(state.stage) ? Number.MAX_SAFE_INTEGER - Date.parse(row.updatedAt) : dueOf(row)
    return [itemOf(row, say('watch.causeOf', { holders: holders.join('; ') }), chip, order)]
  },

  bounced: ({ row, state }, { reference, say }) => {
    const asked = state.pendingReturn
    const times = state.counts.bounces > 0 ? say('watch.bouncedOf', { count: state.counts.bounces }) : ''
    const text =
      asked === null
        ? times
        : say('watch.bouncedAsked', { agency: nameOf(reference, row.agencyId), reason: asked.reason })
    const chip = asked !== null && times !== '' ? ({ tone: 'soon', text: times } as const) : null
    return [itemOf(row, text, chip, asked === null ? Date.parse(row.updatedAt) : fromIso(asked.at))]
  },
}

function pauseWords({ state, events }: CaseDetail, { reference, say }: WatchContext): string {
  const { at, by, reasonCode } = state.pendingPause!
  const label = casePolicy(reference, state.openedAt).pauseReasons.find(({ code }) => code === reasonCode)?.label
  const explanation = eventsNamed(journalOf({ events }), 'pause.requested').at(-1)?.data.explanation ?? ''
  const reason = [label ?? reasonCode, explanation].filter(Boolean).join('. ')
  return say('watch.pauseOf', { name: by.kind === 'person' ? by.name : '', at: dueWords(fromIso(at)), reason })
}

/** D8: until when a confirmation still counts from the request. */
function pauseLimitChip(state: CaseState, { reference, hours, now, say }: WatchContext): WatchItem['chip'] {
  const workingTime = state.slip === null ? undefined : hours.ofAgency(state.slip.agencyId)
  if (workingTime === undefined) return null
  const { confirmWithinWorkingHours } = casePolicy(reference, state.openedAt).pause
  const until = workingTime.add(fromIso(state.pendingPause!.at), Math.round(confirmWithinWorkingHours * 3600))
  return now <= until
    ? { tone: 'soon', text: say('watch.pauseUntil', { at: dueWords(until) }) }
    : { tone: 'late', text: say('watch.pauseLate') }
}

const itemOf = (row: CaseRow, text: string, chip: WatchItem['chip'], order: number): WatchItem => ({
  key: row.caseId,
  row,
  consultId: null,
  text,
  chip,
  order,
})

const dueOf = (row: CaseRow) => (row.clock?.dueAt ? Date.parse(row.clock.dueAt) : Date.parse(row.openedAt))

const nameOf = ({ directory }: Reference, agencyId: string | null): string =>
  directory.agencies.find(({ id }) => id === agencyId)?.shortName ?? agencyId ?? ''
