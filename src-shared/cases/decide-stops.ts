import { fromIso, toIso } from '../deadlines/instants.ts'
import { hasOpenConsult } from './command-stages.ts'
import { clockOf, happened, type RuleContext, type Rules, refuse, secondsOf } from './rule.ts'

/** What may stop a clock, and what may not: supplement, pause, consult, withdrawal. */
export const stopRules: Rules<
  | 'supplement.request'
  | 'supplement.receive'
  | 'pause.request'
  | 'pause.confirm'
  | 'pause.refuse'
  | 'pause.end'
  | 'consult.ask'
  | 'consult.reply'
  | 'consult.remind'
  | 'case.withdraw'
> = {
  // S4 Đ.14 k.4 (#16): the citizen is asked to complete it one time. D5: the clock waits, no longer than the cap.
  'supplement.request'(state, input, context) {
    const { max, stopsClock, capWorkingHours } = context.policy.supplement
    if (state.counts.supplements >= max) return refuse('supplement-used', { max })
    if (input.missing.length === 0) return refuse('supplement-needs-items')
    if (state.isPaused) return refuse('pause-already')
    // What is late stays late: there is no allowance left that a stop could save.
    const stops = stopsClock && (state.stage === 'with-focal-officer' || state.stage === 'with-head')
    return happened({
      name: 'supplement.requested',
      data: { ...input, stopsClock: stops, capSeconds: stops ? secondsOf(capWorkingHours) : null },
    })
  },

  'supplement.receive': (state, input) =>
    state.pendingSupplement === null
      ? refuse('supplement-not-asked')
      : happened({ name: 'supplement.received', data: input }),

  // S2 k.1 (#29): "không bấm ngừng hồ sơ đối với các trường hợp đang xin ý kiến các sở, ngành và địa phương".
  'pause.request'(state, input, context) {
    if (hasOpenConsult(state)) return refuse('pause-awaiting-opinion')
    const reason = context.policy.pauseReasons.find((each) => each.code === input.reasonCode)
    if (reason === undefined) return refuse('pause-reason-unknown', { reasonCode: input.reasonCode })
    if (reason.refused) return refuse('pause-awaiting-opinion', { reason: reason.label })
    if (input.explanation === '') return refuse('pause-needs-explanation')
    if (state.pendingPause !== null || clockOf(state, context).state === 'stopped') return refuse('pause-already')
    return happened({ name: 'pause.requested', data: input })
  },

  // S2 k.2 (#30): a pause is a request until another person of another role confirms it.
  'pause.confirm'(state, _, context) {
    const pending = state.pendingPause
    if (pending === null) return refuse('pause-not-asked')
    if (!isOther(pending.by, context)) return refuse('pause-same-person')
    if (!mayConfirm(context)) return refuse('not-permitted', { command: 'pause.confirm' })
    // An opinion asked since the request makes it one of the cases that the system "không xác nhận".
    if (hasOpenConsult(state)) return refuse('pause-awaiting-opinion')
    if (clockOf(state, context).state === 'stopped') return refuse('pause-already')
    // D8: from the request where it was confirmed soon enough, otherwise from the confirmation.
    const requestedAt = fromIso(pending.at)
    const waited = context.workingTime(state.slip!.agencyId).between(requestedAt, context.now)
    const isPrompt = waited <= secondsOf(context.policy.pause.confirmWithinWorkingHours)
    return happened({
      name: 'pause.confirmed',
      data: { effectiveAt: toIso(isPrompt ? requestedAt : context.now) },
    })
  },

  'pause.refuse'(state, input, context) {
    if (state.pendingPause === null) return refuse('pause-not-asked')
    if (!mayConfirm(context)) return refuse('not-permitted', { command: 'pause.refuse' })
    return happened({ name: 'pause.refused', data: input })
  },

  'pause.end': (state) => (state.isPaused ? happened({ name: 'pause.ended', data: {} }) : refuse('pause-not-running')),

  // S2 k.1 (#33): what is asked, and by when. The lead's clock keeps running, so a pause ends here.
  'consult.ask'(state, input, context) {
    if (input.question === '') return refuse('consult-needs-question')
    if (input.replyBy === null || fromIso(input.replyBy) <= context.now) return refuse('consult-needs-reply-by')
    if (context.agency(input.agencyId) === null) return refuse('agency-unknown', { agencyId: input.agencyId })
    if (state.consults.some((consult) => consult.id === input.consultId)) return happened()
    const asked = { name: 'consult.asked', data: { ...input, replyBy: input.replyBy } } as const
    return state.isPaused ? happened({ name: 'pause.ended', data: {} }, asked) : happened(asked)
  },

  'consult.reply'(state, input, context) {
    const consult = state.consults.find((each) => each.id === input.consultId)
    if (consult === undefined) return refuse('consult-unknown')
    const { actor } = context
    if (actor.kind !== 'person' || actor.agencyId !== consult.agencyId) {
      return refuse('not-permitted', { command: 'consult.reply' })
    }
    if (consult.repliedAt !== null) return refuse('consult-already-replied', { at: consult.repliedAt })
    return happened({ name: 'consult.replied', data: input })
  },

  // S2 k.1 (#34): the second reminder goes to Home Affairs too.
  'consult.remind'(state, input, context) {
    const consult = state.consults.find((each) => each.id === input.consultId)
    if (consult === undefined) return refuse('consult-unknown')
    if (consult.repliedAt !== null) return refuse('consult-already-replied', { at: consult.repliedAt })
    const count = consult.reminders + 1
    const copyToHomeAffairs = count >= context.policy.consult.copyHomeAffairsFromReminder
    return happened({ name: 'consult.reminded', data: { ...input, count, copyToHomeAffairs } })
  },

  // S2 k.1 (#32): the citizen's own request, signed by the head of the unit.
  'case.withdraw'(_, { requestScan, headSignature }, context) {
    if (requestScan === null || requestScan === '') return refuse('withdrawal-needs-request')
    const isSigned = headSignature !== null && headSignature.signedOn <= toIso(context.now).slice(0, 10)
    if (!isSigned) return refuse('withdrawal-needs-signature')
    return happened({ name: 'case.withdrawn', data: { requestScan, headSignature } })
  },
}

function mayConfirm({ actor, policy }: RuleContext): boolean {
  return actor.kind === 'person' && policy.pause.confirmerRoles.includes(actor.role)
}

function isOther(requester: RuleContext['actor'], { actor }: RuleContext): boolean {
  if (requester.kind !== 'person' || actor.kind !== 'person') return true
  return requester.accountId !== actor.accountId && requester.role !== actor.role
}
