import { Readable } from 'node:stream'
import { constants, createGzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { registerRoles } from '../../../src-shared/people/roles.ts'
import type { Deps } from './deps.ts'

const querySchema = z.object({
  cursor: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(100_000).default(5_000),
})
const pageRows = 500

/**
 * GET /api/sync/pull?cursor=&limit= streams events in commit order and says last where it ended (S7–S9). Only roles that see
 * every case take the register home; an officer's cases come and go, so theirs are read online, each asked for anew.
 */
export function pull(app: FastifyInstance, deps: Deps): void {
  app.get('/api/sync/pull', async (request, reply) => {
    await deps.guard(request, registerRoles)
    const { cursor, limit } = querySchema.parse(request.query)
    const lines = Readable.from(eventLines(deps, cursor, limit))
    reply.header('content-type', 'application/x-ndjson; charset=utf-8').header('vary', 'accept-encoding')
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(lines)
    reply.header('content-encoding', 'gzip')
    // Level 1: on a fast line the processor is the limit, on a slow one the ratio differs little.
    return reply.send(lines.pipe(createGzip({ level: constants.Z_BEST_SPEED })))
  })
}

/** Pages of the register as text, so that a slow reader holds 500 lines in memory and not 100,000. */
async function* eventLines(deps: Deps, from: number, limit: number): AsyncGenerator<string> {
  // Read once: a stream that chased new events could not end.
  const upTo = await deps.store.read.register.lastSeq()
  let cursor = from
  let left = limit
  while (left > 0 && cursor < upTo) {
    const rows = await deps.store.read.register.eventsAfter(cursor, Math.min(pageRows, left))
    const known = rows.filter((row) => row.seq <= upTo)
    if (known.length === 0) break
    cursor = known.at(-1)!.seq
    left -= known.length
    yield `${known.map((row) => row.line).join('\n')}\n`
  }
  yield `${JSON.stringify({ end: { cursor, hasMore: cursor < upTo, now: toIso(deps.clock.now()) } })}\n`
}
