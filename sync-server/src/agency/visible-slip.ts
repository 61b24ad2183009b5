import type { FastifyRequest } from 'fastify'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import type { CaseRow } from '../../../src-shared/cases/views.ts'
import { canSee } from '../../../src-shared/people/permissions.ts'
import type { Account } from '../../../src-shared/people/roles.ts'
import type { OfficeHours } from '../../../src-shared/province/hours.ts'
import { caseRow } from '../cases/case-row.ts'
import type { Deps } from '../http/deps.ts'
import { HttpFailure } from '../http/failure.ts'
import type { Session, StoredCase } from '../store/store.ts'

/**
 * Whether a person who sees a case may also know who asked: an agency that is only asked for its opinion (S2 k.1) answers the
 * colleague and not the citizen, so it gets neither name nor number.
 */
export const knowsCitizen = (account: Account, state: CaseState): boolean =>
  account.agencyId === undefined || state.slip?.agencyId === account.agencyId

/** The line of the workspace's list. */
export function slipRow(account: Account, state: CaseState, hours: OfficeHours, now: number): CaseRow {
  const row = caseRow(state, hours, now)
  return knowsCitizen(account, state) ? row : { ...row, citizenName: '', phone: '' }
}

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
