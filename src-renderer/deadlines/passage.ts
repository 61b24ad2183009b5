import type { CaseState } from '../../src-shared/cases/case.ts'
import type { CaseEvent } from '../../src-shared/cases/events.ts'

/** One agency that held the slip (#36). */
export interface Stay {
  readonly agencyId: string
  readonly fromAt: string
  /** D13: the number of the act by which it took the slip over; null where the slip was sent to it. */
  readonly act: string | null
  /** How it ended, if it sent the slip back and the return was accepted. */
  readonly returned: { readonly at: string; readonly reason: string } | null
}

export interface Passage {
  readonly stays: readonly Stay[]
  /** Changes of agency: one less than those that held it. */
  readonly transfers: number
  readonly bounces: number
  readonly pendingReason: string | null
}

/** Through which agencies a case went, so that passing it on is seen and counted (S2 k.1). */
export function passageOf(state: CaseState, events: readonly CaseEvent[]): Passage {
  const stays: Stay[] = []
  let reason = ''
  for (const event of events) {
    if (event.name === 'slip.received') {
      stays.push({ agencyId: event.data.agencyId, fromAt: event.at, act: null, returned: null })
    } else if (event.name === 'slip.transferred') {
      stays.push({ agencyId: event.data.agencyId, fromAt: event.at, act: event.data.act, returned: null })
    } else if (event.name === 'slip.returned') {
      reason = event.data.reason
    } else if (event.name === 'slip.return-accepted') {
      const last = stays.pop()
      if (last) stays.push({ ...last, returned: { at: event.at, reason } })
    }
  }
  return {
    stays,
    transfers: Math.max(0, stays.length - 1),
    bounces: state.counts.bounces,
    pendingReason: state.pendingReturn?.reason ?? null,
  }
}
