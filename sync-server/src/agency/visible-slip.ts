import type { FastifyRequest } from 'fastify'
import type { AgencyRow } from '../../../src-shared/api/agency.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { canSee } from '../../../src-shared/people/permissions.ts'
import type { Account } from '../../../src-shared/people/roles.ts'
import { caseRow } from '../cases/case-row.ts'
import type { Deps } from '../http/deps.ts'
import { HttpFailure } from '../http/failure.ts'
import type { Session, StoredCase } from '../store/store.ts'
import { knowsCitizen, readableBy } from './knows-citizen.ts'
import { isAwaited, type OpinionFrame, opinionsFor } from './opinions.ts'

/** The line of the workspace's list. An agency asked for its opinion gets the time of the opinion and not the lead's clock. */
export function slipRow(account: Account, state: CaseState, frame: OpinionFrame): AgencyRow {
  const { reference, now } = frame
  // Before it is cut to its length: half a name is a name too.
  const content = readableBy(account, state, reference)(state.content)
  const row = caseRow({ ...state, content }, reference.hours, now)
  const awaited = new Set(state.consults.filter((consult) => isAwaited(consult, state)).map((consult) => consult.id))
  const facts = {
    leadName: row.agencyId === null ? '' : (reference.agency(row.agencyId)?.name ?? row.agencyId),
    opinions: opinionsFor(account, state, frame).filter((opinion) => awaited.has(opinion.consultId)),
    externalDueAt: state.external?.dueAt ?? null,
  }
  if (knowsCitizen(account, state)) return { ...row, ...facts }
  return { ...row, ...facts, citizenName: '', phone: '', clock: null, externalDueAt: null }
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
