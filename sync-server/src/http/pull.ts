import { Readable } from 'node:stream'
import { constants, createGzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Session } from '../store/store.ts'
import { eventLines } from '../sync/event-lines.ts'
import { holdingOf, seesEveryCase } from '../sync/holding.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

const querySchema = z.object({
  cursor: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(100_000).default(5_000),
})

/**
 * GET /api/sync/pull?cursor=&limit= streams events in commit order and says last where it ended (S8, S9). Only roles that see
 * every case take the register home (S10); an officer's cases come and go, so theirs are read online, each asked for anew.
 */
export function pull(app: FastifyInstance, deps: Deps): void {
  app.get('/api/sync/pull', async (request, reply) => {
    await mayTake(await deps.guard(request), deps)
    const { cursor, limit } = querySchema.parse(request.query)
    const lines = Readable.from(eventLines(deps.store.read, deps.clock, cursor, limit))
    reply.header('content-type', 'application/x-ndjson; charset=utf-8').header('vary', 'accept-encoding')
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(lines)
    reply.header('content-encoding', 'gzip')
    // Level 1: on a fast line the processor is the limit, on a slow one the ratio differs little.
    return reply.send(lines.pipe(createGzip({ level: constants.Z_BEST_SPEED })))
  })
}

/**
 * S10, S23: whoever sees every case, at a desk that may hold them; without a desk they are read and not held. Where the desk holds
 * nothing that is said, for it has something to take away.
 * @throws HttpFailure 403
 */
export async function mayTake({ account, deskId }: Session, { store }: Pick<Deps, 'store'>): Promise<void> {
  if (deskId !== null && (await holdingOf(deskId, store.read)).holds === 'nothing') {
    throw new HttpFailure(403, 'not-holder')
  }
  if (!seesEveryCase(account)) throw new HttpFailure(403, 'not-for-role', {}, { role: account.role })
}
