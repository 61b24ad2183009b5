import type { ClockReading } from '../deadlines/clock.ts'
import { fromIso, type Instant } from '../deadlines/instants.ts'
import type { Policy } from '../deadlines/policy.ts'
import type { CaseState } from './case.ts'
import { isOfStage } from './command-stages.ts'
import type { ClockHours } from './recount.ts'

export interface Reminder {
  readonly level: 'focal-officer' | 'head'
  /** Inside the holder's working hours, for it is counted back in them. */
  readonly at: Instant
  readonly dueAt: Instant
  readonly minutesBefore: number
}

/**
 * S4 Đ.13 k.2 (#28): the reminder that is to be given now, or the next one; null where none is left for this due instant.
 * Of several whose time has passed only the last one still says something true.
 */
export function nextReminder(
  state: Pick<CaseState, 'stage' | 'remindedFor'>,
  clock: ClockReading,
  policy: Pick<Policy, 'remindersBeforeDueMinutes'>,
  hours: ClockHours,
  now: Instant,
): Reminder | null {
  const { level, dueAt, holder, startedAt } = clock
  if (!isOfStage('clock.remind', state.stage) || clock.state !== 'running') return null
  if (level === null || level === 'office' || dueAt === null || holder === null || startedAt === null) return null
  if (now >= dueAt) return null
  const given = state.remindedFor
  const below = given !== null && fromIso(given.dueAt) === dueAt ? given.minutesBefore : Number.POSITIVE_INFINITY
  const minutes = policy.remindersBeforeDueMinutes[level === 'head' ? 'head' : 'focalOfficer']
  const workingTime = hours.workingTime(holder.agencyId, clock.levels.at(-1)!.knownAt)
  const left = minutes
    .filter((minutesBefore) => minutesBefore < below)
    .map((minutesBefore) => ({ level, dueAt, minutesBefore, at: workingTime.subtract(dueAt, minutesBefore * 60) }))
    // What comes with the slip itself needs no reminder.
    .filter((reminder) => reminder.at > startedAt)
  return left.findLast((reminder) => reminder.at <= now) ?? left[0] ?? null
}
