import type { FastifyInstance } from 'fastify'
import { wipedSchema } from '../../../src-shared/api/sync.ts'
import { settleWipe } from '../sync/wiping.ts'
import type { Deps } from './deps.ts'

/** POST /api/sync/wiped: the desk has destroyed everything and says what was lost (S40). The order's id stands for a session. */
export function wiped(app: FastifyInstance, deps: Deps): void {
  app.post('/api/sync/wiped', async (request) => {
    const body = wipedSchema.parse(request.body)
    const isFirst = await deps.store.write((tx) => settleWipe(tx, body, deps.clock.now()))
    if (isFirst) {
      const { deskId, orderId, lostCommands, lostRecordings } = body
      deps.log.warn({ desk: deskId, order: orderId, lostCommands, lostRecordings }, 'a desk was wiped')
      deps.pokes.deskSignedOut(deskId, 'desk-wiped')
    }
    return { ok: true }
  })
}
