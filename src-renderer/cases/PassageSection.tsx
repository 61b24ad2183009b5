import { useMemo } from 'react'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { dueWords } from '../../src-shared/deadlines/spoken.ts'
import { useAgencyNames } from '../deadlines/agency-names.ts'
import { useCasePolicy } from '../deadlines/case-policy.ts'
import { journalOf } from '../deadlines/journal.ts'
import { passageOf, type Stay } from '../deadlines/passage.ts'
import { useSay } from '../session/words.ts'
import { Section } from '../ui/Section.tsx'
import classes from './case-panel.module.css'

/** #36: through whose hands the case went; nothing while it stays with the first. */
export function PassageSection({ detail }: { detail: CaseDetail }) {
  const say = useSay()
  const { state } = detail
  const passage = useMemo(() => passageOf(detail.state, journalOf(detail)), [detail])
  const policy = useCasePolicy(state.openedAt)
  if (passage.stays.length < 2 && passage.bounces === 0) return null
  const isNextForOffice = policy !== null && passage.bounces + 1 >= policy.bounceToOfficeAt
  return (
    <Section title={say('passage.title')}>
      <p className={classes.lead}>{say('passage.count', { count: passage.transfers, bounces: passage.bounces })}</p>
      <ol className={classes.passage}>
        {passage.stays.map((stay, index) => (
          <li key={stay.fromAt}>
            <StayWords stay={stay} pendingReason={index === passage.stays.length - 1 ? passage.pendingReason : null} />
          </li>
        ))}
      </ol>
      {isNextForOffice && state.slip !== null && <p className={classes.dim}>{say('passage.office')}</p>}
    </Section>
  )
}

function StayWords({ stay, pendingReason }: { stay: Stay; pendingReason: string | null }) {
  const say = useSay()
  const nameOf = useAgencyNames()
  const agency = nameOf(stay.agencyId)
  const at = dueWords(fromIso(stay.fromAt))
  const words = [
    stay.act === null ? say('passage.sent', { agency, at }) : say('passage.transferred', { agency, at, act: stay.act }),
    stay.returned && say('passage.returned', { at: dueWords(fromIso(stay.returned.at)), reason: stay.returned.reason }),
    pendingReason !== null && say('passage.pending', { reason: pendingReason }),
  ]
  return <>{words.filter(Boolean).join('; ')}</>
}
