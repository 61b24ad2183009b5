import { useEffect, useMemo, useRef } from 'react'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import { isFinal } from '../../src-shared/cases/lifecycle.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { dueWords, instantWords } from '../../src-shared/deadlines/spoken.ts'
import { showRoom, useRooms } from '../console/room-store.ts'
import { useAgencyNames } from '../deadlines/agency-names.ts'
import { ClockWorking } from '../deadlines/ClockWorking.tsx'
import { DeadlineChip } from '../deadlines/DeadlineChip.tsx'
import { InnerTargets } from '../deadlines/InnerTargets.tsx'
import { journalOf } from '../deadlines/journal.ts'
import { LetterChip } from '../deadlines/LetterChip.tsx'
import { LiftedChip } from '../deadlines/LiftedChip.tsx'
import { runningLetter } from '../deadlines/letter.ts'
import { AsOf } from '../session/AsOf.tsx'
import { useNow } from '../session/now.ts'
import { type Say, sayCode, useSay } from '../session/words.ts'
import { Signal } from '../ui/Signal.tsx'
import classes from './case-panel.module.css'
import { SyncChip } from './SyncChip.tsx'

/** What the case is called, where it stands, who holds it, and until when. */
export function CaseHead({ detail }: { detail: CaseDetail }) {
  const say = useSay()
  const { state, row } = detail
  const nameOf = useAgencyNames()
  const heading = useAwaitedFocus()
  const events = useMemo(() => journalOf(detail), [detail])
  return (
    <header className={classes.head}>
      <div className={classes.headLine}>
        <h2 ref={heading} className={classes.code} tabIndex={-1}>
          {state.code}
        </h2>
        <Signal tone="accent">{sayCode(say, 'stage', stageOf(detail))}</Signal>
        <LiftedChip lift={state.lateLift} />
        {state.isUrgent && <Signal tone="soon">{say('case.urgent')}</Signal>}
        <SyncChip sync={row.sync} />
        {row.sync === 'attention' && (
          <button type="button" className={classes.link} onClick={() => showRoom('outbox')}>
            {say('sync.why')}
          </button>
        )}
        <AsOf />
        {row.agencyId !== null && (
          <span className={classes.holder}>
            {holderWords(say, isFinal(state.stage) ? undefined : state.slip?.holder, nameOf(row.agencyId))}
          </span>
        )}
      </div>
      <Clock detail={detail} events={events} />
      <InnerTargets state={state} events={events} />
    </header>
  )
}

/** #22: what was late is called so also when it is done. */
export const stageOf = ({ state, row }: CaseDetail): string =>
  row.isLate && (state.stage === 'answered' || state.stage === 'closed') ? 'answered-late' : state.stage

function Clock({ detail, events }: { detail: CaseDetail; events: ReturnType<typeof journalOf> }) {
  const say = useSay()
  const minute = useNow(60)
  const { state, clock } = detail
  const letter = runningLetter(state)
  if (clock === null && letter === null) return null
  // #4: both deadlines, each under its own name, the earlier first.
  const ours = clock && (
    <span key="ours" className={classes.deadline}>
      <DeadlineChip clock={clock} isNamed={letter !== null} />
      {clock.dueAt !== null && <span>{say('deadline.dueAt', { at: instantWords(fromIso(clock.dueAt)) })}</span>}
    </span>
  )
  const theirs = letter && (
    <span key="letter" className={classes.deadline}>
      <LetterChip letter={letter} />
      <span>{say('external.due', { at: instantWords(fromIso(letter.dueAt)) })}</span>
    </span>
  )
  const isTheirsFirst = letter !== null && (clock?.dueAt == null || fromIso(letter.dueAt) < fromIso(clock.dueAt))
  const both = isTheirsFirst ? [theirs, ours] : [ours, theirs]
  if (clock === null) return <div className={classes.deadlines}>{both}</div>
  return (
    <details className={classes.clock}>
      <summary>
        {both}
        <span className={classes.dim}>{say('deadline.proof')}</span>
        {/* D14: as known then it counts; as corrected it stands beside. */}
        {clock.correctedDueAt !== null && (
          <span className={classes.corrected}>
            {say('clock.correctedDue', { at: dueWords(fromIso(clock.correctedDueAt)) })}
          </span>
        )}
      </summary>
      <ClockWorking state={state} events={events} now={minute} />
    </details>
  )
}

/** The button or the palette that asked for the case is gone: without this the next key would begin at the top of the window. */
function useAwaitedFocus() {
  const heading = useRef<HTMLHeadingElement>(null)
  const isAwaited = useRooms((state) => state.isCaseAwaited)
  useEffect(() => {
    if (!isAwaited) return
    heading.current?.focus()
    useRooms.setState({ isCaseAwaited: false })
  }, [isAwaited])
  return heading
}

const holderWords = (say: Say, holder: string | undefined, agency: string) =>
  holder === undefined ? agency : say(`case.heldBy.${holder as 'head'}`, { agency })
