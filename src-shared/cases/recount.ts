import type { ClockMark } from '../deadlines/clock.ts'
import { readClock } from '../deadlines/clock.ts'
import { type Instant, toIso, wholeSecond } from '../deadlines/instants.ts'
import type { WorkingTime } from '../deadlines/working-time.ts'
import type { CaseState } from './case.ts'
import type { EventData } from './events.ts'

/** The hours of agencies, as they were known at an instant, and the acts that changed them since. */
export interface ClockHours {
  workingTime(agencyId: string, knownAt?: Instant): WorkingTime
  /** The acts that became known after `after` and not after `until`, earliest first. */
  actsKnown(agencyId: string, after: Instant, until: Instant): readonly string[]
}

/**
 * D14: what the case's open clock would be told if it were counted as the calendars are known at `now`. Null where nothing
 * would change: no clock is open, no act has become known since, or the running clock reads the same under both. A clock that
 * stands still, is late or has no limit is always told: what it will read depends on days nobody can name yet.
 */
export function recountOf(
  state: Pick<CaseState, 'clockMarks'>,
  hours: ClockHours,
  now: Instant,
): EventData<'clock.recounted'> | null {
  const knownAt = wholeSecond(now)
  const read = (marks: readonly ClockMark[]) =>
    readClock(marks, { now, workingTimeFor: (holder, known) => hours.workingTime(holder.agencyId, known) })
  const before = read(state.clockMarks)
  if (before.state !== 'running' && before.state !== 'stopped') return null
  const level = before.levels.at(-1)!
  const acts: string[] = []
  for (const agencyId of holdersOf(state.clockMarks)) {
    for (const act of hours.actsKnown(agencyId, level.knownAt, knownAt)) if (!acts.includes(act)) acts.push(act)
  }
  if (acts.length === 0) return null

  const after = read([...state.clockMarks, { kind: 'calendar', at: knownAt, knownAt, act: acts.join('; ') }])
  const isOpenEnded = before.state === 'stopped' || before.dueAt === null || before.isLate
  const isSame =
    before.dueAt === after.dueAt && before.usedSeconds === after.usedSeconds && before.leftSeconds === after.leftSeconds
  if (isSame && !isOpenEnded) return null
  const textOf = (dueAt: Instant | null) => (dueAt === null ? null : toIso(dueAt))
  return { knownAt: toIso(knownAt), acts, dueBefore: textOf(before.dueAt), dueAfter: textOf(after.dueAt) }
}

/**
 * Everybody by whose hours the open level was counted. Also one under whom it only stood still: the cap of a supplement is used up
 * in those hours too (D5).
 */
function holdersOf(marks: readonly ClockMark[]): readonly string[] {
  const holders: string[] = []
  for (let index = marks.length - 1; index >= 0; index -= 1) {
    const mark = marks[index]!
    if (mark.kind !== 'start' && mark.kind !== 'transfer') continue
    const { agencyId } = mark.holder
    if (!holders.includes(agencyId)) holders.push(agencyId)
    if (mark.kind === 'start') break
  }
  return holders
}
