import type { SlipDetail } from '../../src-shared/api/agency.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { dueWords, instantWords } from '../../src-shared/deadlines/spoken.ts'
import classes from './agency.module.css'
import { DeadlineLine } from './DeadlineLine.tsx'
import { type Due, duesOf } from './deadlines.ts'
import { letterNumber, levelName, Working } from './Working.tsx'
import { tell } from './words.ts'

/** Until when, by which rule, what stopped it, what was corrected, and who held it: the clock explains itself. */
export function Deadlines({ detail }: { detail: SlipDetail }) {
  const { clock, deadline } = detail
  const { stopped, readings, corrected, recounts, holders, working, external } = deadline
  const dues = duesOf(clock, external?.dueAt ?? null).filter((due) => due.clock.dueAt !== null)
  return (
    <section aria-label={tell('agency.deadline')} className={classes.deadline}>
      {clock !== null && stopped !== null && (
        <>
          <DeadlineLine clock={clock} spoken={tell('agency.stopped')} />
          <p className={classes.plain}>
            {tell(`agency.stopped-${stopped.reason}`, { left: stopped.left })}{' '}
            {stopped.resumesAt !== null && tell('agency.resumes', { time: dueWords(fromIso(stopped.resumesAt)) })}
          </p>
        </>
      )}
      {dues.length === 0 && stopped === null && <p className={classes.plain}>{tell('agency.no-deadline')}</p>}
      {dues.map((due) => (
        <div key={due.by} className={classes.dueBlock}>
          {(due.by === 'letter' || stopped === null) && (
            <DeadlineLine clock={due.clock} {...(due.by === 'regulation' ? { spoken: deadline.text } : {})} />
          )}
          <p className={classes.due}>{dueText(due, external, dues.length > 1)}</p>
        </div>
      ))}
      {dues.length > 1 && <p className={classes.dim}>{tell('agency.due-earlier')}</p>}
      {readings !== null && <Readings readings={readings} />}
      {(recounts.length > 0 || corrected.length > 0) && <Corrections recounts={recounts} corrected={corrected} />}
      {isShared(holders) && <Holders holders={holders} />}
      {working.length > 0 && (
        <details>
          <summary className={classes.summary}>{tell('agency.how-reckoned')}</summary>
          <Working working={working} />
        </details>
      )}
    </section>
  )
}

/** One holder in time is what the working says anyway. */
const isShared = (holders: SlipDetail['deadline']['holders']): boolean =>
  holders.length > 1 || holders.some((holder) => holder.lateText !== '')

function dueText(due: Due, external: SlipDetail['deadline']['external'], isOneOfTwo: boolean): string {
  const words = instantWords(fromIso(due.clock.dueAt!))
  if (due.by === 'letter' && external !== null) {
    return tell('agency.due-external', { number: letterNumber(external), issuedBy: external.issuedBy, due: words })
  }
  return tell(isOneOfTwo ? 'agency.due-own' : 'agency.due', { due: words })
}

/** D2: R3 is R1's instant, taken as the one from which the head owes the answer. */
export function Readings({ readings }: { readings: NonNullable<SlipDetail['deadline']['readings']> }) {
  const inForce = readings.inForce === 'R2' ? 'R2' : 'R1'
  return (
    <div>
      <p className={classes.dim}>{tell('agency.readings')}</p>
      <ul className={classes.points}>
        {(['R1', 'R2'] as const).map((name) => {
          const due = readings[name]
          if (due === null) return null
          return (
            <li key={name}>
              {tell(`agency.reading-${name}`, { due: dueWords(fromIso(due)) })}
              {name === inForce && <strong> ({tell('agency.reading-in-force')})</strong>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** D14: as known then and as corrected; the act that moved an open clock is named. */
export function Corrections({ recounts, corrected }: Pick<SlipDetail['deadline'], 'recounts' | 'corrected'>) {
  const due = (at: string | null) => (at === null ? tell('agency.recounted-none') : dueWords(fromIso(at)))
  const state = (late: string) => (late === '' ? tell('agency.corrected-in-time') : late)
  return (
    <div>
      <p className={classes.dim}>{tell('agency.corrected')}</p>
      <ul className={classes.points}>
        {recounts.map(({ at, acts, dueBefore, dueAfter }) => (
          <li key={at}>
            {tell('agency.recounted', {
              time: instantWords(fromIso(at)),
              acts: acts.join('; '),
              before: due(dueBefore),
              after: due(dueAfter),
            })}
          </li>
        ))}
        {corrected.map((level, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: levels only follow each other.
          <li key={index}>
            {tell('agency.corrected-level', {
              level: levelName(level.level),
              known: tell('agency.corrected-due', { due: due(level.dueAt), state: state(level.lateText) }),
              corrected: tell('agency.corrected-due', {
                due: due(level.correctedDueAt),
                state: state(level.correctedLateText),
              }),
            })}
          </li>
        ))}
      </ul>
      {corrected.length > 0 && <p className={classes.dim}>{tell('agency.corrected-hint')}</p>}
    </div>
  )
}

/** #38: lateness by whoever held the slip. */
export function Holders({ holders }: Pick<SlipDetail['deadline'], 'holders'>) {
  return (
    <div>
      <p className={classes.dim}>{tell('agency.holders')}</p>
      <ul className={classes.points}>
        {holders.map(({ level, agencyName, heldText, lateText }) => (
          <li key={`${level} ${agencyName}`} data-late={lateText !== ''}>
            {tell('agency.holder', { level: levelName(level), agency: agencyName })}:{' '}
            {lateText === ''
              ? tell('agency.held', { amount: heldText })
              : tell('agency.held-late', { amount: heldText, late: lateText })}
          </li>
        ))}
      </ul>
    </div>
  )
}
