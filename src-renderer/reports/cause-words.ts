import { useMemo } from 'react'
import { parsePolicy } from '../../src-shared/deadlines/policy.ts'
import { useSession } from '../session/session-store.ts'

/** The words for the code of a cause, of whichever version of the policy knows it; the code itself where none does. */
export function useCauseWords(): (code: string) => string {
  const reference = useSession((session) => session.reference)
  return useMemo(() => {
    const labels = new Map<string, string>()
    for (const json of reference?.policies ?? [reference?.policy]) {
      const parsed = parsePolicy(json)
      if (parsed.ok) for (const { code, label } of parsed.policy.lateCauses) labels.set(code, label)
    }
    return (code) => labels.get(code) ?? code
  }, [reference])
}
