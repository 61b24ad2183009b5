import { useMemo } from 'react'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import { useCasePolicy } from '../deadlines/case-policy.ts'
import { journalOf } from '../deadlines/journal.ts'
import { PauseRequest } from '../deadlines/PauseRequest.tsx'
import { dateText } from '../deadlines/times.ts'
import { useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import classes from './case-panel.module.css'

/** What stands in the case's way, and what was said of its lateness. */
export function StandingNotices({ detail }: { detail: CaseDetail }) {
  const say = useSay()
  const { pendingReturn, pendingSupplement, pendingPause, isPaused, lateCause, lateLift, openedAt } = detail.state
  const events = useMemo(() => journalOf(detail), [detail])
  const policy = useCasePolicy(openedAt)
  const cause = policy?.lateCauses.find(({ code }) => code === lateCause?.causeCode)?.label
  return (
    <>
      {pendingReturn && <Notice tone="soon">{say('slip.returned', { reason: pendingReturn.reason })}</Notice>}
      {pendingSupplement && (
        <Notice tone="calm">{say('case.supplementAsked', { missing: pendingSupplement.missing.join('; ') })}</Notice>
      )}
      {pendingPause && (
        <Notice tone="soon">
          <div className={classes.standing}>
            <PauseRequest state={detail.state} events={events} />
            <p>{say('pause.unconfirmed')}</p>
          </div>
        </Notice>
      )}
      {isPaused && <Notice tone="calm">{say('pause.on')}</Notice>}
      {lateCause && (
        <Notice tone="calm">{say('late.cause', { cause: cause ?? lateCause.causeCode, text: lateCause.text })}</Notice>
      )}
      {lateLift && (
        <Notice tone="calm">
          {say('late.liftedFull', {
            number: lateLift.number,
            signedBy: lateLift.signedBy,
            signedOn: dateText(lateLift.signedOn),
            reason: lateLift.reason,
          })}
        </Notice>
      )}
    </>
  )
}
