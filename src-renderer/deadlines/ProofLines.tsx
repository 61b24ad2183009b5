import type { CaseDetail } from '../../src-shared/bridge.ts'
import { useSay } from '../session/words.ts'
import classes from './deadlines.module.css'

/** The clock's working, line by line, as a stranger would check it. */
export function ProofLines({ lines }: { lines: CaseDetail['proof'] }) {
  const say = useSay()
  if (lines.length === 0) return <p className={classes.none}>{say('deadline.noProof')}</p>
  return (
    <ol className={classes.proof} aria-label={say('deadline.proof')}>
      {lines.map((line) => (
        <li key={`${line.fromAt} ${line.kind} ${line.text}`} data-kind={line.kind}>
          {line.text}
        </li>
      ))}
    </ol>
  )
}
