import type { CaseState } from '../../../src-shared/cases/case.ts'
import { redact } from '../../../src-shared/cases/redact.ts'
import type { Account } from '../../../src-shared/people/roles.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'

/**
 * Whether a person who sees a case may also know who asked: an agency that is only asked for its opinion (S2 k.1) answers the
 * colleague and not the citizen, so it gets neither name nor number.
 */
export const knowsCitizen = (account: Account, state: CaseState): boolean =>
  account.agencyId === undefined || state.slip?.agencyId === account.agencyId

/** What is written of the case as this reader may have it: citizens say who they are in the middle of a sentence too. */
export function readableBy(account: Account, state: CaseState, reference: ReferenceBook): (text: string) => string {
  if (knowsCitizen(account, state)) return (text) => text
  const publicPhones = reference.reference.directory.agencies.map((agency) => agency.phone)
  return (text) => redact(text, { citizen: state.citizen, publicPhones })
}
