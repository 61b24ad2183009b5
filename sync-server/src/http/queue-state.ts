import type { FastifyInstance } from 'fastify'
import { agentStateSchema } from '../../../src-shared/api/sync.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

/** POST /api/queue/state: ready or break; every other state is derived from the calls themselves. */
export function queueState(app: FastifyInstance, deps: Deps): void {
  app.post('/api/queue/state', async (request) => {
    const { account } = await deps.guard(request, ['agent', 'supervisor'])
    const { state, reason } = agentStateSchema.parse(request.body)
    if (!deps.line) throw new HttpFailure(409, 'no-line')
    deps.line.setAgentState({ agentId: account.id, state, ...(reason === undefined ? {} : { reason }) })
    return { ok: true }
  })
}
