import type { FastifyInstance } from 'fastify'
import { recoveredSchema, recoverSchema } from '../../../src-shared/api/sync.ts'
import { deskRoles } from '../../../src-shared/people/roles.ts'
import { refuseIfWiped } from '../sync/wiping.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

/** POST /api/sync/recover: a desk that lost its own key store gets back the keys that it once wrapped for the server (S33). */
export function recover(app: FastifyInstance, deps: Deps): void {
  app.post('/api/sync/recover', async (request) => {
    const session = await deps.guard(request, deskRoles)
    const { deskId, wrapped } = recoverSchema.parse(request.body)
    if (session.deskId !== deskId) throw new HttpFailure(403, 'other-desk')
    const waitMs = deps.attempts.recoveries.waitMs(deskId)
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000)
      throw new HttpFailure(429, 'too-many', { seconds }, { retryAfterSeconds: seconds })
    }
    await refuseIfWiped(deskId, deps.store.read)
    const keys = deps.recoveryKey.unwrap(wrapped, deskId)
    const who = { desk: deskId, account: session.account.id }
    if (keys === null) {
      deps.attempts.recoveries.failed(deskId)
      deps.log.warn(who, 'a desk asked for its keys with what cannot be unwrapped')
      throw new HttpFailure(400, 'recovery-unreadable')
    }
    deps.log.warn(who, 'a desk got its keys back')
    return recoveredSchema.parse({ keys })
  })
}
