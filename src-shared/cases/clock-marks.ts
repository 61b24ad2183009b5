import type { ClockHolder, ClockMark } from '../deadlines/clock.ts'
import { fromIso } from '../deadlines/instants.ts'
import type { CaseState } from './case.ts'
import type { CaseEvent } from './events.ts'
import { isWithAgency } from './lifecycle.ts'

/** What an event does to the case's clock. `state` is the case before the event. */
export function marksOf(state: CaseState, event: CaseEvent): ClockMark[] {
  const at = fromIso(event.at)
  switch (event.name) {
    case 'slip.received': {
      const { agencyId, allowanceSeconds } = event.data
      return [{ kind: 'start', at, level: 'focal-officer', holder: { agencyId }, allowanceSeconds }]
    }
    case 'slip.escalated': {
      const { allowanceSeconds, reading } = event.data
      const holder: ClockHolder = { agencyId: state.slip!.agencyId }
      return [
        { kind: 'level-end', at, outcome: 'escalated' },
        { kind: 'start', at, level: 'head', holder, allowanceSeconds, reading },
      ]
    }
    case 'slip.postponed':
      return [{ kind: 'extend', at, dueAt: fromIso(event.data.newDueAt), reason: 'postponement' }]
    case 'slip.transferred':
      return [{ kind: 'transfer', at, holder: { agencyId: event.data.agencyId } }]
    case 'clock.recounted':
      return [{ kind: 'calendar', at, knownAt: fromIso(event.data.knownAt), act: event.data.acts.join('; ') }]
    case 'slip.answered':
      return isResultEnough(state) ? [{ kind: 'end', at }] : resumeAll(state, at)
    case 'citizen.told': {
      if (state.slip === null || !state.hasResult) return []
      // #18: the later of the two facts stops the clock.
      const answeredAt = fromIso(state.answers.at(-1)!.at)
      return [{ kind: 'end', at: Math.max(answeredAt, fromIso(event.data.toldAt)) }]
    }
    case 'supplement.requested': {
      if (!event.data.stopsClock) return []
      const { capSeconds } = event.data
      return [{ kind: 'stop', at, reason: 'supplement', ...(capSeconds === null ? {} : { capSeconds }) }]
    }
    case 'supplement.received':
      return state.pendingSupplement?.stopsClock ? [{ kind: 'resume', at, reason: 'supplement' }] : []
    case 'pause.confirmed':
      return [{ kind: 'stop', at: fromIso(event.data.effectiveAt), reason: 'pause' }]
    case 'pause.ended':
      return [{ kind: 'resume', at, reason: 'pause' }]
    case 'slip.return-accepted':
      return [{ kind: 'level-end', at, outcome: 'returned' }]
    case 'case.withdrawn':
      return [{ kind: 'end', at }]
    case 'case.reopened':
      return state.answeredFrom !== null && isWithAgency(state.answeredFrom)
        ? [{ kind: 'reopen', at, countsClosedTime: event.data.countsClosedTime }]
        : []
    default:
      // S4 Đ.10 k.2: when a case becomes late the head still owes the answer, so the head's clock runs on and counts it.
      return []
  }
}

/**
 * The focal officer owes two facts (S4 Đ.9 k.3, #18), the head one: his answer goes to the agent, who tells the citizen
 * (S4 Đ.9 k.4).
 */
function isResultEnough(state: CaseState): boolean {
  return state.slip!.holder !== 'focal-officer' || state.slip!.clockStopsOn === 'result'
}

/** With the result recorded nothing is awaited any more; what is left to do, telling the citizen, is on the clock. */
function resumeAll(state: CaseState, at: number): ClockMark[] {
  const marks: ClockMark[] = []
  if (state.isPaused) marks.push({ kind: 'resume', at, reason: 'pause' })
  if (state.pendingSupplement?.stopsClock) marks.push({ kind: 'resume', at, reason: 'supplement' })
  return marks
}
