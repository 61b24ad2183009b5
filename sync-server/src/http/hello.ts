import type { FastifyInstance } from 'fastify'
import { type Hello, protocols } from '../../../src-shared/api/session.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { version } from '../version.ts'
import type { Deps } from './deps.ts'

/** GET /api/hello: what the server says before anybody signs in; desks measure their clock's offset by it. */
export function hello(app: FastifyInstance, deps: Deps): void {
  app.get('/api/hello', async (): Promise<Hello> => {
    const { provinceId, provinceName } = deps.reference.reference
    return {
      product: 'ban-truc-1022',
      version,
      protocol: protocols.oldest,
      protocols,
      provinceId,
      provinceName,
      now: toIso(deps.clock.now()),
    }
  })
}
