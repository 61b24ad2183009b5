import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { slipsSchema } from '../../../src-shared/api/agency.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { canSee } from '../../../src-shared/people/permissions.ts'
import { accountSchema } from '../../../src-shared/people/roles.ts'
import type { Deps } from '../http/deps.ts'
import { knowsCitizen } from './knows-citizen.ts'
import { slipRow } from './visible-slip.ts'

const mostSlips = 500

/** GET /api/agency/slips: of the signed-in person's agency only; of one slip only when its link opened the session. */
export function slips(app: FastifyInstance, deps: Deps): void {
  app.get('/api/agency/slips', async (request): Promise<z.infer<typeof slipsSchema>> => {
    const { account, caseId } = await deps.guard(request, ['focal-officer', 'head'])
    const now = deps.clock.now()
    const agencyId = account.agencyId ?? ''
    const stored = await deps.store.read.register.cases(
      caseId === null ? { agencyId, limit: mostSlips } : { caseId, limit: 1 },
    )
    return {
      account: accountSchema.parse(account),
      agencyName: deps.reference.agency(agencyId)?.name ?? '',
      now: toIso(now),
      slips: stored
        .filter(({ state }) => canSee(account, state))
        .map(({ state }) => ({
          isLead: knowsCitizen(account, state),
          row: slipRow(account, state, {
            reference: deps.reference,
            policy: deps.reference.policyOf(fromIso(state.openedAt)),
            now,
          }),
        }))
        // An opinion that nobody can give any more, on a case that is over, is not asked of anybody.
        .filter(({ isLead, row }) => isLead || row.opinions.length > 0)
        .map(({ row }) => row),
    }
  })
}
