import type { CaseRow } from '../../src-shared/cases/views.ts'
import { EarlierChip } from '../deadlines/EarlierChip.tsx'
import { shortTime } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Signal } from '../ui/Signal.tsx'
import classes from './case-list.module.css'
import { useRowFacts } from './row-facts.ts'
import { SyncChip } from './SyncChip.tsx'

/** A case in a list: its code and deadline, the beginning of its content, who and when. */
export function RowText({ row }: { row: CaseRow }) {
  const say = useSay()
  const now = useNow(60)
  const { letter, lift } = useRowFacts(row)
  const isRunning = row.clock !== null && row.clock.state !== 'ended'
  // #22: what was late is called so also when it is done.
  const isDoneLate = row.isLate && (row.stage === 'answered' || row.stage === 'closed')
  const stage = isDoneLate ? 'answered-late' : row.stage
  const agency = useSession((session) =>
    session.reference?.directory.agencies.find(({ id }) => id === row.agencyId),
  )?.shortName
  return (
    <>
      <span className={classes.head}>
        <span className={classes.code}>{row.code}</span>
        {row.isUrgent && <Signal tone="soon">{say('case.urgent')}</Signal>}
        <span className={classes.grow} />
        {isRunning || letter !== null ? (
          <EarlierChip clock={isRunning ? row.clock : null} letter={letter} saysReckoned={row.sync === 'confirmed'} />
        ) : (
          <span className={classes.dim}>{sayCode(say, 'stage', stage)}</span>
        )}
      </span>
      <span className={classes.text}>{row.excerpt}</span>
      <span className={classes.foot}>
        <SyncChip sync={row.sync} isDueReckoned={isRunning && row.clock?.isProvisional === true} />
        <span className={classes.dim}>
          {/* D14: beside the word "trễ hạn", never in its place. */}
          {lift !== null && <strong>{say('late.lifted', { number: lift.number })} · </strong>}
          {[row.citizenName, agency, shortTime(row.openedAt, now)].filter(Boolean).join(' · ')}
        </span>
      </span>
    </>
  )
}
