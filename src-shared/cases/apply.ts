import type { Answer, CaseState, RecordingRequest, Slip } from './case.ts'
import { marksOf } from './clock-marks.ts'
import type { CaseEvent, EventData, EventName } from './events.ts'

/**
 * Raised whenever the fold tells more of a case than before, or something else: a store that keeps folded cases folds its
 * events anew when it opens with another number.
 */
export const foldVersion = 2

/**
 * Folds one event into the case. Total over whatever `decide` hands out; every read model is made of it.
 * @throws Error for an order that cannot be (a slip's event without a slip, a second opening): the register is broken.
 */
export function apply(state: CaseState | null, event: CaseEvent): CaseState {
  if (event.name === 'case.opened') {
    if (state !== null) throw impossible(event, 'the case is already open')
    return opened(event.data, event)
  }
  if (state === null) throw impossible(event, 'there is no case yet')
  if (state.id !== event.caseId) throw impossible(event, `it belongs to another case than ${state.id}`)
  if (needsSlip.has(event.name) && state.slip === null) throw impossible(event, 'no agency holds a slip')
  const change = (folds[event.name] as Fold)(state, event.data, event)
  return {
    ...state,
    ...change,
    clockMarks: [...state.clockMarks, ...marksOf(state, event)],
    lastCommandId: event.commandId,
    version: state.version + 1,
    updatedAt: event.at,
  }
}

/** The case that a whole journal tells; null for an empty one. */
export function fold(events: Iterable<CaseEvent>): CaseState | null {
  let state: CaseState | null = null
  for (const event of events) state = apply(state, event)
  return state
}

type Fold = (state: CaseState, data: unknown, event: CaseEvent) => Partial<CaseState>
type Folds = {
  [N in Exclude<EventName, 'case.opened'>]: (
    state: CaseState,
    data: EventData<N>,
    event: CaseEvent,
  ) => Partial<CaseState>
}

const needsSlip: ReadonlySet<EventName> = new Set([
  'slip.received',
  'slip.opened',
  'slip.answered',
  'slip.promised',
  'slip.postponed',
  'slip.returned',
  'slip.return-accepted',
  'slip.return-rejected',
  'slip.reminded',
  'slip.due-soon',
  'slip.transferred',
  'slip.escalated',
  'case.became-late',
  'pause.confirmed',
])

const impossible = (event: CaseEvent, why: string): Error =>
  new Error(`event ${event.name} of case ${event.caseId} cannot follow: ${why}`)

function opened(data: EventData<'case.opened'>, event: CaseEvent): CaseState {
  return {
    id: event.caseId,
    code: data.code,
    aliases: [],
    stage: 'received',
    kind: data.kind,
    channel: data.channel,
    fieldId: data.fieldId,
    areaId: data.areaId,
    content: data.content,
    citizen: data.citizen,
    isUrgent: data.isUrgent,
    hazard: data.hazard,
    openedAt: event.at,
    openedBy: event.actor,
    call: data.call,
    external: data.external,
    competence: null,
    slip: null,
    answers: [],
    hasResult: false,
    citizenToldAt: null,
    refusal: null,
    redirect: null,
    closure: null,
    answeredFrom: null,
    publication: null,
    rating: null,
    recordings: [],
    resolvedLevel: null,
    isLate: false,
    lateCause: null,
    lateLift: null,
    remindedFor: null,
    counts: { postponements: 0, supplements: 0, bounces: 0 },
    pendingReturn: null,
    pendingSupplement: null,
    pendingPause: null,
    isPaused: false,
    consults: [],
    urgings: [],
    recordingRequests: [],
    clockMarks: [],
    lastCommandId: event.commandId,
    version: 1,
    updatedAt: event.at,
  }
}

const folds: Folds = {
  'case.amended': (state, data) => ({
    kind: data.kind ?? state.kind,
    fieldId: data.fieldId === undefined ? state.fieldId : data.fieldId,
    areaId: data.areaId === undefined ? state.areaId : data.areaId,
    content: data.content ?? state.content,
    citizen: data.citizen ?? state.citizen,
    isUrgent: data.isUrgent ?? state.isUrgent,
  }),
  'case.redirected': (_, { card, number }) => ({ stage: 'redirected', redirect: { card, number } }),
  'case.refused': (_, { reasonCode, reason, referredTo, toldAt }) => ({
    stage: 'refused',
    refusal: { reasonCode, reason, referredTo },
    citizenToldAt: toldAt,
  }),
  'case.answered': (state, { text, article, source, liveOfficer }, event) =>
    answered(state, {
      level: liveOfficer === undefined ? 1 : 2,
      text,
      at: event.at,
      author: event.actor,
      approver: null,
      agencyId: liveOfficer?.agencyId ?? null,
      article,
      source,
    }),
  'competence.asked': () => ({ stage: 'awaiting-competence' }),
  'competence.set': (_, { agencyId, reason }) => ({ stage: 'received', competence: { agencyId, reason } }),

  'slip.sent': (_, { agencyId, summary, callAttempt, skippedCallReason }, event) => ({
    slip: {
      agencyId,
      sentAt: event.at,
      sentBy: event.actor,
      receivedAt: null,
      openedAt: null,
      holder: 'focal-officer',
      clockStopsOn: 'result-and-citizen-told',
      summary,
      callAttempt,
      skippedCallReason,
      reminders: 0,
    },
  }),
  'slip.received': (state, { clockStopsOn }, event) => ({
    stage: 'with-focal-officer',
    slip: slipWith(state, { receivedAt: event.at, clockStopsOn }),
  }),
  'slip.opened': (state, _, event) => ({ slip: slipWith(state, { openedAt: state.slip?.openedAt ?? event.at }) }),
  'slip.answered': (state, { level, agencyId, text, approver }, event) => ({
    ...answered(state, {
      level,
      text,
      at: event.at,
      author: event.actor,
      approver,
      agencyId,
      article: null,
      source: null,
    }),
    pendingReturn: null,
    pendingSupplement: null,
    pendingPause: null,
    isPaused: false,
  }),
  'slip.promised': () => ({}),
  'slip.postponed': (state) => ({ counts: { ...state.counts, postponements: state.counts.postponements + 1 } }),
  'slip.returned': (_, { reason }, event) => ({ pendingReturn: { at: event.at, reason } }),
  'slip.return-accepted': (state) => ({
    stage: 'received',
    slip: null,
    counts: { ...state.counts, bounces: state.counts.bounces + 1 },
    hasResult: false,
    pendingReturn: null,
    pendingPause: null,
    isPaused: false,
    pendingSupplement: unstopped(state),
  }),
  'slip.return-rejected': () => ({ pendingReturn: null }),
  'slip.reminded': (state) => ({ slip: slipWith(state, { reminders: (state.slip?.reminders ?? 0) + 1 }) }),
  'slip.due-soon': (_, { dueAt, minutesBefore }) => ({ remindedFor: { dueAt, minutesBefore } }),
  'slip.transferred': (state, { agencyId }) => ({ slip: slipWith(state, { agencyId, openedAt: null }) }),
  'slip.escalated': (state) => ({
    stage: 'with-head',
    slip: slipWith(state, { holder: 'head' }),
    pendingSupplement: unstopped(state),
  }),
  'case.became-late': (state) => ({
    stage: 'late',
    isLate: true,
    slip: slipWith(state, { holder: 'office' }),
    pendingSupplement: unstopped(state),
  }),
  'lateness.explained': (_, { causeCode, text }, event) => ({ lateCause: { causeCode, text, at: event.at } }),
  'lateness.lifted': (_, { act, reason }, event) => ({ lateLift: { ...act, reason, at: event.at } }),
  'clock.recounted': () => ({}),

  'supplement.requested': (state, { missing, stopsClock }, event) => ({
    pendingSupplement: { at: event.at, missing, stopsClock },
    counts: { ...state.counts, supplements: state.counts.supplements + 1 },
  }),
  // What the citizen adds stands beside what was first said: the journal keeps both, the case reads as one text.
  'supplement.received': (state, { text }) => ({
    pendingSupplement: null,
    content: state.content === '' ? text : `${state.content}\n\n${text}`,
  }),
  'pause.requested': (_, { reasonCode }, event) => ({ pendingPause: { at: event.at, reasonCode, by: event.actor } }),
  'pause.confirmed': () => ({ pendingPause: null, isPaused: true }),
  'pause.refused': () => ({ pendingPause: null }),
  'pause.ended': () => ({ isPaused: false }),

  'consult.asked': (state, { consultId, agencyId, question, replyBy }, event) => ({
    consults: [
      ...state.consults,
      { id: consultId, agencyId, question, replyBy, askedAt: event.at, repliedAt: null, reminders: 0 },
    ],
  }),
  'consult.replied': (state, { consultId }, event) => ({
    consults: state.consults.map((c) => (c.id === consultId ? { ...c, repliedAt: event.at } : c)),
  }),
  'consult.reminded': (state, { consultId, count }) => ({
    consults: state.consults.map((c) => (c.id === consultId ? { ...c, reminders: count } : c)),
  }),

  'urging.sent': (state, { urgingId, kind, letter, signedFor, content, replyBy }, event) => ({
    urgings: [
      ...state.urgings,
      { id: urgingId, kind, letter, signedFor, content, replyBy, sentAt: event.at, repliedAt: null },
    ],
  }),
  'urging.replied': (state, { urgingId }, event) => ({
    urgings: state.urgings.map((each) => (each.id === urgingId ? { ...each, repliedAt: event.at } : each)),
  }),

  'case.withdrawn': () => ({
    stage: 'withdrawn',
    pendingReturn: null,
    pendingSupplement: null,
    pendingPause: null,
    isPaused: false,
  }),
  'citizen.told': (state, { toldAt }) => ({
    citizenToldAt: state.citizenToldAt ?? toldAt,
    // The officer's 8 hours ran out between the result and the word to the citizen; now both are done.
    ...(state.stage === 'answered' ? {} : { stage: 'answered', answeredFrom: state.stage }),
  }),
  'case.closed': (_, { proof, resolvedLevel }, event) => ({
    stage: 'closed',
    closure: { at: event.at, by: event.actor, proof },
    resolvedLevel,
  }),
  'case.reopened': (state) => ({
    stage: state.answeredFrom ?? 'received',
    closure: null,
    hasResult: false,
    citizenToldAt: null,
    resolvedLevel: null,
  }),
  'answer.published': (_, { question, answer }, event) => ({ publication: { question, answer, at: event.at } }),
  'answer.unpublished': () => ({ publication: null }),
  'case.rated': (_, { score, comment }, event) => ({ rating: { score, comment, at: event.at } }),
  'recording.requested': (state, { recordingId, agencyId, reason }, event) => ({
    recordingRequests: [
      ...state.recordingRequests.filter((each) => each.recordingId !== recordingId || each.agencyId !== agencyId),
      { recordingId, agencyId, reason, at: event.at, state: 'asked', untilAt: null },
    ],
  }),
  'recording.granted': (state, { recordingId, agencyId, untilAt }) =>
    decided(state, recordingId, agencyId, { state: 'granted', untilAt }),
  'recording.denied': (state, { recordingId, agencyId }) =>
    decided(state, recordingId, agencyId, { state: 'denied', untilAt: null }),
  'recording.listened': () => ({}),
  'recording.attached': (state, { recordingId }) => ({ recordings: [...state.recordings, recordingId] }),
}

function decided(
  state: CaseState,
  recordingId: string,
  agencyId: string,
  word: Pick<RecordingRequest, 'state' | 'untilAt'>,
): Partial<CaseState> {
  const is = (each: RecordingRequest) => each.recordingId === recordingId && each.agencyId === agencyId
  return { recordingRequests: state.recordingRequests.map((each) => (is(each) ? { ...each, ...word } : each)) }
}

function slipWith(state: CaseState, change: Partial<Slip>): Slip {
  return { ...state.slip!, ...change }
}

function answered(state: CaseState, answer: Answer): Partial<CaseState> {
  return {
    stage: 'answered',
    answeredFrom: state.stage,
    answers: [...state.answers, answer],
    hasResult: true,
    citizenToldAt: null,
  }
}

/** A supplement still awaited no longer holds a clock: the level it stopped is over. */
function unstopped(state: CaseState): CaseState['pendingSupplement'] {
  return state.pendingSupplement === null ? null : { ...state.pendingSupplement, stopsClock: false }
}
