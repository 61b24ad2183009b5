import type { FastifyRequest } from 'fastify'
import { canSee } from '../../../src-shared/people/permissions.ts'
import type { Deps } from '../http/deps.ts'
import { HttpFailure } from '../http/failure.ts'
import type { Session, StoredCase } from '../store/store.ts'

/**
 * The slip, if the person may see it now.
 * @throws HttpFailure 404 otherwise: a stranger does not learn that it exists.
 */
export async function visibleSlip(
  deps: Deps,
  request: FastifyRequest,
  caseId: string,
): Promise<{ session: Session; stored: StoredCase }> {
  const session = await deps.guard(request)
  const stored = await deps.store.read.register.case(caseId)
  const isInScope = session.caseId === null || session.caseId === caseId
  if (!stored || !isInScope || !canSee(session.account, stored.state)) throw new HttpFailure(404, 'case-not-found')
  return { session, stored }
}
