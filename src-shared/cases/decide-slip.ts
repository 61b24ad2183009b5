import { fromIso, toIso } from '../deadlines/instants.ts'
import type { CaseState } from './case.ts'
import type { Refusal } from './refusals.ts'
import { clockOf, type DecideContext, happened, type RuleContext, type Rules, refuse, secondsOf } from './rule.ts'

export const slipRules: Rules<
  | 'slip.send'
  | 'slip.open'
  | 'slip.promise'
  | 'slip.postpone'
  | 'slip.return'
  | 'slip.accept-return'
  | 'slip.reject-return'
  | 'slip.remind'
  | 'urging.send'
  | 'urging.reply'
> = {
  'slip.send'(_, input, context) {
    const agency = context.agency(input.agencyId)
    if (agency === null) return refuse('agency-unknown', { agencyId: input.agencyId })
    // #13: without a focal officer the 8 hours would run on a dead telephone.
    if (!agency.hasFocalOfficer) {
      return refuse('agency-has-no-officer', { agencyId: input.agencyId, phone: agency.phone })
    }
    if (input.callAttempt === null && !isReason(input.skippedCallReason) && needsCall(input.agencyId, context)) {
      return refuse('slip-needs-call-attempt', { agencyId: input.agencyId, phone: agency.phone })
    }
    const { focalOfficerWorkingHours, focalClockStopsOn } = context.policy
    return happened(
      { name: 'slip.sent', data: input },
      // D1: delivered in the system is received. SMS and opening are kept as evidence and start nothing.
      {
        name: 'slip.received',
        data: {
          agencyId: input.agencyId,
          allowanceSeconds: secondsOf(focalOfficerWorkingHours),
          clockStopsOn: focalClockStopsOn,
        },
      },
    )
  },

  'slip.open': (state) => (state.slip?.openedAt == null ? happened({ name: 'slip.opened', data: {} }) : happened()),

  // S4 Đ.9 k.3 ¶2 (#19): the time of completion, told at once.
  'slip.promise'(state, input, context) {
    const { dueAt } = clockOf(state, context)
    const completeAt = fromIso(input.completeAt)
    if (completeAt <= context.now) return refuse('promise-in-past', { at: input.completeAt })
    const promised = { name: 'slip.promised', data: input } as const
    // D4: it is the one postponement only where it ends after the due time. A late case has no due time left to move.
    const { promiseCounts } = context.policy.postponement
    const isAfterDue = state.stage !== 'late' && dueAt !== null && completeAt > dueAt
    if (promiseCounts === 'never' || (promiseCounts === 'if-after-due' && !isAfterDue)) return happened(promised)
    return (
      refusePostponement(state, completeAt, context) ??
      happened(promised, { name: 'slip.postponed', data: { newDueAt: input.completeAt, reason: input.reason } })
    )
  },

  // S4 Đ.10 k.3 (#24).
  'slip.postpone'(state, input, context) {
    if (input.reason === '') return refuse('postponement-needs-reason')
    return (
      refusePostponement(state, fromIso(input.newDueAt), context) ?? happened({ name: 'slip.postponed', data: input })
    )
  },

  // #36: "not ours" stays with its holder, clock running, until the agent judges it.
  'slip.return'(state, input) {
    if (state.pendingReturn !== null) return refuse('return-pending')
    if (input.reason === '') return refuse('return-needs-reason')
    return happened({ name: 'slip.returned', data: input })
  },

  'slip.accept-return'(state, input, context) {
    if (state.pendingReturn === null) return refuse('return-not-asked')
    const accepted = { name: 'slip.return-accepted', data: input } as const
    // S2 k.1: no passing the buck. The second agency that says "not ours" sends the question to the provincial office.
    if (state.counts.bounces + 1 < context.policy.bounceToOfficeAt) return happened(accepted)
    return happened(accepted, { name: 'competence.asked', data: { question: state.pendingReturn.reason } })
  },

  'slip.reject-return': (state, input) =>
    state.pendingReturn === null ? refuse('return-not-asked') : happened({ name: 'slip.return-rejected', data: input }),

  // S4 Đ.9 k.5 (#27): a letter has a number and a signer; a demand to explain says by when.
  'urging.send'(state, input, context) {
    const { number, signedBy, signedOn } = input.letter
    const isSigned = signedOn !== null && signedOn <= toIso(context.now).slice(0, 10)
    if (number === '' || signedBy === '' || !isSigned || input.content === '') return refuse('urging-needs-letter')
    const isAhead = input.replyBy !== null && fromIso(input.replyBy) > context.now
    if (input.kind === 'explain' && !isAhead) return refuse('urging-needs-reply-by')
    if (state.urgings.some((each) => each.id === input.urgingId)) return happened()
    return happened({ name: 'urging.sent', data: { ...input, letter: { number, signedBy, signedOn } } })
  },

  'urging.reply'(state, input) {
    const urging = state.urgings.find((each) => each.id === input.urgingId && each.kind === 'explain')
    if (urging === undefined) return refuse('urging-unknown')
    if (urging.repliedAt !== null) return refuse('urging-already-replied', { at: urging.repliedAt })
    return happened({ name: 'urging.replied', data: input })
  },

  // S4 Đ.13 k.2 (#28).
  'slip.remind': (_, input) => happened({ name: 'slip.reminded', data: input }),
}

const isReason = (text: string | null): boolean => text !== null && text.trim() !== ''

// S4 Đ.9 k.3 (#14): a slip follows a call that was not answered. D3: not at night, when nobody is there to answer. What
// counts is when the agent sent it, not when the desk's link came back.
function needsCall(agencyId: string, context: RuleContext): boolean {
  return context.policy.callAttemptAfterHours === 'needed' || context.workingTime(agencyId).isOpen(context.madeAt)
}

// S4 Đ.10 k.3: once per case. D4: asked before the due time, and no further than the policy's length after it.
function refusePostponement(state: CaseState, newDueAt: number, context: DecideContext): Refusal | null {
  const { max, maxWorkingHours } = context.policy.postponement
  if (state.counts.postponements >= max) return refuse('postponement-used', { max })
  const { dueAt, state: clockState } = clockOf(state, context)
  if (state.stage === 'late' || (clockState === 'running' && dueAt !== null && context.now > dueAt)) {
    return refuse('postponement-after-due', dueAt === null ? {} : { dueAt: toIso(dueAt) })
  }
  if (clockState !== 'running' || dueAt === null) return refuse('wrong-stage', { stage: state.stage })
  if (newDueAt <= context.now || newDueAt <= dueAt) return refuse('postponement-in-past', { dueAt: toIso(dueAt) })
  const latestAt = context.workingTime(state.slip!.agencyId).add(dueAt, secondsOf(maxWorkingHours))
  if (newDueAt > latestAt) return refuse('postponement-too-long', { maxWorkingHours, latestAt: toIso(latestAt) })
  return null
}
