import { z } from 'zod'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import type { CaseEvent, EventName } from '../../src-shared/cases/events.ts'

/** Made by our own desk, like the case's state, and not parsed again. */
const eventSchema = z.custom<CaseEvent>(
  (value) => typeof value === 'object' && value !== null && 'name' in value && 'data' in value && 'at' in value,
)

/** The case's events in their order, as the register has them or the desk predicts them. */
export function journalOf(detail: Pick<CaseDetail, 'events'>): CaseEvent[] {
  return detail.events.map(({ event }) => eventSchema.parse(event))
}

type Named<N extends EventName> = Extract<CaseEvent, { name: N }>

export function eventsNamed<N extends EventName>(events: readonly CaseEvent[], ...names: readonly N[]): Named<N>[] {
  return events.filter((event): event is Named<N> => (names as readonly string[]).includes(event.name))
}
