import { useMemo } from 'react'
import type { CaseState } from '../../src-shared/cases/case.ts'
import type { CaseEvent } from '../../src-shared/cases/events.ts'
import { dueWords, roundAmount } from '../../src-shared/deadlines/spoken.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { type Say, useSay } from '../session/words.ts'
import { useCasePolicy } from './case-policy.ts'
import classes from './deadlines.module.css'
import { type InnerTarget, innerTargets } from './targets.ts'

/** D7, #27: the province's own targets; each says in its own line that the Regulation does not know it. */
export function InnerTargets({ state, events }: { state: CaseState; events: readonly CaseEvent[] }) {
  const say = useSay()
  const targets = useInnerTargets(state, events)
  if (targets.length === 0) return null
  return (
    <ul className={classes.targets}>
      {targets.map((target) => (
        <li key={target.kind} data-past={target.leftSeconds < 0}>
          <span>{targetWords(target, say)}</span> <span className={classes.dim}>({target.label})</span>
        </li>
      ))}
    </ul>
  )
}

/** In the working time of the provincial office, who answers for both. */
export function useInnerTargets(state: CaseState, events: readonly CaseEvent[]): readonly InnerTarget[] {
  const now = useNow(60)
  const hours = useSession((session) => session.hours)
  const agencies = useSession((session) => session.reference?.directory.agencies)
  const policy = useCasePolicy(state.openedAt)
  const { isUrgent } = state
  return useMemo(() => {
    const office = agencies?.find(({ agencyType }) => agencyType === 'office')
    const officeTime = office === undefined ? undefined : hours?.ofAgency(office.id)
    if (officeTime === undefined || policy === null) return []
    return innerTargets(isUrgent, events, policy, officeTime, now)
  }, [isUrgent, events, policy, hours, agencies, now])
}

function targetWords(target: InnerTarget, say: Say): string {
  const { kind, metAt, leftSeconds } = target
  if (metAt !== null) {
    const used = roundAmount(target.usedSeconds)
    return say(`target.${kind}Met`, { used, allowed: roundAmount(target.allowedSeconds) })
  }
  const left =
    leftSeconds >= 0
      ? say('target.left', { left: roundAmount(leftSeconds) })
      : say('target.past', { late: roundAmount(-leftSeconds) })
  return `${say(`target.${kind}`, { at: dueWords(target.dueAt) })}, ${left}`
}
