import { z } from 'zod'
import {
  agencyIdSchema,
  caseIdSchema,
  commandIdSchema,
  deskIdSchema,
  instantSchema,
  recordingIdSchema,
} from '../ids.ts'
import { actorSchema } from '../people/roles.ts'
import { callAttemptSchema, caseKindSchema, channelSchema, citizenSchema, contactWaySchema } from './case.ts'

const words = (max: number) => z.string().trim().max(max)
const said = (max: number) => words(max).min(1)
const lateCause = z.object({ causeCode: words(60), text: words(1_000) })
const call = z.object({ callId: said(80), number: words(40), startedAt: instantSchema })

/** What a person may ask for, by name. Inputs only: whether it may be done is `decide`'s business. */
export const commandInputs = {
  'case.open': z.object({
    code: said(20),
    kind: caseKindSchema,
    channel: channelSchema,
    fieldId: words(60).nullable(),
    areaId: words(60).nullable(),
    content: words(10_000),
    citizen: citizenSchema,
    isUrgent: z.boolean().default(false),
    hazard: words(60).nullable().default(null),
    call: call.nullable().default(null),
    /** #4: the paper letter or the Government portal's item. */
    external: z
      .object({
        number: words(80),
        issuedBy: words(200),
        issuedOn: z.iso.date().nullable(),
        dueAt: instantSchema.nullable(),
      })
      .nullable()
      .default(null),
  }),
  /** A correction is a new entry, never an edit (S4 Đ.7). */
  'case.amend': z.object({
    kind: caseKindSchema.optional(),
    fieldId: words(60).nullable().optional(),
    areaId: words(60).nullable().optional(),
    content: words(10_000).optional(),
    citizen: citizenSchema.optional(),
    isUrgent: z.boolean().optional(),
    reason: said(500),
  }),
  /** S4 Đ.4 k.6: may open the case itself, before any form, so it carries its own code. */
  'case.redirect': z.object({
    code: said(20),
    card: z.enum(['113', '114', '115', 'complaint', 'denunciation']),
    number: words(200),
    channel: channelSchema.default('phone'),
    content: words(10_000).default(''),
    citizen: citizenSchema,
    call: call.nullable().default(null),
  }),
  'case.refuse': z.object({
    reasonCode: words(60),
    reason: words(1_000),
    referredTo: words(500),
    toldVia: contactWaySchema,
    toldAt: instantSchema,
  }),
  'case.answer': z.object({
    text: words(10_000),
    article: z.object({ id: said(80), version: z.int().positive() }).nullable(),
    /** The official document when no article was used (S4 Đ.9 k.1). */
    source: words(500).nullable().default(null),
    /** S4 Đ.9 k.2: the call was put through and the focal officer answered it live: no slip, resolved at level 2 (#12). */
    liveOfficer: z.object({ agencyId: agencyIdSchema, name: said(120) }).optional(),
    /** Set when the answer was given in the same conversation. */
    citizenTold: z.object({ via: contactWaySchema, at: instantSchema }).nullable().optional(),
  }),
  'competence.ask': z.object({ question: said(2_000) }),
  'competence.set': z.object({ agencyId: agencyIdSchema, reason: said(2_000) }),
  'slip.send': z.object({
    agencyId: agencyIdSchema,
    summary: words(2_000),
    callAttempt: callAttemptSchema.nullable(),
    skippedCallReason: words(500).nullable(),
  }),
  'slip.open': z.object({}),
  'slip.answer': z.object({
    text: words(10_000),
    /** #46: the one who released it, when it is not the author. */
    approver: words(120).nullable().default(null),
    citizenTold: z.object({ via: contactWaySchema, at: instantSchema }).nullable().default(null),
    /** S2 k.3 (#37): a late answer says why it is late, unless it was said before. */
    lateCause: lateCause.optional(),
  }),
  'slip.promise': z.object({ completeAt: instantSchema, reason: said(1_000) }),
  'slip.postpone': z.object({ newDueAt: instantSchema, reason: words(1_000) }),
  'slip.return': z.object({ reason: words(1_000) }),
  'slip.accept-return': z.object({ note: words(1_000).default('') }),
  'slip.reject-return': z.object({ reason: said(1_000) }),
  'slip.remind': z.object({ note: words(1_000) }),
  /** D13: the agency was dissolved or merged in mid-case; `act` is the number of the act that did it. */
  'slip.transfer': z.object({ agencyId: agencyIdSchema, reason: words(1_000), act: words(300) }),
  /** S2 k.1, k.3 (#37): the slow agency gathers the causes. */
  'lateness.explain': lateCause,
  /** D14: only an act with a number and a signer lifts lateness; the case was late for all that. */
  'lateness.lift': z.object({
    act: z.object({ number: words(120), signedBy: words(120), signedOn: z.iso.date().nullable() }),
    reason: words(1_000),
  }),
  /** S4 Đ.9 k.5 (#27): a letter of the office or of the Chairman: a reminder, an urging, or a demand to explain. */
  'urging.send': z.object({
    urgingId: said(80),
    kind: z.enum(['remind', 'urge', 'explain']),
    letter: z.object({ number: words(120), signedBy: words(120), signedOn: z.iso.date().nullable() }),
    signedFor: z.enum(['office', 'chairman']),
    content: words(2_000),
    replyBy: instantSchema.nullable(),
  }),
  'urging.reply': z.object({ urgingId: said(80), text: said(10_000) }),
  'supplement.request': z.object({ missing: z.array(said(300)).max(20) }),
  'supplement.receive': z.object({ text: said(10_000) }),
  'pause.request': z.object({ reasonCode: words(60), explanation: words(1_000) }),
  'pause.confirm': z.object({}),
  'pause.refuse': z.object({ reason: said(1_000) }),
  'pause.end': z.object({}),
  'consult.ask': z.object({
    consultId: said(80),
    agencyId: agencyIdSchema,
    question: words(2_000),
    replyBy: instantSchema.nullable(),
  }),
  'consult.reply': z.object({ consultId: said(80), text: said(10_000) }),
  'consult.remind': z.object({ consultId: said(80) }),
  /** S2 k.1: the unit head signs on the citizen's own request. */
  'case.withdraw': z.object({
    requestScan: words(300).nullable(),
    headSignature: z.object({ name: said(120), signedOn: z.iso.date() }).nullable(),
  }),
  'citizen.tell': z.object({ via: contactWaySchema, at: instantSchema, note: words(1_000).default('') }),
  /** S2 k.1: no close without proof: the reply as text or file, and when the citizen was reached. */
  'case.close': z.object({ proof: words(2_000), contactedAt: instantSchema.nullable() }),
  'case.reopen': z.object({ reason: said(1_000) }),
  'answer.publish': z.object({ question: words(10_000), answer: words(10_000) }),
  'answer.unpublish': z.object({ reason: said(1_000) }),
  'case.rate': z.object({ score: z.int().min(1).max(5), comment: words(1_000).default('') }),
  'recording.attach': z.object({
    recordingId: recordingIdSchema,
    callId: said(80),
    startedAt: instantSchema,
    durationMs: z.int().nonnegative(),
    chainHead: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  /** S4 Đ.11 k.1 (#40): who heard a recording is part of the case. */
  'recording.listen': z.object({ recordingId: recordingIdSchema }),
  /** S4 Đ.11 k.1 ¶2 (#40), D11: a unit concerned asks to hear it; the office lets it, until a time, or not. */
  'recording.request': z.object({ recordingId: recordingIdSchema, reason: words(1_000) }),
  'recording.grant': z.object({ recordingId: recordingIdSchema, agencyId: agencyIdSchema, untilAt: instantSchema }),
  'recording.deny': z.object({ recordingId: recordingIdSchema, agencyId: agencyIdSchema, reason: words(1_000) }),
  /** The keeper's own acts; only `system` may give them. */
  'clock.escalate': z.object({}),
  /** S4 Đ.13 k.2 (#28): a word before the due instant. */
  'clock.remind': z.object({}),
  /** D14: the calendar was corrected; an open clock is counted as it is known now. */
  'clock.recount': z.object({}),
} as const

export type CommandName = keyof typeof commandInputs
export type CommandInput<N extends CommandName> = z.output<(typeof commandInputs)[N]>
export const commandNames = Object.keys(commandInputs) as CommandName[]

const envelope = z.object({
  commandId: commandIdSchema,
  deskId: deskIdSchema,
  /** Gapless per desk, from 1. */
  n: z.int().nonnegative(),
  actor: actorSchema,
  /** The desk's clock, already corrected by its measured offset. */
  madeAt: instantSchema,
  caseId: caseIdSchema,
})

export type Command = {
  [N in CommandName]: z.infer<typeof envelope> & { readonly name: N; readonly input: CommandInput<N> }
}[CommandName]

/** Made once: making a schema costs many times what parsing by it does, and an outage sends a thousand commands. */
const headSchema = envelope.extend({
  name: z.enum(commandNames as [CommandName, ...CommandName[]]),
  input: z.unknown(),
})

/**
 * Parses a command off a wire or a file.
 * @throws ZodError that names the field when it is not one.
 */
export function parseCommand(value: unknown): Command {
  const head = headSchema.parse(value)
  return { ...head, input: commandInputs[head.name].parse(head.input) } as Command
}
