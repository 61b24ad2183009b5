import type { FastifyInstance } from 'fastify'
import type { Reference } from '../../../src-shared/api/sync.ts'
import type { Deps } from './deps.ts'
import { type Coding, codingFor, squeezed } from './squeeze.ts'

/** GET /api/sync/reference: directory, calendars, policies and articles, whole; 304 to who has this revision (S17). */
export function reference(app: FastifyInstance, deps: Deps): void {
  app.get('/api/sync/reference', async (request, reply) => {
    await deps.guard(request)
    // Another server on the same store may have raised it since.
    await deps.reference.refresh()
    const now = deps.reference.reference
    const tag = `"${now.revision}"`
    reply.header('etag', tag).header('vary', 'accept-encoding')
    if (request.headers['if-none-match'] === tag) return reply.status(304).send()
    const coding = codingFor(request.headers['accept-encoding'])
    if (coding === null) return now
    reply.header('content-encoding', coding).type('application/json; charset=utf-8')
    return reply.send(squeezedOnce(now, coding))
  })
}

const known = new WeakMap<Reference, Map<Coding, Buffer>>()

/** A sixth of its size, and made once: after a change of the calendars every desk asks for it at the same time. */
function squeezedOnce(reference: Reference, coding: Coding): Buffer {
  const codings = known.get(reference) ?? new Map<Coding, Buffer>()
  known.set(reference, codings)
  const bytes = codings.get(coding) ?? Buffer.from(squeezed(Buffer.from(JSON.stringify(reference)), coding))
  codings.set(coding, bytes)
  return bytes
}
