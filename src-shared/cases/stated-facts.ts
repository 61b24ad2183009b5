import { fromIso, toIso } from '../deadlines/instants.ts'
import type { Policy } from '../deadlines/policy.ts'
import { clockHours, type OfficeHours } from '../province/hours.ts'
import type { CaseState } from './case.ts'
import { readCaseClock } from './case-clock.ts'
import type { CaseEvent } from './events.ts'
import { recountOf } from './recount.ts'
import { nextReminder } from './reminders.ts'
import { secondsOf } from './rule.ts'

/** A field of an event's data that nobody chose: it follows from the journal before it, the calendars and the policy. */
export interface StatedFact {
  /** `dueAt`, `policy.version`. */
  readonly field: string
  readonly stated: unknown
  readonly computed: unknown
}

/** Every such field of an event, as it stands and as it is counted anew. `state` is the case before the event. */
export function statedFacts(
  state: CaseState | null,
  event: CaseEvent,
  rules: { readonly policy: Policy; readonly hours: OfficeHours },
): StatedFact[] {
  if (state === null) return []
  const { policy, hours } = rules
  const at = fromIso(event.at)
  const dueAt = () => {
    const { dueAt } = readCaseClock(state, hours, at)
    return dueAt === null ? null : toIso(dueAt)
  }
  const facts = (computed: object): StatedFact[] =>
    Object.entries(computed).map(([field, value]) => ({
      field,
      stated: (event.data as Record<string, unknown>)[field],
      computed: value,
    }))
  switch (event.name) {
    case 'slip.received':
      return facts({
        allowanceSeconds: secondsOf(policy.focalOfficerWorkingHours),
        clockStopsOn: policy.focalClockStopsOn,
      })
    case 'slip.escalated':
      return facts({
        dueAt: dueAt(),
        allowanceSeconds: secondsOf(policy.headWorkingHours),
        reading: policy.headReading,
      })
    case 'case.became-late':
      return facts({ dueAt: dueAt() })
    case 'slip.due-soon': {
      const reminder = nextReminder(state, readCaseClock(state, hours, at), policy, clockHours(hours), at)
      if (reminder === null) return facts({ dueAt: null })
      return facts({
        level: reminder.level,
        dueAt: toIso(reminder.dueAt),
        minutesBefore: reminder.minutesBefore,
      })
    }
    case 'clock.recounted': {
      const recounted = recountOf(state, clockHours(hours), at)
      return facts(recounted ?? { knownAt: null })
    }
    case 'supplement.requested': {
      const { stopsClock, capWorkingHours } = policy.supplement
      const stops = stopsClock && (state.stage === 'with-focal-officer' || state.stage === 'with-head')
      return facts({ stopsClock: stops, capSeconds: stops ? secondsOf(capWorkingHours) : null })
    }
    case 'pause.confirmed':
      return pauseFacts(state, event.data.effectiveAt, at, rules)
    case 'case.reopened':
      return facts({ countsClosedTime: policy.reopenCountsClosedTime })
    default:
      return []
  }
}

/** D8: from the request where it was confirmed soon enough, otherwise from the confirmation. */
function pauseFacts(
  state: CaseState,
  effectiveAt: string,
  at: number,
  { policy, hours }: { readonly policy: Policy; readonly hours: OfficeHours },
): StatedFact[] {
  const requestedAt = state.pendingPause === null ? at : fromIso(state.pendingPause.at)
  const waited = clockHours(hours).workingTime(state.slip!.agencyId, at).between(requestedAt, at)
  const isPrompt = waited <= secondsOf(policy.pause.confirmWithinWorkingHours)
  return [{ field: 'effectiveAt', stated: effectiveAt, computed: toIso(isPrompt ? requestedAt : at) }]
}
