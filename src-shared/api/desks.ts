import { z } from 'zod'
import { deskIdSchema, instantSchema } from '../ids.ts'

/** An order to destroy everything on a desk that was lost (S39). */
export const wipeOrderSchema = z.object({
  orderId: z.uuid(),
  reason: z.string().trim().min(3).max(300),
})
export type WipeOrder = z.infer<typeof wipeOrderSchema>

/** What became of the numbers of one year that were leased to one desk; the five add up to `leased` (S21). */
export const codeAccountSchema = z.object({
  year: z.int(),
  leased: z.int().nonnegative(),
  inCases: z.int().nonnegative(),
  /** Told to somebody, and no case has come of it yet. */
  told: z.int().nonnegative(),
  withDesk: z.int().nonnegative(),
  /** Of a desk that was wiped or given up, never told to anybody. */
  void: z.int().nonnegative(),
})
export type CodeAccount = z.infer<typeof codeAccountSchema>

/** One desk as the server knows it from its last meeting (S26). */
export const deskRowSchema = z.object({
  deskId: deskIdSchema,
  /** What people call it: “Bàn 3, tầng 1”. Empty until somebody has said so. */
  name: z.string(),
  version: z.string().nullable(),
  seenAt: instantSchema,
  isConnected: z.boolean(),
  /** Who signed in there last. */
  personName: z.string().nullable(),
  holds: z.enum(['register', 'nothing']),
  cursor: z.int().nonnegative().nullable(),
  /** Events that it has not taken yet. */
  behind: z.int().nonnegative().nullable(),
  waiting: z.int().nonnegative().nullable(),
  attention: z.int().nonnegative().nullable(),
  waitingSinceAt: instantSchema.nullable(),
  /** The server's clock minus the desk's, milliseconds. */
  clockOffsetMs: z.number().nullable(),
  codes: z.array(codeAccountSchema),
  wipe: z
    .object({
      orderId: z.uuid(),
      reason: z.string(),
      orderedAt: instantSchema,
      orderedBy: z.string(),
      doneAt: instantSchema.nullable(),
      /** What was destroyed unsent, as the desk said. */
      lostCommands: z.int().nonnegative().nullable(),
      lostRecordings: z.int().nonnegative().nullable(),
    })
    .nullable(),
})
export type DeskRow = z.infer<typeof deskRowSchema>

/** GET /api/desks: administrators and supervisors. */
export const desksSchema = z.object({ desks: z.array(deskRowSchema), lastSeq: z.int().nonnegative() })

/** POST /api/desks/:id/name: administrators. */
export const deskNameSchema = z.object({ name: z.string().trim().max(60) })
