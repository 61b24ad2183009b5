import type { FastifyInstance } from 'fastify'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { canSee } from '../../../src-shared/people/permissions.ts'
import { knowsCitizen } from '../agency/visible-slip.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

/**
 * GET /api/cases/:id: the case file as evidence (S4 Đ.7, #41): its events with their chain, and the calendars and the policy
 * its clock was counted by, so that a stranger can verify and recompute it from this file alone.
 */
export function exportCase(app: FastifyInstance, deps: Deps): void {
  app.get<{ Params: { id: string } }>('/api/cases/:id', async (request) => {
    const session = await deps.guard(request)
    const stored = await deps.store.read.register.case(request.params.id)
    const { account } = session
    if (!stored || !canSee(account, stored.state) || !knowsCitizen(account, stored.state)) {
      throw new HttpFailure(404, 'case-not-found')
    }
    const events = await deps.store.read.register.eventsOfCase(request.params.id)
    const { provinceId, provinceName, directory, calendars, policy } = deps.reference.reference
    return {
      format: 'ban-truc-1022/case/1',
      exportedAt: toIso(deps.clock.now()),
      provinceId,
      provinceName,
      code: stored.state.code,
      headHash: stored.headHash,
      events: events.map((event) => JSON.parse(event.line) as unknown),
      agencies: directory.agencies.map(({ id, name, calendarId }) => ({ id, name, calendarId })),
      calendars,
      policy,
    }
  })
}
