import type { Reference } from '../../src-shared/api/sync.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { type Policy, policyAt, readPolicies } from '../../src-shared/deadlines/policy.ts'
import { useSession } from '../session/session-store.ts'

const read = new WeakMap<Reference, [Policy, ...Policy[]]>()

/** The version of the rules that rules a case: the one in force on the day it was opened. */
export function casePolicy(reference: Reference, openedAt: string): Policy {
  const policies = read.get(reference) ?? readPolicies(reference.policies ?? [reference.policy])
  read.set(reference, policies)
  return policyAt(policies, fromIso(openedAt))
}

/** The same for a component; null until the province has come. */
export function useCasePolicy(openedAt: string): Policy | null {
  const reference = useSession((session) => session.reference)
  return reference === null ? null : casePolicy(reference, openedAt)
}
