import { fromIso, toIso } from '../deadlines/instants.ts'
import type { CaseState, ContactWay } from './case.ts'
import { refuseCause } from './decide-clock.ts'
import { isWithAgency } from './lifecycle.ts'
import { findPersonalData } from './redact.ts'
import { type DecideContext, happened, isInFuture, type RuleContext, type Rules, refuse } from './rule.ts'

/** The answer, the word to the citizen, the end of the case, and what the public reads. */
export const answerRules: Rules<
  | 'case.answer'
  | 'slip.answer'
  | 'citizen.tell'
  | 'case.close'
  | 'case.reopen'
  | 'answer.publish'
  | 'answer.unpublish'
  | 'case.rate'
> = {
  // S4 Đ.9 k.1 (#10): from official data only, and it is written down which.
  'case.answer'(_, { citizenTold, ...input }, context) {
    if (input.text === '') return refuse('answer-missing')
    if (input.liveOfficer !== undefined) {
      // S4 Đ.9 k.2 (#12): the officer answered the call that was put through, and answers for the source.
      const { agencyId } = input.liveOfficer
      if (context.agency(agencyId) === null) return refuse('agency-unknown', { agencyId })
    } else if (input.article === null && (input.source === null || input.source === '')) {
      return refuse('answer-needs-source')
    }
    if (citizenTold != null && isInFuture(citizenTold.at, context)) {
      return refuse('told-in-future', { at: citizenTold.at })
    }
    return happened({ name: 'case.answered', data: input }, ...told(citizenTold))
  },

  // S4 Đ.14 k.8 (#46): the author is the actor; who released it stands beside.
  'slip.answer'(state, input, context) {
    if (input.text === '') return refuse('answer-missing')
    if (input.citizenTold !== null && isInFuture(input.citizenTold.at, context)) {
      return refuse('told-in-future', { at: input.citizenTold.at })
    }
    // S2 k.1, k.3 (#37): a late answer says why it is late.
    const owesCause = state.stage === 'late' && state.lateCause === null && context.policy.lateCauses.length > 0
    const refusal = owesCause || input.lateCause !== undefined ? refuseCause(input.lateCause, context) : null
    if (refusal !== null) return refusal
    const { agencyId, holder } = state.slip!
    return happened(
      ...(input.lateCause === undefined ? [] : [{ name: 'lateness.explained', data: input.lateCause } as const]),
      {
        name: 'slip.answered',
        data: { level: holder === 'focal-officer' ? 2 : 3, agencyId, text: input.text, approver: input.approver },
      },
      ...told(input.citizenTold),
    )
  },

  // #18: the second of the two facts.
  'citizen.tell'(state, input, context) {
    if (!state.hasResult) return refuse('told-before-answer')
    if (isInFuture(input.at, context)) return refuse('told-in-future', { at: input.at })
    return happened({ name: 'citizen.told', data: { via: input.via, toldAt: input.at, note: input.note } })
  },

  // S2 k.1 (#31): "tuyệt đối … không để tình trạng kết thúc hồ sơ trên hệ thống nhưng hồ sơ thực tế chưa hoàn thành".
  'case.close'(state, input, context) {
    if (state.stage !== 'answered') return refuse('close-unfinished', { stage: state.stage })
    if (input.proof === '') return refuse('close-needs-proof')
    if (input.contactedAt === null || state.citizenToldAt === null) return refuse('close-needs-contact')
    if (isInFuture(input.contactedAt, context)) return refuse('told-in-future', { at: input.contactedAt })
    return happened({
      name: 'case.closed',
      data: { proof: input.proof, contactedAt: input.contactedAt, resolvedLevel: resolvedLevel(state) },
    })
  },

  // D15: on the old clock.
  'case.reopen'(state, input, context) {
    const { reopenWithinDays, reopenCountsClosedTime } = context.policy
    const untilAt = fromIso(state.closure!.at) + reopenWithinDays * 86_400_000
    if (context.now > untilAt) return refuse('reopen-too-late', { days: reopenWithinDays, untilAt: toIso(untilAt) })
    return happened({ name: 'case.reopened', data: { ...input, countsClosedTime: reopenCountsClosedTime } })
  },

  // S4 Đ.12 k.1 (#55), D10: the answer is public, the person is not.
  'answer.publish'(state, input, context) {
    if (state.publication !== null) return refuse('already-published')
    if (input.question === '' || input.answer === '' || state.answers.length === 0) return refuse('publish-nothing')
    const heldBack = context.policy.publication.holdBack.find((each) => each.code === state.fieldId)
    if (heldBack !== undefined && !mayReview(context)) {
      return refuse('not-permitted', { command: 'answer.publish', reason: heldBack.label })
    }
    const options = { citizen: state.citizen, publicPhones: publicPhones(state, context) }
    const found = [input.question, input.answer].flatMap((text) => findPersonalData(text, options))
    if (found.length > 0) {
      const kinds = [...new Set(found.map((each) => each.kind))].join(',')
      return refuse('publish-has-personal-data', { kinds, found: found[0]!.found, count: found.length })
    }
    return happened({ name: 'answer.published', data: input })
  },

  'answer.unpublish': (state, input) =>
    state.publication === null ? refuse('not-published') : happened({ name: 'answer.unpublished', data: input }),

  // S4 Đ.17 (#61): the citizen's own word, once.
  'case.rate': (state, input) =>
    state.rating === null ? happened({ name: 'case.rated', data: input }) : refuse('rated-already'),
}

type Told = { via: ContactWay; at: string } | null | undefined

function told(citizenTold: Told) {
  if (citizenTold == null) return []
  const { via, at } = citizenTold
  return [{ name: 'citizen.told', data: { via, toldAt: at, note: '' } } as const]
}

/** #39: by whoever held the case when both the result and the word to the citizen were there. */
function resolvedLevel(state: CaseState): 1 | 2 | 3 {
  if (state.slip !== null && state.answeredFrom !== null && isWithAgency(state.answeredFrom)) {
    return state.slip.holder === 'focal-officer' ? 2 : 3
  }
  return state.answers.at(-1)?.level === 2 ? 2 : 1
}

function mayReview({ actor, policy }: RuleContext): boolean {
  return actor.kind === 'person' && policy.publication.reviewerRoles.includes(actor.role)
}

/** The answering agency's own number may stand in its answer. */
function publicPhones(state: CaseState, context: DecideContext): string[] {
  const agencies = state.answers.map((answer) => answer.agencyId).filter((id) => id !== null)
  return agencies.map((id) => context.agency(id)?.phone ?? '').filter((phone) => phone !== '')
}
