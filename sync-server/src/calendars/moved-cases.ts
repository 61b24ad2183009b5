import type { z } from 'zod'
import { type calendarPreviewSchema, type MovedCase, movedCaseSchema } from '../../../src-shared/api/deadlines.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { caseStages, isFinal } from '../../../src-shared/cases/lifecycle.ts'
import { recountOf } from '../../../src-shared/cases/recount.ts'
import type { Instant } from '../../../src-shared/deadlines/instants.ts'
import { clockHours, type OfficeHours } from '../../../src-shared/province/hours.ts'
import type { CasesReading } from '../store/store.ts'

type Movement = Pick<z.infer<typeof calendarPreviewSchema>, 'open' | 'moved'>

const finalStages = caseStages.filter(isFinal)
const together = 100
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

/**
 * The open cases whose clock a calendar counts, and those of them that would fall due at another instant: by the very
 * function that the recount itself uses. Sorted by the new due instant; what stands still, with none, comes last.
 * @param hours with the new entries in them, known at `knownAt`.
 */
export async function movedCases(
  cases: CasesReading,
  calendarId: string,
  hours: OfficeHours,
  knownAt: Instant,
): Promise<Movement> {
  const stored = await cases.cases({ notStages: finalStages, limit: Number.MAX_SAFE_INTEGER })
  const moved: MovedCase[] = []
  let open = 0
  for (const [index, { state }] of stored.entries()) {
    // A province's open cases are thousands: the telephone must not wait for them.
    if (index % together === together - 1) await breathe()
    const clock = readCaseClock(state, hours, knownAt)
    if (clock.level === null || (clock.state !== 'running' && clock.state !== 'stopped')) continue
    const holders = clock.intervals.filter(({ level }) => level === clock.level).map(({ holder }) => holder.agencyId)
    if (![clock.holder?.agencyId, ...holders].some((agencyId) => isCountedBy(calendarId, agencyId, hours))) continue
    open += 1
    const row = movedCase(state, clock.level, hours, knownAt)
    if (row !== null) moved.push(row)
  }
  return { open, moved: moved.sort(byNewDue) }
}

function movedCase(
  state: CaseState,
  level: MovedCase['level'],
  hours: OfficeHours,
  knownAt: Instant,
): MovedCase | null {
  const recount = recountOf(state, clockHours(hours), knownAt)
  if (recount === null || recount.dueBefore === recount.dueAfter) return null
  const { dueBefore, dueAfter } = recount
  const agencyId = state.slip?.agencyId ?? ''
  return movedCaseSchema.parse({ caseId: state.id, code: state.code, agencyId, level, dueBefore, dueAfter })
}

/** By the calendar itself or by one that inherits from it. */
function isCountedBy(calendarId: string, agencyId: string | undefined, hours: OfficeHours): boolean {
  const own = agencyId === undefined ? undefined : hours.calendarIdOf(agencyId)
  return own !== undefined && hours.book.chain(own).some(({ id }) => id === calendarId)
}

const dueOf = ({ dueAfter }: MovedCase) => (dueAfter === null ? Number.POSITIVE_INFINITY : Date.parse(dueAfter))

function byNewDue(a: MovedCase, b: MovedCase): number {
  const [first, second] = [dueOf(a), dueOf(b)]
  return first === second ? a.code.localeCompare(b.code) : first - second
}
