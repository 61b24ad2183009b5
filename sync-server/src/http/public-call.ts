import type { FastifyInstance } from 'fastify'
import { publicCallSchema } from '../../../src-shared/api/agency.ts'
import type { CallGrant } from '../line.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

/** POST /public/call { number }: a citizen's browser asks for the line; a user of its own, for an hour. */
export function publicCall(app: FastifyInstance, deps: Deps): void {
  app.post('/public/call', async (request): Promise<CallGrant> => {
    if (!deps.line) throw new HttpFailure(409, 'no-line')
    const key = `call ${request.ip}`
    const waitMs = deps.attempts.calls.waitMs(key)
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000)
      throw new HttpFailure(429, 'too-many', { seconds }, { retryAfterSeconds: seconds })
    }
    deps.attempts.calls.failed(key)
    return deps.line.grantGuest(publicCallSchema.parse(request.body ?? {}).number)
  })
}
