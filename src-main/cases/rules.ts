import type { Reference } from '../../src-shared/api/sync.ts'
import { parseCode } from '../../src-shared/cases/codes.ts'
import type { DecideContext } from '../../src-shared/cases/decide.ts'
import type { ClockView } from '../../src-shared/cases/views.ts'
import { type Policy, parsePolicy } from '../../src-shared/deadlines/policy.ts'
import { soonSecondsOf } from '../../src-shared/deadlines/soon.ts'
import type { Agency } from '../../src-shared/province/directory.ts'
import { clockHours, type OfficeHours, openOfficeHours } from '../../src-shared/province/hours.ts'

/** What `decide` needs to know of the province, as the server last sent it. */
export interface Rules {
  readonly reference: Reference
  readonly policy: Policy
  readonly hours: OfficeHours
  context(now: number): DecideContext
  /** From when a clock's deadline is near; null where nothing falls due. */
  soonAt(clock: ClockView | null): number | null
}

/** @throws Error when the server sent a policy or calendars that this desk cannot read. */
export function openRules(reference: Reference): Rules {
  const parsed = parsePolicy(reference.policy)
  if (!parsed.ok) throw new Error(parsed.problems.map((p) => `${p.path}: ${p.message}`).join('; '))
  const { policy } = parsed
  const hours = openOfficeHours(reference.calendars, reference.directory)
  const soon = soonSecondsOf(policy)
  const agencies = new Map<string, Agency>(reference.directory.agencies.map((a) => [a.id, a]))
  return {
    reference,
    policy,
    hours,
    soonAt(clock) {
      if (clock?.dueAt == null || clock.state !== 'running') return null
      return hours.book.workingTime(clock.calendarId).subtract(Date.parse(clock.dueAt), soon[clock.level])
    },
    context: (now) => ({
      now,
      policy,
      isAuthority: false,
      ...clockHours(hours),
      agency(agencyId) {
        const agency = agencies.get(agencyId)
        if (agency === undefined) return null
        return { hasFocalOfficer: agency.officers.some((o) => o.role !== 'head'), phone: agency.phone }
      },
      // Whether it was leased to this desk is the server's to say; a desk only takes codes from its own blocks.
      isCodeAcceptable: (code) => parseCode(code).ok,
    }),
  }
}
