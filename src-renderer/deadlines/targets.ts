import type { CaseEvent } from '../../src-shared/cases/events.ts'
import { fromIso, type Instant } from '../../src-shared/deadlines/instants.ts'
import type { Policy } from '../../src-shared/deadlines/policy.ts'
import type { WorkingTime } from '../../src-shared/deadlines/working-time.ts'
import { eventsNamed } from './journal.ts'

/** A target of the province's own, beside the Regulation's clock and never in its place (D7, #27). */
export interface InnerTarget {
  readonly kind: 'competence' | 'urgent'
  readonly dueAt: Instant
  readonly allowedSeconds: number
  /** Null while it is still owed. */
  readonly metAt: Instant | null
  readonly usedSeconds: number
  /** Working seconds left, negative when past. */
  readonly leftSeconds: number
  /** "mục tiêu nội bộ, không có trong Quy chế". */
  readonly label: string
}

/** @param officeTime the working time of the provincial office @param now epoch milliseconds */
export function innerTargets(
  isUrgent: boolean,
  events: readonly CaseEvent[],
  policy: Pick<Policy, 'competence' | 'urgent'>,
  officeTime: WorkingTime,
  now: Instant,
): InnerTarget[] {
  const targets: InnerTarget[] = []
  const add = (kind: InnerTarget['kind'], from: string, met: string | undefined, hours: number, label: string) => {
    const fromAt = fromIso(from)
    const allowedSeconds = Math.round(hours * 3600)
    const dueAt = officeTime.add(fromAt, allowedSeconds)
    const metAt = met === undefined ? null : fromIso(met)
    const usedSeconds = officeTime.between(fromAt, metAt ?? Math.max(now, fromAt))
    targets.push({ kind, dueAt, allowedSeconds, metAt, usedSeconds, leftSeconds: allowedSeconds - usedSeconds, label })
  }
  const asked = eventsNamed(events, 'competence.asked').at(-1)
  if (asked !== undefined) {
    const { officeTargetWorkingHours, label } = policy.competence
    const after = events.slice(events.indexOf(asked) + 1)
    add(
      'competence',
      asked.at,
      eventsNamed(after, 'competence.set', 'case.refused')[0]?.at,
      officeTargetWorkingHours,
      label,
    )
  }
  const opened = events[0]
  if (isUrgent && opened !== undefined) {
    const { targetWorkingHours, label } = policy.urgent
    // Urgent from the moment somebody said so, which may be later than the opening.
    const marked = eventsNamed(events, 'case.amended').find(({ data }) => data.isUrgent === true)
    const wasUrgent = opened.name === 'case.opened' && opened.data.isUrgent
    const answered = eventsNamed(events, 'case.answered', 'slip.answered', 'case.refused', 'case.redirected')[0]
    add('urgent', wasUrgent ? opened.at : (marked?.at ?? opened.at), answered?.at, targetWorkingHours, label)
  }
  return targets
}
