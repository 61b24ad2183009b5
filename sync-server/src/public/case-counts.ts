import type { CaseState } from '../../../src-shared/cases/case.ts'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import type { Deps } from '../http/deps.ts'

/** What the statistics need of a case, and nothing that tells whose it is. */
export interface CaseFact {
  readonly openedAt: number
  readonly stage: CaseState['stage']
  readonly hasResult: boolean
  /** When its last clock runs or ran out; null where no agency had it. */
  readonly dueAt: number | null
  readonly isMet: boolean
  readonly isLate: boolean
  readonly resolvedLevel: CaseState['resolvedLevel']
  readonly score: number | null
  readonly isPublished: boolean
}

export interface CaseCounts {
  /** The facts of every case of the register, brought up to its last event. */
  read(): Promise<readonly CaseFact[]>
}

const everyCase = 1_000_000
const pageSize = 2_000

/** Reads the register once, and after that only the cases that events have touched since. */
export function openCaseCounts({ store, reference, clock }: Deps): CaseCounts {
  const facts = new Map<string, CaseFact>()
  let cursor: number | null = null
  let reading: Promise<void> = Promise.resolve()

  const keep = (state: CaseState) => facts.set(state.id, factOf(state))
  const factOf = (state: CaseState): CaseFact => {
    const hasClock = state.clockMarks.length > 0
    const reading = hasClock ? readCaseClock(state, reference.hours, clock.now()) : null
    return {
      openedAt: fromIso(state.openedAt),
      stage: state.stage,
      hasResult: state.hasResult,
      // A clock that stands still is not due yet; when it will be depends on how long it stands.
      dueAt: reading === null || reading.state === 'stopped' ? null : reading.dueAt,
      isMet: reading !== null && reading.state === 'ended' && !reading.isLate && !state.isLate,
      isLate: state.isLate,
      resolvedLevel: state.resolvedLevel,
      score: state.rating?.score ?? null,
      isPublished: state.publication !== null,
    }
  }

  const bringUp = async () => {
    const { register } = store.read
    if (cursor === null) {
      const from = await register.lastSeq()
      for (const { state } of await register.cases({ limit: everyCase })) keep(state)
      cursor = from
    }
    for (;;) {
      const events = await register.eventsAfter(cursor, pageSize)
      if (events.length === 0) return
      const touched = new Set(events.map(({ line }) => (JSON.parse(line) as { caseId: string }).caseId))
      for (const caseId of touched) {
        const stored = await register.case(caseId)
        if (stored !== null) keep(stored.state)
      }
      cursor = events.at(-1)!.seq
    }
  }

  return {
    async read() {
      // One after the other: two readers at once would read the whole register twice.
      reading = reading.then(bringUp, bringUp)
      await reading
      return [...facts.values()]
    },
  }
}
