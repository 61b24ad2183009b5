import type { CaseState } from '../../src-shared/cases/case.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { agencyAnsweringFor } from '../../src-shared/province/directory.ts'
import { localDateOf } from '../deadlines/times.ts'
import { type Act, field, plain, withReason } from './act.ts'
import { dateOf, instantOf } from './typed-time.ts'

/** The opinion that is owed longest: the one a reminder is meant for. */
function firstOwed({ consults }: CaseState): string {
  const owed = consults.filter(({ repliedAt }) => repliedAt === null)
  return owed.sort((a, b) => fromIso(a.replyBy) - fromIso(b.replyBy))[0]?.id ?? ''
}

/** What moves, stops or lifts a deadline. */
export const clockActs: readonly Act[] = [
  {
    command: 'slip.promise',
    fields: [field('completeAt', 'instant', 'act.completeAt'), field('reason', 'text', 'act.reason')],
    input: ({ completeAt = '', reason }) => ({ completeAt: instantOf(completeAt), reason }),
  },
  {
    command: 'slip.postpone',
    fields: [field('newDueAt', 'instant', 'act.newDueAt'), field('reason', 'text', 'act.reason')],
    input: ({ newDueAt = '', reason }) => ({ newDueAt: instantOf(newDueAt), reason }),
  },
  plain('pause.confirm'),
  withReason('pause.refuse'),
  plain('pause.end'),
  {
    command: 'consult.remind',
    fields: [field('consultId', 'consult', 'act.consult')],
    defaults: (state) => ({ consultId: firstOwed(state) }),
    input: ({ consultId }) => ({ consultId }),
  },
  {
    // D13: proposes whom the directory names as successor; where the agency is still there, nobody.
    command: 'slip.transfer',
    fields: [
      field('agencyId', 'agency', 'act.newAgency'),
      field('act', 'line', 'act.transferAct'),
      field('reason', 'text', 'act.reason'),
    ],
    defaults: (state, now, directory) => {
      const from = state.slip?.agencyId ?? ''
      const successor = directory === null ? undefined : agencyAnsweringFor(directory, from, localDateOf(now))
      return { agencyId: successor === undefined || successor.id === from ? '' : successor.id }
    },
    input: ({ agencyId, act = '', reason = '' }) => ({ agencyId, act, reason }),
  },
  {
    command: 'lateness.lift',
    fields: [
      field('number', 'line', 'act.liftNumber'),
      field('signedBy', 'line', 'act.liftSigner'),
      field('signedOn', 'date', 'act.signedOn'),
      field('reason', 'text', 'act.reason'),
    ],
    input: ({ number = '', signedBy = '', signedOn = '', reason = '' }) => ({
      act: { number, signedBy, signedOn: signedOn.trim() === '' ? null : dateOf(signedOn) },
      reason,
    }),
  },
]
