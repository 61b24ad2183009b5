import type { LocalDate } from '../../src-shared/deadlines/dates.ts'
import type { ProposedDay } from '../../src-shared/deadlines/holidays/proposals.ts'
import type { PendingInput } from './pending.ts'

/**
 * Proposed days as entries to be confirmed: days in a row for one reason under one act are one entry. Days the calendar
 * already knows to be off are left out.
 */
export function entriesOfProposal(
  days: readonly ProposedDay[],
  calendarId: string,
  isKnown: (on: LocalDate) => boolean,
): PendingInput[] {
  const entries: { reason: string; act: string; on: LocalDate[] }[] = []
  for (const { on, reason, act } of days) {
    if (isKnown(on)) continue
    const last = entries.at(-1)
    if (last && last.reason === reason && last.act === (act ?? '')) last.on.push(on)
    else entries.push({ reason, act: act ?? '', on: [on] })
  }
  return entries.map(({ reason, act, on }) => ({
    type: 'days',
    calendarId,
    on,
    working: [],
    kind: 'holiday',
    reason,
    act,
    isConfirmed: false,
  }))
}
