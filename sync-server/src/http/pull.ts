import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Session } from '../store/store.ts'
import { eventLines, type LinePage } from '../sync/event-lines.ts'
import { holdingOf, seesEveryCase } from '../sync/holding.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'
import { codingFor, squeeze, squeezed } from './squeeze.ts'

const querySchema = z.object({
  cursor: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(100_000).default(5_000),
})
const smallBytes = 32 * 1024
/** The end line says what time it is; a clock is measured to the second. */
const sameAnswerMs = 250
const mostAnswers = 32

/**
 * GET /api/sync/pull?cursor=&limit= streams events in commit order and says last where it ended (S8, S9). Only roles that see
 * every case take the register home (S10); an officer's cases come and go, so theirs are read online, each asked for anew.
 */
export function pull(app: FastifyInstance, deps: Deps): void {
  const same = sameAnswers(deps)
  app.get('/api/sync/pull', async (request, reply) => {
    await mayTake(await deps.guard(request), deps)
    const { cursor, limit } = querySchema.parse(request.query)
    const coding = codingFor(request.headers['accept-encoding'])
    reply.header('content-type', 'application/x-ndjson; charset=utf-8').header('vary', 'accept-encoding')
    if (coding !== null) reply.header('content-encoding', coding)
    const question = `${cursor} ${limit} ${coding}`
    const worded = await same()
    const known = worded.get(question)
    if (known !== undefined) return reply.send(known)
    const { begun, rest } = await begin(eventLines(deps.store.read, deps.clock, cursor, limit))
    // After each commit every desk asks for a line or two: that is answered without a stream.
    if (rest === null) {
      const answer = coding === null ? begun : Buffer.from(squeezed(begun, coding))
      worded.set(question, answer)
      return reply.send(answer)
    }
    const pages = following(begun, rest)
    return reply.send(coding === null ? Readable.from(pages) : squeeze(pages, coding))
  })
}

/**
 * P14: after a commit five hundred desks ask the same within a moment. It is read and squeezed for the first of them; the register's
 * last number says whether it still holds.
 */
function sameAnswers({ store, clock }: Pick<Deps, 'store' | 'clock'>): () => Promise<Map<string, Buffer>> {
  let worded = new Map<string, Buffer>()
  let upTo = -1
  let since = 0
  return async () => {
    const newest = await store.read.register.lastSeq()
    const age = clock.now() - since
    // A new map, and never a cleared one: whoever still words an answer to before puts it where nobody looks any more.
    if (newest !== upTo || age < 0 || age > sameAnswerMs || worded.size > mostAnswers) {
      worded = new Map()
      upTo = newest
      since = clock.now()
    }
    return worded
  }
}

/** Reads until there is more than a little; `rest` is null where that was all. */
async function begin(
  pages: AsyncGenerator<LinePage>,
): Promise<{ begun: Buffer; rest: AsyncGenerator<LinePage> | null }> {
  const begun: Buffer[] = []
  for (let bytes = 0; bytes < smallBytes; bytes += begun.at(-1)!.length) {
    const { value } = await pages.next()
    const { lines, isLast } = value as LinePage
    begun.push(Buffer.from(lines as string))
    if (isLast) return { begun: Buffer.concat(begun), rest: null }
  }
  return { begun: Buffer.concat(begun), rest: pages }
}

async function* following(begun: Buffer, rest: AsyncGenerator<LinePage>): AsyncGenerator<string | Uint8Array> {
  yield begun
  for await (const { lines } of rest) yield lines
}

/**
 * S10, S23: whoever sees every case, at a desk that may hold them; without a desk they are read and not held. Where the desk holds
 * nothing that is said, for it has something to take away.
 * @throws HttpFailure 403
 */
export async function mayTake({ account, deskId }: Session, { store }: Pick<Deps, 'store'>): Promise<void> {
  if (seesEveryCase(account)) {
    // Its own sign-in is reason enough to hold, but for an order to destroy (S39).
    if (deskId !== null && (await store.read.desks.openWipe(deskId)) !== null) throw new HttpFailure(403, 'not-holder')
    return
  }
  if (deskId !== null && (await holdingOf(deskId, store.read)).holds === 'nothing') {
    throw new HttpFailure(403, 'not-holder')
  }
  throw new HttpFailure(403, 'not-for-role', {}, { role: account.role })
}
