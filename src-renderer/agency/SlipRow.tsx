import type { AgencyRow } from '../../src-shared/api/agency.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { dueWords } from '../../src-shared/deadlines/spoken.ts'
import { Signal } from '../ui/Signal.tsx'
import classes from './agency.module.css'
import { DeadlineLine } from './DeadlineLine.tsx'
import { clockOfOpinion, firstDue } from './deadlines.ts'
import { slipHref } from './place.ts'
import type { OpinionLine } from './slip-groups.ts'
import { levelName } from './Working.tsx'
import { tell } from './words.ts'

/** @param isForHead says which level holds it, also where that is the focal officer's */
export function SlipRow({ row, isForHead }: { row: AgencyRow; isForHead: boolean }) {
  const { clock } = row
  const isRunning = clock !== null && clock.state !== 'ended'
  const first = firstDue(row)
  const dueAt = first?.clock.dueAt ?? null
  const dueKey = first?.by === 'letter' ? 'agency.due-external-short' : 'agency.due'
  return (
    <li>
      <a className={classes.row} href={slipHref(row.caseId)}>
        <span className={classes.rowTop}>
          <span className={classes.code}>{row.code}</span>
          {first !== null && <DeadlineLine clock={first.clock} />}
        </span>
        <span className={classes.excerpt}>{row.excerpt}</span>
        <span className={classes.rowMarks}>
          {row.isUrgent && <Signal tone="late">{tell('agency.urgent')}</Signal>}
          {clock !== null && isRunning && (isForHead || clock.level === 'head') && (
            <Signal tone="quiet">{levelName(clock.level)}</Signal>
          )}
          {row.stage === 'answered' && isRunning && <Signal tone="soon">{tell('agency.tell-remains')}</Signal>}
          {row.opinions.map((opinion) => (
            <Signal key={opinion.consultId} tone="accent">
              {tell('agency.opinion-awaited', { agency: opinion.askedOfName })}
            </Signal>
          ))}
          <span className={classes.dim}>
            {isRunning && dueAt !== null
              ? tell(dueKey, { due: dueWords(fromIso(dueAt)) })
              : tell('agency.opened', { time: dueWords(fromIso(row.openedAt)) })}
          </span>
        </span>
      </a>
    </li>
  )
}

/** S2 k.1: an opinion that we owe, or that we wait for. */
export function OpinionRow({ line: { row, opinion }, agencyId }: { line: OpinionLine; agencyId: string | undefined }) {
  const isOwed = opinion.askedOf === agencyId
  return (
    <li>
      <a className={classes.row} href={slipHref(row.caseId)}>
        <span className={classes.rowTop}>
          <span className={classes.code}>{row.code}</span>
          <DeadlineLine clock={clockOfOpinion(opinion)} spoken={opinion.timeText} />
        </span>
        <span className={classes.excerpt}>{opinion.question}</span>
        <span className={classes.rowMarks}>
          <Signal tone="accent">
            {isOwed
              ? tell('agency.opinion-owed-by-us')
              : tell('agency.opinion-awaited', { agency: opinion.askedOfName })}
          </Signal>
          {opinion.reminders > 0 && (
            <Signal tone="quiet">{tell('agency.opinion-reminded', { count: opinion.reminders })}</Signal>
          )}
          <span className={classes.dim}>
            {tell('agency.opinion-reply-by', { time: dueWords(fromIso(opinion.replyBy)) })}
            {isOwed && row.leadName !== '' && <> · {tell('agency.opinion-lead', { agency: row.leadName })}</>}
          </span>
        </span>
      </a>
    </li>
  )
}
