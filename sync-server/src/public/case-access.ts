import type { CaseState } from '../../../src-shared/cases/case.ts'
import { redact } from '../../../src-shared/cases/redact.ts'
import { normalisePhone } from '../../../src-shared/words/fold.ts'
import type { Site } from './site.ts'

/**
 * Codes are told over the telephone and run in order, so anybody can try one: what a code opens must be fit for everybody.
 * D10: texts are shown with personal data covered; classes held back for review show no agency, no field and no text.
 */
export const isHeldBack = ({ deps }: Site, { fieldId }: CaseState): boolean =>
  deps.reference.policy.publication.holdBack.some(({ code }) => code === fieldId)

/** A text of the case with everything that tells who the citizen is covered by `[…]`. */
export function covered({ deps }: Site, state: CaseState, text: string): string {
  const agencyIds = [state.slip?.agencyId, ...state.answers.map((answer) => answer.agencyId)]
  const publicPhones = agencyIds.flatMap((id) => {
    const agency = id == null ? undefined : deps.reference.agency(id)
    return agency === undefined ? [] : [agency.phone, ...(agency.emergencyPhone ? [agency.emergencyPhone] : [])]
  })
  return redact(text, { citizen: state.citizen, publicPhones })
}

/** The four digits only the one who reported can know; null where no number was given, and then nobody can rate. */
export function secretDigits({ citizen }: CaseState): string | null {
  const digits = normalisePhone(citizen.phone).replace(/\D/g, '')
  return digits.length >= 8 ? digits.slice(-4) : null
}
