import type { SlipDetail } from '../../src-shared/api/agency.ts'
import classes from './agency.module.css'

/** The clock's working, line by line, as a stranger would check it. */
export function ProofLines({ lines }: { lines: SlipDetail['proof'] }) {
  return (
    <ol className={classes.proof}>
      {lines.map((line) => (
        <li key={`${line.fromAt} ${line.kind} ${line.text}`}>{line.text}</li>
      ))}
    </ol>
  )
}
