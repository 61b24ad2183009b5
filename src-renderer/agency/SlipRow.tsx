import type { CaseRow } from '../../src-shared/cases/views.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { dueWords } from '../../src-shared/deadlines/spoken.ts'
import { Signal } from '../ui/Signal.tsx'
import classes from './agency.module.css'
import { DeadlineLine } from './DeadlineLine.tsx'
import { slipHref } from './place.ts'
import { isOpinion } from './slip-groups.ts'
import { tell } from './words.ts'

export function SlipRow({ row, agencyId }: { row: CaseRow; agencyId: string | undefined }) {
  const { clock } = row
  const isRunning = clock !== null && clock.state !== 'ended'
  return (
    <li>
      <a className={classes.row} href={slipHref(row.caseId)}>
        <span className={classes.rowTop}>
          <span className={classes.code}>{row.code}</span>
          {clock !== null && <DeadlineLine clock={clock} />}
        </span>
        <span className={classes.excerpt}>{row.excerpt}</span>
        <span className={classes.rowMarks}>
          {row.isUrgent && <Signal tone="late">{tell('agency.urgent')}</Signal>}
          {isOpinion(row, agencyId) && <Signal tone="accent">{tell('agency.opinion')}</Signal>}
          {row.stage === 'with-head' && <Signal tone="quiet">{tell('agency.with-head')}</Signal>}
          {row.stage === 'answered' && isRunning && <Signal tone="soon">{tell('agency.tell-remains')}</Signal>}
          <span className={classes.dim}>
            {isRunning && clock.dueAt !== null
              ? tell('agency.due', { due: dueWords(fromIso(clock.dueAt)) })
              : tell('agency.opened', { time: dueWords(fromIso(row.openedAt)) })}
          </span>
        </span>
      </a>
    </li>
  )
}
