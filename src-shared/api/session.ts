import { z } from 'zod'
import { deskIdSchema, instantSchema } from '../ids.ts'
import { accountSchema } from '../people/roles.ts'

/** What the server says of itself before anybody signs in: GET /api/hello. */
export const helloSchema = z.object({
  product: z.literal('ban-truc-1022'),
  version: z.string(),
  /** The sync protocol it speaks; a desk of another number is told to update and keeps its outbox. */
  protocol: z.int().positive(),
  provinceId: z.string(),
  provinceName: z.string(),
  now: instantSchema,
})
export type Hello = z.infer<typeof helloSchema>

export const protocolVersion = 1

/** POST /api/sign-in. `deskId` is absent for a browser of an agency. */
export const signInSchema = z.object({
  username: z.string().trim().min(1).max(80),
  password: z.string().min(1).max(200),
  deskId: deskIdSchema.optional(),
})

/** How the phone of an agent's desk registers; null for roles that have no line. */
export const lineSettingsSchema = z.object({
  wsUrl: z.string(),
  domain: z.string(),
  username: z.string(),
  password: z.string(),
  displayName: z.string(),
  queueNumber: z.string(),
  iceServers: z.array(
    z.object({ urls: z.string(), username: z.string().optional(), credential: z.string().optional() }),
  ),
})
export type LineSettings = z.infer<typeof lineSettingsSchema>

export const signedInSchema = z.object({
  token: z.string(),
  expiresAt: instantSchema,
  account: accountSchema,
  line: lineSettingsSchema.nullable(),
})
export type SignedIn = z.infer<typeof signedInSchema>

/** Every HTTP error: a code for programs, a sentence for people in the language asked for. */
export const apiErrorSchema = z.object({
  ok: z.literal(false),
  error: z.object({ code: z.string(), message: z.string(), why: z.record(z.string(), z.unknown()).optional() }),
})
export type ApiError = z.infer<typeof apiErrorSchema>
