import type { Reference } from '../../../src-shared/api/sync.ts'
import { type Policy, parsePolicy } from '../../../src-shared/deadlines/policy.ts'
import { type Agency, agencyAnsweringFor } from '../../../src-shared/province/directory.ts'
import { type OfficeHours, openOfficeHours } from '../../../src-shared/province/hours.ts'

/** All that is not a case, parsed once: what desks are sent, and what the register decides by. */
export interface ReferenceBook {
  readonly reference: Reference
  readonly policy: Policy
  readonly hours: OfficeHours
  /** The agency that answers on a local date for an id that may have been dissolved (D13). */
  agencyOn(agencyId: string, on: string): Agency | undefined
  agency(agencyId: string): Agency | undefined
  fieldName(fieldId: string | null): string
  areaName(areaId: string | null): string
}

/** @throws Error that names every problem of the policy or the calendars. */
export function referenceBook(reference: Reference): ReferenceBook {
  const parsed = parsePolicy(reference.policy)
  if (!parsed.ok) throw new Error(parsed.problems.map((p) => `${p.path}: ${p.message}`).join('; '))
  const { directory } = reference
  const agencies = new Map<string, Agency>(directory.agencies.map((agency) => [agency.id, agency]))
  const fields = new Map<string, string>(directory.fields.map((field) => [field.id, field.name]))
  const areas = new Map<string, string>(directory.areas.map((area) => [area.id, area.name]))
  return {
    reference,
    policy: parsed.policy,
    hours: openOfficeHours(reference.calendars, directory),
    agencyOn: (agencyId, on) => agencyAnsweringFor(directory, agencyId, on),
    agency: (agencyId) => agencies.get(agencyId),
    fieldName: (fieldId) => (fieldId === null ? '' : (fields.get(fieldId) ?? fieldId)),
    areaName: (areaId) => (areaId === null ? '' : (areas.get(areaId) ?? areaId)),
  }
}
