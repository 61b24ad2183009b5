import type { Reference } from '../../../src-shared/api/sync.ts'
import type { LocalDate } from '../../../src-shared/deadlines/dates.ts'
import { type Policy, policyAt, readPolicies } from '../../../src-shared/deadlines/policy.ts'
import { type Agency, agencyAnsweringFor } from '../../../src-shared/province/directory.ts'
import { type OfficeHours, openOfficeHours } from '../../../src-shared/province/hours.ts'
import type { Clock } from '../clock.ts'

/** All that is not a case, parsed once: what desks are sent, and what the register decides by. */
export interface ReferenceBook {
  readonly reference: Reference
  /** The version of the pack in force today. */
  readonly policy: Policy
  /** The version that rules a case opened at this instant (epoch ms): the one in force on that local day. */
  policyOf(openedAt: number): Policy
  readonly hours: OfficeHours
  /** The agency that answers on a local date for an id that may have been dissolved (D13). */
  agencyOn(agencyId: string, on: LocalDate): Agency | undefined
  agency(agencyId: string): Agency | undefined
  fieldName(fieldId: string | null): string
  areaName(areaId: string | null): string
}

/** @throws Error that names every problem of the policies or the calendars. */
export function referenceBook(reference: Reference, clock: Clock): ReferenceBook {
  const { directory } = reference
  const policies = readPolicies(reference.policies ?? [reference.policy])
  const agencies = new Map<string, Agency>(directory.agencies.map((agency) => [agency.id, agency]))
  const fields = new Map<string, string>(directory.fields.map((field) => [field.id, field.name]))
  const areas = new Map<string, string>(directory.areas.map((area) => [area.id, area.name]))
  const policyOf = (openedAt: number) => policyAt(policies, openedAt)
  return {
    reference,
    // Asked anew each time: a version comes into force at midnight, and nobody starts a server for that.
    get policy() {
      return policyOf(clock.now())
    },
    policyOf,
    hours: openOfficeHours(reference.calendars, directory),
    agencyOn: (agencyId, on) => agencyAnsweringFor(directory, agencyId, on),
    agency: (agencyId) => agencies.get(agencyId),
    fieldName: (fieldId) => (fieldId === null ? '' : (fields.get(fieldId) ?? fieldId)),
    areaName: (areaId) => (areaId === null ? '' : (areas.get(areaId) ?? areaId)),
  }
}
