import { z } from 'zod'
import { refusalCodeSchema } from '../cases/refusals.ts'
import { accountIdSchema, commandIdSchema, deskIdSchema, instantSchema } from '../ids.ts'
import { directorySchema } from '../province/directory.ts'
import { articleSchema } from '../province/knowledge.ts'
import { queueSnapshotSchema } from './queue.ts'

/** The protocols one side speaks, both ends included (S6). */
export const protocolRangeSchema = z.object({ oldest: z.int().positive(), newest: z.int().positive() })
export type ProtocolRange = z.infer<typeof protocolRangeSchema>

/** A block of receipt numbers of one year, `from`…`to` inclusive. */
export const leasedBlockSchema = z.object({ year: z.int(), from: z.int().positive(), to: z.int().positive() })
export type LeasedBlock = z.infer<typeof leasedBlockSchema>

/** POST /api/sync/meet: where the desk stands (S18–S26). */
export const meetSchema = z.object({
  protocols: protocolRangeSchema,
  deskId: deskIdSchema,
  version: z.string().max(40),
  /** Of the register its cursor belongs to; null for a desk that has taken nothing yet. */
  registerId: z.uuid().nullable(),
  cursor: z.int().nonnegative(),
  /** Hash of the event at the cursor; null at cursor 0. */
  head: z.string().nullable(),
  revision: z.int().nonnegative(),
  waiting: z.int().nonnegative(),
  attention: z.int().nonnegative(),
  waitingSinceAt: instantSchema.nullable(),
  /** The server's clock minus this computer's as it was measured last, milliseconds. */
  clockOffsetMs: z.number(),
  /** `next` is the first number that nobody was told. */
  blocks: z.array(leasedBlockSchema.extend({ next: z.int().positive() })).max(1_000),
  /** Codes that were told and have no case here yet, for the account of S21. */
  told: z.int().nonnegative(),
})
export type Meet = z.infer<typeof meetSchema>

export const metSchema = z.object({
  protocol: z.int().positive(),
  protocols: protocolRangeSchema,
  version: z.string(),
  registerId: z.uuid(),
  now: instantSchema,
  lastSeq: z.int().nonnegative(),
  history: z.enum(['same', 'other']),
  revision: z.int().positive(),
  nextN: z.int().positive(),
  holds: z.enum(['register', 'nothing']),
  /** Accounts that may come in at this desk without a link (S24). */
  people: z.array(accountIdSchema),
  wipe: z.object({ orderId: z.uuid(), reason: z.string() }).nullable(),
  /** X25519 public key (raw, base64) with which the desk wraps its keys for the day its own key store is lost (S33). */
  recoveryKey: z.string(),
})
export type Met = z.infer<typeof metSchema>

/** POST /api/sync/recover: what the desk wrapped, as the file beside its database holds it (S33). */
export const recoverSchema = z.object({ deskId: deskIdSchema, wrapped: z.string().max(4_096) })
export const recoveredSchema = z.object({ keys: z.string() })

/** POST /api/sync/push: commands of one desk, in order of `n`. Each is parsed by `parseCommand`. */
export const pushSchema = z.object({
  protocol: z.int().positive(),
  deskId: deskIdSchema,
  commands: z.array(z.unknown()).max(500),
})

/** Answered once and for ever: a repeat of the same command gets the stored answer. */
export const pushResultSchema = z.object({
  n: z.int().nonnegative(),
  commandId: commandIdSchema,
  outcome: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('accepted'), lastSeq: z.int().nonnegative() }),
    z.object({
      kind: z.literal('refused'),
      code: refusalCodeSchema,
      why: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ]),
})
export type PushResult = z.infer<typeof pushResultSchema>

export const pushAnswerSchema = z.object({
  results: z.array(pushResultSchema),
  /** The next `n` this server expects of the desk. */
  nextN: z.int().positive(),
  now: instantSchema,
})
export type PushAnswer = z.infer<typeof pushAnswerSchema>

/**
 * GET /api/sync/pull?cursor=&limit= answers NDJSON: one registered event a line, in order of `seq`, and last
 * `{ "end": { "cursor", "hasMore", "now" } }`. A stream without its end line was cut: keep what came, ask on from there.
 */
export const pullEndSchema = z.object({
  end: z.object({ cursor: z.int().nonnegative(), hasMore: z.boolean(), now: instantSchema }),
})
export type PullEnd = z.infer<typeof pullEndSchema>['end']

/** POST /api/sync/codes: a block of receipt numbers of this desk alone, `from`…`to` inclusive, of one year. */
export const codeLeaseSchema = z.object({ deskId: deskIdSchema, year: z.int(), count: z.int().min(1).max(500) })
export const codeBlockSchema = leasedBlockSchema

/** POST /api/sync/codes/claim: blocks that the desk holds and the register may have lost (S22). */
export const codeClaimSchema = z.object({ deskId: deskIdSchema, blocks: z.array(leasedBlockSchema).max(1_000) })
export type CodeClaim = z.infer<typeof codeClaimSchema>
export const codeClaimAnswerSchema = z.object({
  taken: z.array(leasedBlockSchema),
  refused: z.array(leasedBlockSchema),
})
export type CodeClaimAnswer = z.infer<typeof codeClaimAnswerSchema>

/** GET /api/sync/reference: all that is not a case. Sent whole when `revision` differs from what the desk has. */
export const referenceSchema = z.object({
  revision: z.int().positive(),
  provinceId: z.string(),
  provinceName: z.string(),
  directory: directorySchema,
  /** Calendars as of src-shared/deadlines/calendar.ts, by id; parsed there. */
  calendars: z.array(z.unknown()),
  /** Policy pack as of src-shared/deadlines/policy.ts; parsed there. */
  policy: z.unknown(),
  /** Every version of the pack that ever was or is to be in force; a case is ruled by that of the day it was opened. */
  policies: z.array(z.unknown()).optional(),
  articles: z.array(articleSchema),
})
export type Reference = z.infer<typeof referenceSchema>

/** WS /api/sync/poke: the server only says that there is something; the desk then pulls. */
export const pokeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('events'), cursor: z.int().nonnegative() }),
  z.object({ type: z.literal('reference'), revision: z.int().positive() }),
  z.object({ type: z.literal('queue'), snapshot: queueSnapshotSchema }),
  z.object({ type: z.literal('messages') }),
  z.object({ type: z.literal('signed-out'), reason: z.string() }),
  /** Of this desk: it meets again and takes its order (S39). */
  z.object({ type: z.literal('wipe') }),
  z.object({ type: z.literal('pong') }),
])
export type Poke = z.infer<typeof pokeSchema>

/** POST /api/queue/state: the agent says ready or break; all else is derived from the calls themselves. */
export const agentStateSchema = z.object({ state: z.enum(['ready', 'break']), reason: z.string().max(60).optional() })

/** POST /api/sync/wiped: needs no session, for the keys of one are gone; the order's id is what shows that it is the desk. */
export const wipedSchema = z.object({
  deskId: deskIdSchema,
  orderId: z.uuid(),
  lostCommands: z.int().nonnegative(),
  lostRecordings: z.int().nonnegative(),
  blocks: z.array(leasedBlockSchema.extend({ next: z.int().positive() })).max(1_000),
})
export type Wiped = z.infer<typeof wipedSchema>
