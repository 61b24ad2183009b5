import type { FastifyInstance } from 'fastify'
import { type CodeClaimAnswer, codeClaimSchema } from '../../../src-shared/api/sync.ts'
import { registerRoles } from '../../../src-shared/people/roles.ts'
import { claimBlocks } from '../sync/claiming.ts'
import { refuseIfWiped } from '../sync/wiping.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

/** POST /api/sync/codes/claim: a desk says which blocks it holds, and the register takes over what it has lost (S22). */
export function claimCodes(app: FastifyInstance, deps: Deps): void {
  app.post('/api/sync/codes/claim', async (request): Promise<CodeClaimAnswer> => {
    const session = await deps.guard(request, registerRoles)
    const { deskId, blocks } = codeClaimSchema.parse(request.body)
    if (session.deskId !== deskId) throw new HttpFailure(403, 'other-desk')
    return deps.store.write(async (tx) => {
      await refuseIfWiped(deskId, tx)
      return claimBlocks(tx, deskId, blocks, deps.clock.now())
    })
  })
}
