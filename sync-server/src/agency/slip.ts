import type { FastifyInstance } from 'fastify'
import type { SlipDetail } from '../../../src-shared/api/agency.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { availableCommands } from '../../../src-shared/people/permissions.ts'
import { type Account, accountSchema, actorOf } from '../../../src-shared/people/roles.ts'
import type { Deps } from '../http/deps.ts'
import { languageOf } from '../http/failure.ts'
import { slipDetail } from './slip-detail.ts'
import { visibleSlip } from './visible-slip.ts'

/**
 * GET /api/agency/slips/:caseId. To look at it is to open it: the register keeps when that was (D1: it starts no clock, it is
 * evidence).
 */
export function slip(app: FastifyInstance, deps: Deps): void {
  app.get<{ Params: { caseId: string } }>('/api/agency/slips/:caseId', async (request): Promise<SlipDetail> => {
    const { session, stored } = await visibleSlip(deps, request, request.params.caseId)
    const account = accountSchema.parse(session.account)
    const state = await opened(deps, account, stored.state)
    const events = await deps.store.read.register.eventsOfCase(state.id)
    return slipDetail(deps, account, state, events, languageOf(request, deps.config.language))
  })
}

async function opened(deps: Deps, account: Account, state: CaseState): Promise<CaseState> {
  const isFirst = state.slip?.openedAt === null
  if (!isFirst || !availableCommands(state, account).includes('slip.open')) return state
  await deps.register.submit({
    commandId: deps.newId(),
    actor: actorOf(account),
    caseId: state.id,
    name: 'slip.open',
    input: {},
  })
  return (await deps.store.read.register.case(state.id))?.state ?? state
}
