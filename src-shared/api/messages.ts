import { z } from 'zod'
import { caseIdSchema, instantSchema } from '../ids.ts'

/** A message to somebody outside the room (SMS, e-mail, Zalo). Its text is made at send time (#47). */
export const outboundMessageSchema = z.object({
  id: z.string(),
  caseId: caseIdSchema.nullable(),
  code: z.string().nullable(),
  channel: z.enum(['sms', 'email', 'zalo']),
  to: z.string(),
  toName: z.string(),
  /** What it is about, e.g. `slip-sent`, `slip-escalated`, `citizen-answer`. */
  kind: z.string(),
  state: z.enum(['waiting', 'sent', 'failed', 'replaced']),
  text: z.string().nullable(),
  /** Not before: notices go out in the receiver's working hours. */
  notBeforeAt: instantSchema,
  createdAt: instantSchema,
  sentAt: instantSchema.nullable(),
  gateway: z.string().nullable(),
  problem: z.string().nullable(),
})
export type OutboundMessage = z.infer<typeof outboundMessageSchema>

/** GET /api/messages?limit= */
export const messagesSchema = z.object({ messages: z.array(outboundMessageSchema), now: instantSchema })
