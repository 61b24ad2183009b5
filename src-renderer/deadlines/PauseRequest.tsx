import type { CaseState } from '../../src-shared/cases/case.ts'
import type { CaseEvent } from '../../src-shared/cases/events.ts'
import { fromIso, type Instant } from '../../src-shared/deadlines/instants.ts'
import { dueWords } from '../../src-shared/deadlines/spoken.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import { useCasePolicy } from './case-policy.ts'
import { eventsNamed } from './journal.ts'

/** #30: who asks for a pause, when and why, for the one who must judge it. */
export function PauseRequest({ state, events }: { state: CaseState; events: readonly CaseEvent[] }) {
  const say = useSay()
  const policy = useCasePolicy(state.openedAt)
  const { pendingPause } = state
  if (pendingPause === null) return null
  const reason = policy?.pauseReasons.find(({ code }) => code === pendingPause.reasonCode)?.label
  return (
    <p>
      {say('pause.asked', {
        name: pendingPause.by.kind === 'person' ? pendingPause.by.name : '',
        at: dueWords(fromIso(pendingPause.at)),
        reason: reason ?? pendingPause.reasonCode,
        explanation: eventsNamed(events, 'pause.requested').at(-1)?.data.explanation ?? '',
      })}
    </p>
  )
}

export interface PauseLimit {
  readonly requestedAt: Instant
  /** Confirmed by then, it counts from its request (D8). */
  readonly until: Instant
  readonly isPrompt: boolean
  readonly hours: number
}

/** D8 for a pause that waits; null where none does. */
export function usePauseLimit(state: CaseState): PauseLimit | null {
  const now = useNow(60)
  const hours = useSession((session) => session.hours)
  const policy = useCasePolicy(state.openedAt)
  const workingTime = state.slip === null ? undefined : hours?.ofAgency(state.slip.agencyId)
  if (state.pendingPause === null || workingTime === undefined || policy === null) return null
  const { confirmWithinWorkingHours } = policy.pause
  const requestedAt = fromIso(state.pendingPause.at)
  const until = workingTime.add(requestedAt, Math.round(confirmWithinWorkingHours * 3600))
  return { requestedAt, until, isPrompt: now <= until, hours: confirmWithinWorkingHours }
}
