import type { SlipDetail } from '../../src-shared/api/agency.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { Notice } from '../ui/Notice.tsx'
import { confirmerNames } from './PauseFields.tsx'
import { Urgings } from './Urgings.tsx'
import { tell } from './words.ts'

/** What was asked for and waits for somebody, and what was said of the lateness. */
export function Standing({ detail }: { detail: SlipDetail }) {
  const { pendingPause, pendingReturn, pendingSupplement, lateCause, lateLift, choices } = detail
  return (
    <>
      <Urgings urgings={detail.urgings} />
      {pendingPause !== null && (
        <Notice tone="soon">
          {tell('agency.pause-pending', {
            time: instantWords(fromIso(pendingPause.at)),
            reason: pendingPause.reason,
            confirmers: confirmerNames(choices),
          })}{' '}
          {tell('agency.pause-pending-hint', { hours: choices.pauseConfirmWithinHours })}
        </Notice>
      )}
      {pendingReturn !== null && <Notice tone="soon">{tell('agency.return-pending')}</Notice>}
      {pendingSupplement !== null && (
        <Notice tone="calm">
          {tell('agency.supplement-pending', { missing: pendingSupplement.missing.join('; ') })}{' '}
          {!pendingSupplement.stopsClock && tell('agency.supplement-running')}
        </Notice>
      )}
      {lateCause !== null && <Notice tone="calm">{tell('agency.late-cause-given', lateCause)}</Notice>}
      {lateLift !== null && (
        <Notice tone="calm">
          {tell('agency.late-lift', { ...lateLift, signedOn: lateLift.signedOn.split('-').reverse().join('/') })}
        </Notice>
      )}
    </>
  )
}
