import { z } from 'zod'
import { callAttemptSchema, caseKindSchema, channelSchema } from '../cases/case.ts'
import { agencyIdSchema, instantSchema } from '../ids.ts'
import { accountSchema } from '../people/roles.ts'
import { phoneSchema, slugSchema } from './directory.ts'

// The demonstration's people and past. Everything here is invented; telephone numbers are of a block that is not assigned.

const said = (max: number) => z.string().trim().min(1).max(max)
const minutes = z.int().nonnegative()

/** An account as seeded; its password is set by whoever seeds. */
export const demoAccountSchema = accountSchema.extend({ title: said(120), phone: phoneSchema })
export type DemoAccount = z.infer<typeof demoAccountSchema>

export const demoCitizenSchema = z.object({
  id: slugSchema,
  name: said(120),
  phone: phoneSchema,
  areaId: slugSchema,
  address: said(300),
  email: z.email().optional(),
})
export type DemoCitizen = z.infer<typeof demoCitizenSchema>

const slipOutcome = z
  .object({
    type: z.literal('slip'),
    agencyId: agencyIdSchema,
    /** #14: the call that preceded the slip, in minutes after `openedAt`; null needs a reason (D3). */
    callAttempt: z.object({ minutesAfter: minutes, result: callAttemptSchema.shape.result }).nullable(),
    skippedCallReason: said(300).optional(),
    /** Minutes of the wall clock from `openedAt` to the slip. */
    sentMinutesAfter: minutes,
    /** Working minutes of the agency's own calendar from the slip's receipt; past 480 the head holds it. */
    answered: z
      .object({ workingMinutesAfter: minutes, text: said(3_000), by: z.enum(['focal-officer', 'head']) })
      .optional(),
    /** Minutes of the wall clock from the answer to the citizen being told. */
    toldMinutesAfter: minutes.optional(),
    closed: z.boolean().optional(),
    published: z.boolean().optional(),
    rating: z.int().min(1).max(5).optional(),
  })
  .superRefine((slip, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message })
    if ((slip.callAttempt === null) !== (slip.skippedCallReason !== undefined))
      refuse('a slip has a call attempt or a reason for none')
    if (slip.callAttempt !== null && slip.callAttempt.minutesAfter > slip.sentMinutesAfter)
      refuse('the call attempt precedes the slip')
    if (slip.toldMinutesAfter !== undefined && slip.answered === undefined) refuse('told before it was answered')
    if (slip.closed === true && slip.toldMinutesAfter === undefined) refuse('closed before the citizen was told')
    if ((slip.published === true || slip.rating !== undefined) && slip.closed !== true)
      refuse('published or rated before it was closed')
  })

/** Codes of the policy pack's `refusalReasons` that the past uses. */
export const demoRefusalReasons = [
  'khong-thuoc-tham-quyen',
  'khieu-nai-to-cao',
  'noi-dung-khong-ro',
  'thieu-thong-tin-lien-he',
  'khong-tieng-viet',
] as const

/** A past case as a script: what happened and when, to be replayed as the commands of real people. */
export const pastCaseSchema = z.object({
  openedAt: instantSchema,
  channel: channelSchema,
  kind: caseKindSchema,
  fieldId: slugSchema,
  areaId: slugSchema,
  /** Null for a person who would not say who they are. */
  citizenId: slugSchema.nullable(),
  content: said(2_000),
  urgent: z.boolean().optional(),
  outcome: z.discriminatedUnion('type', [
    z.object({ type: z.literal('answer'), articleId: slugSchema, text: said(3_000) }),
    z.object({ type: z.literal('refuse'), reasonCode: z.enum(demoRefusalReasons), referredTo: said(500) }),
    z.object({ type: z.literal('redirect'), card: z.enum(['113', '114', '115', 'complaint', 'denunciation']) }),
    slipOutcome,
  ]),
})
export type PastCase = z.infer<typeof pastCaseSchema>
export type PastOutcome = PastCase['outcome']
