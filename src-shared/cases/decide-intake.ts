import { normalisePhone } from '../words/fold.ts'
import type { Citizen } from './case.ts'
import { parseCode } from './codes.ts'
import type { CommandInput } from './commands.ts'
import type { Refusal } from './refusals.ts'
import { type DecideContext, type Decision, happened, isInFuture, type Rules, refuse } from './rule.ts'

/** S4 Đ.8: a case is opened only when it is admissible, or its refusal is a recorded act of its own. */
export function openCase(input: CommandInput<'case.open'>, context: DecideContext): Decision {
  const refusal =
    refuseCode(input.code, context) ??
    refuseContent(input.content, input.fieldId) ??
    refuseCitizen(input.citizen, input.hazard, context)
  if (refusal !== null) return refusal
  const { id, version } = context.policy
  return happened({ name: 'case.opened', data: { ...input, policy: { id, version } } })
}

/**
 * S4 Đ.4 k.6: 113, 114, 115, complaints and denunciations are not received but shown the way. The redirect asks for no
 * name and no form (#6): nothing may delay an emergency, and it is still logged.
 */
export function openRedirected(input: CommandInput<'case.redirect'>, context: DecideContext): Decision {
  const refusal = refuseCode(input.code, context)
  if (refusal !== null) return refusal
  const { id, version } = context.policy
  return happened(
    {
      name: 'case.opened',
      data: {
        code: input.code,
        kind: 'report',
        channel: input.channel,
        fieldId: null,
        areaId: null,
        content: input.content,
        citizen: input.citizen,
        isUrgent: false,
        hazard: null,
        call: input.call,
        external: null,
        policy: { id, version },
      },
    },
    redirected(input),
  )
}

export const intakeRules: Rules<'case.amend' | 'case.redirect' | 'case.refuse' | 'competence.ask' | 'competence.set'> =
  {
    'case.amend'(state, input, context) {
      const fieldId = input.fieldId === undefined ? state.fieldId : input.fieldId
      const touchesContent = input.content !== undefined || input.fieldId !== undefined
      const refusal =
        (touchesContent ? refuseContent(input.content ?? state.content, fieldId) : null) ??
        (input.citizen === undefined ? null : refuseCitizen(input.citizen, state.hazard, context))
      return refusal ?? happened({ name: 'case.amended', data: input })
    },

    'case.redirect': (_, input) => happened(redirected(input)),

    // S4 Đ.8 k.2 (#8): the reason, at once, and where to go instead.
    'case.refuse'(_, input, context) {
      const isListed = context.policy.refusalReasons.some((reason) => reason.code === input.reasonCode)
      if (!isListed || input.reason === '') return refuse('refusal-needs-reason', { reasonCode: input.reasonCode })
      if (input.referredTo === '') return refuse('refusal-needs-address')
      if (isInFuture(input.toldAt, context)) return refuse('told-in-future', { at: input.toldAt })
      return happened({ name: 'case.refused', data: input })
    },

    // S4 Đ.9 k.6 (#15): no agency's clock runs while the office decides (D7).
    'competence.ask': (_, input) => happened({ name: 'competence.asked', data: input }),

    'competence.set'(_, input, context) {
      if (context.agency(input.agencyId) === null) return refuse('agency-unknown', { agencyId: input.agencyId })
      return happened({ name: 'competence.set', data: input })
    },
  }

const redirected = ({ card, number }: CommandInput<'case.redirect'>) =>
  ({ name: 'case.redirected', data: { card, number } }) as const

function refuseCode(code: string, context: DecideContext): Refusal | null {
  const parsed = parseCode(code)
  // Stored only as it is written, or one case would have two spellings.
  if (!parsed.ok || parsed.code !== code) return refuse('code-invalid', { code })
  return context.isCodeAcceptable(code) ? null : refuse('code-not-leased', { code })
}

// S4 Đ.6 k.2: a clear content of a field the hotline takes (Đ.4).
function refuseContent(content: string, fieldId: string | null): Refusal | null {
  if (content.trim() === '') return refuse('content-missing')
  return fieldId === null || fieldId === '' ? refuse('field-missing') : null
}

// S4 Đ.6 k.3: name, address and telephone number; D12: nobody's report is taken only where delay endangers people.
function refuseCitizen(citizen: Citizen, hazard: string | null, context: DecideContext): Refusal | null {
  const { accept, hazards } = context.policy.anonymous
  if (citizen.isAnonymous) {
    const isHazard = hazards.some((each) => each.code === hazard)
    return accept === 'always' || (accept === 'hazards-only' && isHazard) ? null : refuse('anonymous-not-allowed')
  }
  const missing = [
    ...(citizen.name.trim() === '' ? ['name'] : []),
    ...(normalisePhone(citizen.phone).length < 3 ? ['phone'] : []),
    ...(citizen.address.trim() === '' ? ['address'] : []),
  ]
  return missing.length === 0 ? null : refuse('citizen-incomplete', { missing: missing.join(',') })
}
