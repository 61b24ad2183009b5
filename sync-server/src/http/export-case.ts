import type { FastifyInstance } from 'fastify'
import { type CaseFile, makeCaseFile } from '../../../src-shared/cases/case-export.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { canSee } from '../../../src-shared/people/permissions.ts'
import { knowsCitizen } from '../agency/knows-citizen.ts'
import { sha256Hex } from '../auth/hashes.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

/**
 * GET /api/cases/:id: the case file as evidence (S4 Đ.7, #41): its events with their chain, the calendars and the policy its
 * clock was counted by, and what that clock says, so that a stranger can verify and recompute it from this file alone
 * (`npm run -s clock -- verify FILE.json`).
 */
export function exportCase(app: FastifyInstance, deps: Deps): void {
  app.get<{ Params: { id: string } }>('/api/cases/:id', async (request): Promise<CaseFile> => {
    const session = await deps.guard(request)
    const stored = await deps.store.read.register.case(request.params.id)
    const { account } = session
    if (!stored || !canSee(account, stored.state) || !knowsCitizen(account, stored.state)) {
      throw new HttpFailure(404, 'case-not-found')
    }
    const lines = await deps.store.read.register.eventsOfCase(request.params.id)
    const { reference, hours } = deps.reference
    const { provinceId, provinceName, directory, calendars } = reference
    return makeCaseFile(
      {
        exportedAt: toIso(deps.clock.now()),
        provinceId,
        provinceName,
        headHash: stored.headHash,
        events: lines.map(({ line }) => JSON.parse(line) as RegisteredEvent),
        agencies: directory.agencies,
        calendars,
        policies: reference.policies ?? [reference.policy],
        hours,
      },
      sha256Hex,
    )
  })
}
