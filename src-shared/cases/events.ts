import { z } from 'zod'
import { agencyIdSchema, caseIdSchema, commandIdSchema, instantSchema, recordingIdSchema } from '../ids.ts'
import { actorSchema } from '../people/roles.ts'
import { callAttemptSchema, contactWaySchema } from './case.ts'
import { commandInputs } from './commands.ts'

const text = z.string()
const level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
const none = z.object({})

/** What happened, by name, in the past tense. Append-only: a correction is a new event (S4 Đ.7, #41). */
export const eventData = {
  'case.opened': commandInputs['case.open'].extend({ policy: z.object({ id: text, version: z.int() }) }),
  'case.amended': commandInputs['case.amend'],
  'case.redirected': z.object({ card: text, number: text }),
  'case.refused': commandInputs['case.refuse'],
  /** Level 1 (S4 Đ.9 k.1); the article's version is pinned (#10). */
  'case.answered': commandInputs['case.answer'].omit({ citizenTold: true }),
  'competence.asked': commandInputs['competence.ask'],
  'competence.set': commandInputs['competence.set'],
  'slip.sent': z.object({
    agencyId: agencyIdSchema,
    summary: text,
    callAttempt: callAttemptSchema.nullable(),
    skippedCallReason: text.nullable(),
  }),
  /** D1: delivered in the system; the clock of 8 working hours starts at the event's `at`. */
  'slip.received': z.object({
    agencyId: agencyIdSchema,
    allowanceSeconds: z.int().positive(),
    /** #18: which facts stop this clock, as the policy stands now. */
    clockStopsOn: z.enum(['result-and-citizen-told', 'result']),
  }),
  'slip.opened': none,
  'slip.answered': z.object({ level, agencyId: agencyIdSchema, text, approver: text.nullable() }),
  'slip.promised': commandInputs['slip.promise'],
  'slip.postponed': commandInputs['slip.postpone'],
  'slip.returned': commandInputs['slip.return'],
  'slip.return-accepted': commandInputs['slip.accept-return'],
  'slip.return-rejected': commandInputs['slip.reject-return'],
  'slip.reminded': commandInputs['slip.remind'],
  /** #28: told to the holder once for each due instant and each number of working minutes before it. */
  'slip.due-soon': z.object({
    level: z.enum(['focal-officer', 'head']),
    dueAt: instantSchema,
    minutesBefore: z.int().positive(),
  }),
  /** D13: the clock goes on with the successor. */
  'slip.transferred': commandInputs['slip.transfer'].extend({ fromAgencyId: agencyIdSchema }),
  /** S4 Đ.9 k.4: the 8 hours are used up; `dueAt` is the instant they were, `at` the one it was noticed. */
  'slip.escalated': z.object({
    dueAt: instantSchema,
    to: z.literal('head'),
    allowanceSeconds: z.int().positive(),
    reading: z.enum(['R1', 'R2', 'R3']),
  }),
  /** S4 Đ.10 k.2: trễ hạn (đang chờ xử lý), reported to the provincial office. */
  'case.became-late': z.object({ dueAt: instantSchema }),
  'lateness.explained': commandInputs['lateness.explain'],
  'lateness.lifted': z.object({
    act: z.object({ number: text, signedBy: text, signedOn: z.iso.date() }),
    reason: text,
  }),
  /** D14: from here on the open level is counted by the calendars as known at `knownAt`, for the sake of these acts. */
  'clock.recounted': z.object({
    knownAt: instantSchema,
    acts: z.array(text).min(1),
    dueBefore: instantSchema.nullable(),
    dueAfter: instantSchema.nullable(),
  }),
  'urging.sent': commandInputs['urging.send'].extend({
    letter: z.object({ number: text, signedBy: text, signedOn: z.iso.date() }),
  }),
  'urging.replied': commandInputs['urging.reply'],
  /** D5: whether the clock stops, and after how much working time it goes on by itself even without an answer. */
  'supplement.requested': commandInputs['supplement.request'].extend({
    stopsClock: z.boolean(),
    capSeconds: z.int().positive().nullable(),
  }),
  'supplement.received': commandInputs['supplement.receive'],
  'pause.requested': commandInputs['pause.request'],
  'pause.confirmed': z.object({ effectiveAt: instantSchema }),
  'pause.refused': commandInputs['pause.refuse'],
  'pause.ended': none,
  'consult.asked': commandInputs['consult.ask'].extend({ replyBy: instantSchema }),
  'consult.replied': commandInputs['consult.reply'],
  /** #34: from the second reminder on, Home Affairs gets a copy. */
  'consult.reminded': commandInputs['consult.remind'].extend({
    count: z.int().positive(),
    copyToHomeAffairs: z.boolean(),
  }),
  'case.withdrawn': z.object({ requestScan: text, headSignature: z.object({ name: text, signedOn: z.iso.date() }) }),
  'citizen.told': z.object({ via: contactWaySchema, toldAt: instantSchema, note: text }),
  'case.closed': z.object({
    proof: text,
    contactedAt: instantSchema,
    resolvedLevel: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  }),
  /** D15: the old clock goes on; `countsClosedTime` where the policy says that it never stood still. */
  'case.reopened': commandInputs['case.reopen'].extend({ countsClosedTime: z.boolean() }),
  'answer.published': commandInputs['answer.publish'],
  'answer.unpublished': commandInputs['answer.unpublish'],
  'case.rated': commandInputs['case.rate'],
  'recording.requested': commandInputs['recording.request'].extend({ agencyId: agencyIdSchema }),
  'recording.granted': commandInputs['recording.grant'],
  'recording.denied': commandInputs['recording.deny'],
  'recording.listened': commandInputs['recording.listen'],
  'recording.attached': commandInputs['recording.attach'].extend({ recordingId: recordingIdSchema }),
} as const

export type EventName = keyof typeof eventData
export type EventData<N extends EventName> = z.output<(typeof eventData)[N]>
export const eventNames = Object.keys(eventData) as EventName[]

/** What `decide` hands back: a fact, before the register has numbered it. */
export type EventBody = { [N in EventName]: { readonly name: N; readonly data: EventData<N> } }[EventName]

const envelope = z.object({
  caseId: caseIdSchema,
  commandId: commandIdSchema,
  actor: actorSchema,
  /** The instant the fact counts from. On the server this is trusted time. */
  at: instantSchema,
  /** The instant the desk says it was done, corrected by the measured offset of its clock. */
  madeAt: instantSchema,
})
const register = z.object({
  /** Commit order over the whole register, gapless from 1. */
  seq: z.int().positive(),
  /** Order within the case, gapless from 1. */
  caseSeq: z.int().positive(),
  /** SHA-256 chain over the case (hex): `hash = sha256(prevHash + "\n" + canonical event without the two hashes)`. */
  prevHash: z.string(),
  hash: z.string(),
})

/** An event that `apply` can fold: predicted on a desk or taken from the register. */
export type CaseEvent = EventBody & z.infer<typeof envelope>
/** An event with its number and its place in the hash chains. */
export type RegisteredEvent = CaseEvent & z.infer<typeof register>

/** Made once: making a schema costs many times what parsing by it does, and a first sync parses every event there is. */
const headSchema = envelope
  .extend(register.shape)
  .extend({ name: z.enum(eventNames as [EventName, ...EventName[]]), data: z.unknown() })

/**
 * Parses one event of the register off a wire or an export.
 * @throws ZodError that names the field when it is not one.
 */
export function parseRegisteredEvent(value: unknown): RegisteredEvent {
  const head = headSchema.parse(value)
  return { ...head, data: eventData[head.name].parse(head.data) } as RegisteredEvent
}

/** Not enumerable: a copy that somebody changes does not take the line with it. A WeakMap of as many costs more than the parsing. */
const spelling = Symbol('line')

/**
 * Parses one line of the register's stream and remembers how the register spelt it (`lineOf`).
 * @throws SyntaxError when it is no JSON, ZodError when it is no event.
 */
export function readRegisteredLine(line: string): RegisteredEvent {
  const event = parseRegisteredEvent(JSON.parse(line))
  Object.defineProperty(event, spelling, { value: line })
  return event
}

/** The register's own spelling of an event that came off its stream, and otherwise ours: what is kept is what was sent (S37). */
export const lineOf = (event: RegisteredEvent & { readonly [spelling]?: string }): string =>
  event[spelling] ?? JSON.stringify(event)
