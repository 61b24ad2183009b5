import type { FastifyInstance } from 'fastify'
import { codeLeaseSchema, type LeasedBlock } from '../../../src-shared/api/sync.ts'
import { localTimeOf } from '../../../src-shared/deadlines/instants.ts'
import { registerRoles } from '../../../src-shared/people/roles.ts'
import { refuseIfWiped } from '../sync/wiping.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

/** POST /api/sync/codes leases a block of receipt numbers to one desk; no number is ever leased twice (S12). */
export function codes(app: FastifyInstance, deps: Deps): void {
  app.post('/api/sync/codes', async (request): Promise<LeasedBlock> => {
    const session = await deps.guard(request, registerRoles)
    const { deskId, year, count } = codeLeaseSchema.parse(request.body)
    if (session.deskId !== deskId) throw new HttpFailure(403, 'other-desk')
    // The year to come may be stocked in December; any other year is a computer whose clock is wrong.
    const thisYear = localTimeOf(deps.clock.now()).year
    if (year !== thisYear && year !== thisYear + 1) {
      throw new HttpFailure(409, 'code-year', { year: thisYear }, { year: thisYear })
    }
    await refuseIfWiped(deskId, deps.store.read)
    const block = await deps.register.leaseCodes(deskId, year, count)
    return { year: block.year, from: block.from, to: block.to }
  })
}
