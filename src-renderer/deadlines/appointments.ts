import { apply } from '../../src-shared/cases/apply.ts'
import type { CaseState } from '../../src-shared/cases/case.ts'
import { readCaseClock } from '../../src-shared/cases/case-clock.ts'
import type { CaseEvent } from '../../src-shared/cases/events.ts'
import { fromIso, type Instant } from '../../src-shared/deadlines/instants.ts'
import type { OfficeHours } from '../../src-shared/province/hours.ts'

/** What the citizen was told of the time (#19, #24), with the due instant as it stood just before. */
export interface Appointment {
  readonly kind: 'promised' | 'postponed'
  readonly at: string
  readonly by: string
  readonly newAt: Instant
  readonly oldDueAt: Instant | null
  readonly reason: string
}

/** Every promise and the one postponement, in their order. A promise that moved the deadline is the postponement itself. */
export function appointmentsOf(events: readonly CaseEvent[], hours: OfficeHours): Appointment[] {
  const found: Appointment[] = []
  let state: CaseState | null = null
  for (const event of events) {
    const before = state
    state = apply(state, event)
    if (before === null || (event.name !== 'slip.promised' && event.name !== 'slip.postponed')) continue
    const at = fromIso(event.at)
    found.push({
      kind: event.name === 'slip.promised' ? 'promised' : 'postponed',
      at: event.at,
      by: event.actor.kind === 'person' ? event.actor.name : '',
      newAt: fromIso(event.name === 'slip.promised' ? event.data.completeAt : event.data.newDueAt),
      oldDueAt: readCaseClock(before, hours, at).dueAt,
      reason: event.data.reason,
    })
  }
  return found.filter(
    (one, index) =>
      one.kind === 'postponed' || found[index + 1]?.kind !== 'postponed' || found[index + 1]!.at !== one.at,
  )
}
