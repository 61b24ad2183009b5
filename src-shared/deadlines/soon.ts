import type { ClockLevel } from './clock.ts'
import type { Policy } from './policy.ts'

/** Working seconds before the due instant from which a deadline is near, by who holds the slip. */
export type SoonSeconds = Readonly<Record<ClockLevel, number>>

/** Near begins where the province sends its first reminder (S4 Đ.13 k.2, #28), so that list, screen and message agree. */
export function soonSecondsOf(policy: Pick<Policy, 'remindersBeforeDueMinutes'> | null): SoonSeconds {
  const { focalOfficer = [], head = [] } = policy?.remindersBeforeDueMinutes ?? {}
  return { 'focal-officer': (focalOfficer[0] ?? 0) * 60, head: (head[0] ?? 0) * 60, office: 0 }
}
