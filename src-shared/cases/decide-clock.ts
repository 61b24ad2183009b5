import { toIso } from '../deadlines/instants.ts'
import { wasLate } from './command-stages.ts'
import type { CommandInput } from './commands.ts'
import type { EventBody } from './events.ts'
import { recountOf } from './recount.ts'
import type { Refusal } from './refusals.ts'
import { nextReminder } from './reminders.ts'
import { clockOf, type DecideContext, happened, type Rules, refuse, secondsOf } from './rule.ts'

/** What the clock itself brings about, and what may be said against it. */
export const clockRules: Rules<
  'clock.escalate' | 'clock.remind' | 'clock.recount' | 'slip.transfer' | 'lateness.explain' | 'lateness.lift'
> = {
  /**
   * The keeper's act at the due instant (#20, #22). The stage says which step is next, so a second call finds the next
   * clock, not yet due: the step is taken once however often it is asked for.
   *
   * An officer who recorded the result but did not tell the citizen within the 8 hours is escalated too: Đ.9 k.3 asks
   * for both, and k.4 for the escalation when the citizen has had no reply.
   */
  'clock.escalate'(state, _, context) {
    if (!context.isAuthority) return refuse('not-permitted', { command: 'clock.escalate' })
    const clock = clockOf(state, context)
    // D6: an act at the due instant is in time, so only a later second is past it.
    if (clock.state !== 'running' || clock.dueAt === null || context.now < clock.dueAt + 1000) {
      return refuse('not-yet-due', clock.dueAt === null ? {} : { dueAt: toIso(clock.dueAt) })
    }
    const dueAt = toIso(clock.dueAt)
    if (state.slip?.holder === 'focal-officer') {
      const { headWorkingHours, headReading } = context.policy
      return happened({
        name: 'slip.escalated',
        data: { dueAt, to: 'head', allowanceSeconds: secondsOf(headWorkingHours), reading: headReading },
      })
    }
    return happened({ name: 'case.became-late', data: { dueAt } })
  },

  // S4 Đ.13 k.2 (#28).
  'clock.remind'(state, _, context) {
    if (!context.isAuthority) return refuse('not-permitted', { command: 'clock.remind' })
    const reminder = nextReminder(state, clockOf(state, context), context.policy, context, context.now)
    if (reminder === null) return happened()
    const { level, dueAt, minutesBefore, at } = reminder
    if (at > context.now) return refuse('not-yet-due', { dueAt: toIso(at) })
    return happened({ name: 'slip.due-soon', data: { level, dueAt: toIso(dueAt), minutesBefore } })
  },

  // D14.
  'clock.recount'(state, _, context) {
    if (!context.isAuthority) return refuse('not-permitted', { command: 'clock.recount' })
    const data = recountOf(state, context, context.now)
    return data === null ? happened() : happened({ name: 'clock.recounted', data })
  },

  // D13: the same clock, with whoever answers for the agency that is no more.
  'slip.transfer'(state, input, context) {
    const fromAgencyId = state.slip!.agencyId
    if (input.agencyId === fromAgencyId) return refuse('transfer-same-agency', { agencyId: fromAgencyId })
    if (input.act === '' || input.reason === '') return refuse('transfer-needs-act')
    const agency = context.agency(input.agencyId)
    if (agency === null) return refuse('agency-unknown', { agencyId: input.agencyId })
    if (!agency.hasFocalOfficer) {
      return refuse('agency-has-no-officer', { agencyId: input.agencyId, phone: agency.phone })
    }
    return happened({ name: 'slip.transferred', data: { ...input, fromAgencyId } })
  },

  'lateness.explain'(state, input, context) {
    if (!wasLate(state)) return refuse('not-late')
    return refuseCause(input, context) ?? happened({ name: 'lateness.explained', data: input })
  },

  'lateness.lift'(state, { act, reason }, context) {
    if (!wasLate(state)) return refuse('not-late')
    if (state.lateLift !== null) return refuse('lifted-already', { number: state.lateLift.number })
    const { number, signedBy, signedOn } = act
    const isSigned = signedOn !== null && signedOn <= toIso(context.now).slice(0, 10)
    if (number === '' || signedBy === '' || !isSigned || reason === '') return refuse('lift-needs-act')
    return happened({ name: 'lateness.lifted', data: { act: { number, signedBy, signedOn }, reason } })
  },
}

/** S2 k.1, k.3 (#37): one of the policy's causes, and in words. */
export function refuseCause(
  cause: CommandInput<'lateness.explain'> | undefined,
  context: DecideContext,
): Refusal | null {
  const { lateCauses } = context.policy
  if (cause === undefined || cause.text === '') return refuse('late-cause-missing')
  const isListed = lateCauses.length === 0 || lateCauses.some((each) => each.code === cause.causeCode)
  return isListed ? null : refuse('late-cause-unknown', { causeCode: cause.causeCode })
}

/** After one of these an open clock looks further ahead than before, by a calendar that may have been corrected meanwhile. */
export const movesClock: ReadonlySet<EventBody['name']> = new Set([
  'slip.postponed',
  'slip.transferred',
  'supplement.requested',
  'supplement.received',
  'pause.confirmed',
  'pause.ended',
  'case.reopened',
])
