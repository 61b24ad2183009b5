import { caseProof } from '../../src-shared/cases/case-proof.ts'
import { toIso } from '../../src-shared/deadlines/instants.ts'
import { dueWords } from '../../src-shared/deadlines/spoken.ts'
import { CallFailed, type HandlersOf } from '../handlers.ts'
import type { Rules } from './rules.ts'

/** "What may I promise": when a slip that this agency receives now falls due (S4 Đ.10 k.1), and how that comes about. */
export const promiseCalls = (parts: { rules(): Rules | null; now(): number }): HandlersOf<'deadlines'> => ({
  'deadlines.preview'({ agencyId }) {
    const rules = parts.rules()
    const workingTime = rules?.hours.ofAgency(agencyId)
    if (!rules || !workingTime) throw new CallFailed('agency-unknown', `no agency ${agencyId} in the directory`)
    const now = parts.now()
    const dueAt = workingTime.add(now, rules.policyOf(now).focalOfficerWorkingHours * 3600)
    const interval = {
      holder: { agencyId },
      level: 'focal-officer' as const,
      fromAt: now,
      toAt: dueAt,
      workingSeconds: workingTime.between(now, dueAt),
      lateSeconds: 0,
      knownAt: now,
    }
    return {
      startsAt: toIso(workingTime.nextOpening(now)),
      dueAt: toIso(dueAt),
      spoken: dueWords(dueAt),
      isOpenNow: workingTime.isOpen(now),
      proof: caseProof({ intervals: [interval] }, rules.hours),
    }
  },
})
