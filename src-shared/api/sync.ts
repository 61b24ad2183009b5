import { z } from 'zod'
import { refusalCodeSchema } from '../cases/refusals.ts'
import { commandIdSchema, deskIdSchema, instantSchema } from '../ids.ts'
import { directorySchema } from '../province/directory.ts'
import { articleSchema } from '../province/knowledge.ts'
import { queueSnapshotSchema } from './queue.ts'

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

/**
 * GET /api/sync/pull?cursor=&limit= answers NDJSON: one registered event a line, in order of `seq`, and last
 * `{ "end": { "cursor", "hasMore", "now" } }`. A stream without its end line was cut: keep what came, ask on from there.
 */
export const pullEndSchema = z.object({
  end: z.object({ cursor: z.int().nonnegative(), hasMore: z.boolean(), now: instantSchema }),
})

/** POST /api/sync/codes: a block of receipt numbers of this desk alone, `from`…`to` inclusive, of one year. */
export const codeLeaseSchema = z.object({ deskId: deskIdSchema, year: z.int(), count: z.int().min(1).max(500) })
export const codeBlockSchema = z.object({ year: z.int(), from: z.int().positive(), to: z.int().positive() })
export type LeasedBlock = z.infer<typeof codeBlockSchema>

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
  z.object({ type: z.literal('pong') }),
])
export type Poke = z.infer<typeof pokeSchema>

/** POST /api/queue/state: the agent says ready or break; all else is derived from the calls themselves. */
export const agentStateSchema = z.object({ state: z.enum(['ready', 'break']), reason: z.string().max(60).optional() })
