import { z } from 'zod'
import { commandNames } from '../cases/commands.ts'
import { refusalSchema } from '../cases/refusals.ts'
import { caseRowSchema, clockViewSchema, proofLineSchema, recordingRowSchema } from '../cases/views.ts'
import { agencyIdSchema, caseIdSchema, instantSchema, recordingIdSchema } from '../ids.ts'
import { accountSchema, roleSchema } from '../people/roles.ts'

/**
 * The agency workspace's contract (agency.html). Sessions are the same as everybody's; besides, the link in the SMS
 * (`/phieu/<token>`) opens one slip after a one-time code sent to the same phone.
 */

/** POST /api/agency/link { token } sends the code; POST /api/agency/link/code { token, code } answers `signedInSchema`. */
export const linkOpenSchema = z.object({ token: z.string().min(8).max(200) })
export const linkSentSchema = z.object({ sentTo: z.string(), expiresAt: instantSchema })
export const linkCodeSchema = linkOpenSchema.extend({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/),
})

/** An opinion asked of another agency (S2 k.1, #33), as the one that asks and the one that owes it see it. */
export const opinionSchema = z.object({
  consultId: z.string(),
  askedOf: agencyIdSchema,
  askedOfName: z.string(),
  question: z.string(),
  askedAt: instantSchema,
  replyBy: instantSchema,
  repliedAt: instantSchema.nullable(),
  /** The opinion itself; empty in a list, and until it has come. */
  reply: z.string(),
  reminders: z.int(),
  /** #34: whether the next reminder goes to Home Affairs too. */
  isNextCopied: z.boolean(),
  /** The calendar in which the asked agency works. */
  calendarId: z.string(),
  /** What is left or late in that agency's working time, in words at `now`; empty once it has replied. */
  timeText: z.string(),
})
export type Opinion = z.infer<typeof opinionSchema>

export const agencyRowSchema = caseRowSchema.extend({
  /** Of the agency that holds the slip. */
  leadName: z.string(),
  /** For the lead all that it still awaits; for another agency those it still owes. */
  opinions: z.array(opinionSchema),
  /** #4: the time limit of the letter or portal by which the case came. */
  externalDueAt: instantSchema.nullable(),
})
export type AgencyRow = z.infer<typeof agencyRowSchema>

/** GET /api/agency/slips: of the signed-in person's agency only. */
export const slipsSchema = z.object({
  account: accountSchema,
  agencyName: z.string(),
  now: instantSchema,
  slips: z.array(agencyRowSchema),
})

const clockLevelSchema = clockViewSchema.shape.level

/** The clock's working: a stretch that one holder answers for (#38), line by line, and what it adds up to. */
const heldStretchSchema = z.object({
  level: clockLevelSchema,
  agencyName: z.string(),
  fromAt: instantSchema,
  /** The clock stood still before it, from here to `fromAt`; null where it did not. */
  stoodFromAt: instantSchema.nullable(),
  lines: z.array(proofLineSchema),
  /** "8 giờ". */
  amount: z.string(),
})

/** What else is known of the deadline besides the clock itself. */
const deadlineFactsSchema = z.object({
  /** "còn 5 giờ 20 phút làm việc, hạn là 16:00 Thứ Năm 03/9" at `now`; empty where nothing falls due. */
  text: z.string(),
  /** The clock stands still: why, what is left of it, and when it goes on by itself. */
  stopped: z
    .object({ reason: z.enum(['pause', 'supplement']), left: z.string(), resumesAt: instantSchema.nullable() })
    .nullable(),
  /** #4. */
  external: z.object({ number: z.string(), issuedBy: z.string(), dueAt: instantSchema.nullable() }).nullable(),
  /** D2: the head's 48 hours under both readings, and the one that counts; null at other levels. */
  readings: z
    .object({
      inForce: z.enum(['R1', 'R2', 'R3']),
      R1: instantSchema.nullable(),
      R2: instantSchema.nullable(),
    })
    .nullable(),
  /** D14: the acts by which the calendar was corrected while the clock ran. */
  recounts: z.array(
    z.object({
      at: instantSchema,
      acts: z.array(z.string()),
      dueBefore: instantSchema.nullable(),
      dueAfter: instantSchema.nullable(),
    }),
  ),
  /** D14: a level that reads otherwise by all that is known of the calendars now; that moves nothing by itself. */
  corrected: z.array(
    z.object({
      level: clockLevelSchema,
      dueAt: instantSchema.nullable(),
      /** Empty where it was in time. */
      lateText: z.string(),
      correctedDueAt: instantSchema.nullable(),
      correctedLateText: z.string(),
    }),
  ),
  /** #38: who held the slip for how much working time, and how much of it was late. */
  holders: z.array(
    z.object({
      level: clockLevelSchema,
      agencyName: z.string(),
      heldText: z.string(),
      /** Empty where nothing was late. */
      lateText: z.string(),
    }),
  ),
  working: z.array(heldStretchSchema),
})

/** What this slip's policy offers to choose from, and the limits it sets. */
const choicesSchema = z.object({
  /** #29: `why` of a reason that can never stop the clock. */
  pauseReasons: z.array(z.object({ code: z.string(), label: z.string(), why: z.string().nullable() })),
  /** #30, D8. */
  pauseConfirmers: z.array(roleSchema),
  pauseConfirmWithinHours: z.number(),
  /** #37. */
  lateCauses: z.array(z.object({ code: z.string(), label: z.string() })),
  /** D4: the latest instant to which the slip can be postponed; null where it cannot. */
  postponeUntilAt: instantSchema.nullable(),
  /** #36: an accepted return sends the question of competence to the provincial office. */
  isReturnForOffice: z.boolean(),
})

/** GET /api/agency/slips/:caseId. What the officer may know of the citizen: name, phone and address to reach them (S4 Đ.9 k.3). */
export const slipDetailSchema = z.object({
  row: agencyRowSchema,
  /** Whether the reader's agency is only asked for its opinion: then without the citizen and without the lead's clock. */
  isOpinionOnly: z.boolean(),
  content: z.string(),
  summary: z.string(),
  citizen: z.object({ name: z.string(), phone: z.string(), address: z.string() }),
  fieldName: z.string(),
  areaName: z.string(),
  clock: clockViewSchema.nullable(),
  deadline: deadlineFactsSchema,
  opinions: z.array(opinionSchema),
  /** #30: asked for and not yet confirmed: the clock runs. */
  pendingPause: z.object({ at: instantSchema, reason: z.string(), byName: z.string() }).nullable(),
  isPaused: z.boolean(),
  /** #16, D5. */
  pendingSupplement: z.object({ at: instantSchema, missing: z.array(z.string()), stopsClock: z.boolean() }).nullable(),
  /** #36. */
  pendingReturn: z.object({ at: instantSchema, reason: z.string() }).nullable(),
  /** #37: why it is late, once somebody has said so. */
  lateCause: z.object({ label: z.string(), text: z.string() }).nullable(),
  /** D14: lifted by an act with number and signer; it was late all the same (#22). */
  lateLift: z.object({ number: z.string(), signedBy: z.string(), signedOn: z.string() }).nullable(),
  /** #27: letters of the office that remind, urge or demand an explanation. */
  urgings: z.array(
    z.object({
      urgingId: z.string(),
      kind: z.enum(['remind', 'urge', 'explain']),
      number: z.string(),
      signedBy: z.string(),
      signedOn: z.iso.date(),
      content: z.string(),
      replyBy: instantSchema.nullable(),
      repliedAt: instantSchema.nullable(),
    }),
  ),
  choices: choicesSchema,
  journal: z.array(z.object({ at: instantSchema, text: z.string() })),
  recordings: z.array(recordingRowSchema),
  /** S4 Đ.11 k.1, D11: calls of the case that this agency may not hear, and what became of its asking. */
  unheard: z.array(
    z.object({
      recordingId: recordingIdSchema,
      startedAt: instantSchema,
      asked: z.enum(['no', 'waiting', 'denied', 'over']),
    }),
  ),
  counts: z.object({ postponements: z.int(), supplements: z.int(), bounces: z.int() }),
  available: z.array(z.enum(commandNames as [string, ...string[]])),
  now: instantSchema,
})
export type SlipDetail = z.infer<typeof slipDetailSchema>

/**
 * GET /api/agency/slips/:caseId/consultable: whom the lead may ask, and until when by default: the policy's hours for all, or those
 * that it sets for one procedure at one agency (#35), counted from now in that agency's own working time.
 */
export const consultableSchema = z.object({
  agencies: z.array(
    z.object({
      agencyId: agencyIdSchema,
      name: z.string(),
      hours: z.number(),
      replyBy: instantSchema,
      procedures: z.array(
        z.object({ procedure: z.string(), basis: z.string(), hours: z.number(), replyBy: instantSchema }),
      ),
    }),
  ),
})
export type Consultable = z.infer<typeof consultableSchema>['agencies'][number]

/** POST /api/agency/commands: a command of the person who is signed in; `commandId` makes a repeat harmless. */
export const agencyCommandSchema = z.object({
  commandId: z.string().min(1).max(80),
  caseId: caseIdSchema,
  name: z.enum(commandNames as [string, ...string[]]),
  input: z.unknown(),
})
export const agencyCommandAnswerSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done') }),
  refusalSchema.extend({ outcome: z.literal('refused'), message: z.string() }),
])

/** POST /public/call { number } → how the citizen's browser calls 1022 on the line. */
export const publicCallSchema = z.object({ number: z.string().trim().max(20).default('') })
export const publicCallGrantSchema = z.object({
  wsUrl: z.string(),
  domain: z.string(),
  username: z.string(),
  password: z.string(),
  callerNumber: z.string(),
  queueNumber: z.string(),
  iceServers: z.array(
    z.object({ urls: z.string(), username: z.string().optional(), credential: z.string().optional() }),
  ),
})
