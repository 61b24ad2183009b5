import type { Reference } from '../../src-shared/api/sync.ts'
import type { CaseState } from '../../src-shared/cases/case.ts'
import { parseCode } from '../../src-shared/cases/codes.ts'
import { soonAtOf } from '../../src-shared/cases/columns.ts'
import type { DecideContext } from '../../src-shared/cases/decide.ts'
import type { ClockView } from '../../src-shared/cases/views.ts'
import { type Policy, policyAt, readPolicies } from '../../src-shared/deadlines/policy.ts'
import type { Agency } from '../../src-shared/province/directory.ts'
import { clockHours, type OfficeHours, openOfficeHours } from '../../src-shared/province/hours.ts'

/** What `decide` needs to know of the province, as the server last sent it. */
export interface Rules {
  readonly reference: Reference
  /** The version of the pack that rules a case opened at this instant (epoch ms). */
  policyOf(openedAt: number): Policy
  readonly hours: OfficeHours
  /** For a command at `now` on a case as it stands; null for one that is only being opened. */
  context(now: number, state: Pick<CaseState, 'openedAt'> | null): DecideContext
  /** From when the deadline of a case's clock is near; null where nothing falls due. */
  soonAt(state: Pick<CaseState, 'openedAt'>, clock: ClockView | null): number | null
}

/** @throws Error when the server sent policies or calendars that this desk cannot read. */
export function openRules(reference: Reference): Rules {
  // A server of an older version sends one policy only.
  const policies = readPolicies(reference.policies ?? [reference.policy])
  const policyOf = (openedAt: number) => policyAt(policies, openedAt)
  const hours = openOfficeHours(reference.calendars, reference.directory)
  const agencies = new Map<string, Agency>(reference.directory.agencies.map((a) => [a.id, a]))
  return {
    reference,
    policyOf,
    hours,
    soonAt: (state, clock) => soonAtOf(state, clock, { hours, policyOf }),
    context: (now, state) => ({
      now,
      policy: policyOf(state === null ? now : Date.parse(state.openedAt)),
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
