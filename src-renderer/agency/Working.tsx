import type { SlipDetail } from '../../src-shared/api/agency.ts'
import type { ClockView } from '../../src-shared/cases/views.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import classes from './agency.module.css'
import { tell } from './words.ts'

/** The clock's working, holder after holder and line by line, as a stranger would check it. */
export function Working({ working }: Pick<SlipDetail['deadline'], 'working'>) {
  return (
    <>
      {working.map(({ level, agencyName, fromAt, stoodFromAt, lines, amount }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stretches only follow each other.
        <div key={index}>
          {stoodFromAt !== null && (
            <p className={classes.stretch}>
              {tell('agency.stood', { from: instantWords(fromIso(stoodFromAt)), to: instantWords(fromIso(fromAt)) })}
            </p>
          )}
          <p className={classes.stretch}>{tell('agency.holder', { level: levelName(level), agency: agencyName })}</p>
          <ol className={classes.proof}>
            {lines.map((line) => (
              <li key={`${line.fromAt} ${line.kind} ${line.text}`}>{line.text}</li>
            ))}
          </ol>
          <p className={classes.total}>{tell('agency.working-total', { amount })}</p>
        </div>
      ))}
    </>
  )
}

export const levelName = (level: ClockView['level']): string =>
  tell(level === 'head' ? 'agency.with-head' : `agency.with-${level}`)

export const letterNumber = ({ number }: { number: string }): string =>
  number === '' ? tell('agency.no-letter-number') : number
