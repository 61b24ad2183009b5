import type { FastifyInstance } from 'fastify'
import type { Reference } from '../../../src-shared/api/sync.ts'
import type { Deps } from './deps.ts'

/** GET /api/sync/reference: directory, calendars, policies and articles, whole; 304 to who has this revision. */
export function reference(app: FastifyInstance, deps: Deps): void {
  app.get('/api/sync/reference', async (request, reply): Promise<Reference | undefined> => {
    await deps.guard(request)
    // Another server on the same store may have raised it since.
    await deps.reference.refresh()
    const tag = `"${deps.reference.reference.revision}"`
    reply.header('etag', tag)
    if (request.headers['if-none-match'] === tag) return reply.status(304).send()
    return deps.reference.reference
  })
}
