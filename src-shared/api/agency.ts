import { z } from 'zod'
import { commandNames } from '../cases/commands.ts'
import { refusalSchema } from '../cases/refusals.ts'
import { caseRowSchema, clockViewSchema, proofLineSchema, recordingRowSchema } from '../cases/views.ts'
import { caseIdSchema, instantSchema } from '../ids.ts'
import { accountSchema } from '../people/roles.ts'

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

/** GET /api/agency/slips: of the signed-in person's agency only. */
export const slipsSchema = z.object({
  account: accountSchema,
  agencyName: z.string(),
  now: instantSchema,
  slips: z.array(caseRowSchema),
})

/** GET /api/agency/slips/:caseId. What the officer may know of the citizen: name, phone and address to reach them (S4 Đ.9 k.3). */
export const slipDetailSchema = z.object({
  row: caseRowSchema,
  content: z.string(),
  summary: z.string(),
  citizen: z.object({ name: z.string(), phone: z.string(), address: z.string() }),
  fieldName: z.string(),
  areaName: z.string(),
  clock: clockViewSchema.nullable(),
  /** "còn 5 giờ 20 phút làm việc, đến 16:00 Thứ Năm 03/9" at `now`. */
  deadlineText: z.string(),
  proof: z.array(proofLineSchema),
  journal: z.array(z.object({ at: instantSchema, text: z.string() })),
  recordings: z.array(recordingRowSchema),
  counts: z.object({ postponements: z.int(), supplements: z.int(), bounces: z.int() }),
  available: z.array(z.enum(commandNames as [string, ...string[]])),
  now: instantSchema,
})
export type SlipDetail = z.infer<typeof slipDetailSchema>

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
