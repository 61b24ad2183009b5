import { z } from 'zod'
import { deskIdSchema, instantSchema } from '../ids.ts'
import { accountSchema } from '../people/roles.ts'
import { type ProtocolRange, protocolRangeSchema } from './sync.ts'

/** What the server says of itself before anybody signs in: GET /api/hello. */
export const helloSchema = z.object({
  product: z.literal('ban-truc-1022'),
  version: z.string(),
  /** The oldest sync protocol it speaks: a desk of version 1 looks at nothing else, and keeps its outbox where this is not 1. */
  protocol: z.int().positive(),
  /** All that it speaks (S6); absent at a server of version 1. */
  protocols: protocolRangeSchema.optional(),
  registerId: z.uuid().optional(),
  /** For `?desk=<id>`: the order that waits for that desk, also where nobody is signed in (S39). */
  wipe: z.object({ orderId: z.uuid(), reason: z.string() }).nullable().optional(),
  provinceId: z.string(),
  provinceName: z.string(),
  now: instantSchema,
})
export type Hello = z.infer<typeof helloSchema>

/** What this version speaks. A new name of a command or an event raises `newest`; `oldest` rises when the last such desk is gone. */
export const protocols = { oldest: 1, newest: 2 } as const

/** The highest protocol that both speak; null where there is none. */
export function sharedProtocol(a: ProtocolRange, b: ProtocolRange): number | null {
  const highest = Math.min(a.newest, b.newest)
  return highest >= Math.max(a.oldest, b.oldest) ? highest : null
}

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
