import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type Hello, protocols } from '../../../src-shared/api/session.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { deskIdSchema } from '../../../src-shared/ids.ts'
import { version } from '../version.ts'
import type { Deps } from './deps.ts'

const querySchema = z.object({ desk: deskIdSchema.optional() })

/**
 * GET /api/hello: what the server says before anybody signs in; desks measure their clock's offset by it. `?desk=` hears of the
 * order that waits for it, also where nobody can sign in any more (S39).
 */
export function hello(app: FastifyInstance, deps: Deps): void {
  app.get('/api/hello', async (request): Promise<Hello> => {
    const { desk } = querySchema.parse(request.query)
    const wipe = desk === undefined ? null : await deps.store.read.desks.openWipe(desk)
    const { provinceId, provinceName } = deps.reference.reference
    return {
      product: 'ban-truc-1022',
      version,
      protocol: protocols.oldest,
      protocols,
      registerId: deps.registerId,
      ...(desk === undefined ? {} : { wipe: wipe && { orderId: wipe.orderId, reason: wipe.reason } }),
      provinceId,
      provinceName,
      now: toIso(deps.clock.now()),
    }
  })
}
