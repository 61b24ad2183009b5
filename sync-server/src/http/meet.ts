import type { FastifyInstance } from 'fastify'
import { type Met, meetSchema, metSchema } from '../../../src-shared/api/sync.ts'
import { deskRoles } from '../../../src-shared/people/roles.ts'
import { meetDesk } from '../sync/meeting.ts'
import { tellTogether } from '../sync/tellings.ts'
import type { Deps } from './deps.ts'

/** POST /api/sync/meet: a desk says where it stands and hears where the register stands, in one round trip (S18). */
export function meet(app: FastifyInstance, deps: Deps): void {
  const tell = tellTogether(deps.store)
  app.post('/api/sync/meet', async (request): Promise<Met> => {
    const session = await deps.guard(request, deskRoles)
    return metSchema.parse(await meetDesk(deps, tell, session, meetSchema.parse(request.body)))
  })
}
