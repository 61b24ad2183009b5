import { spokenCode } from '../../src-shared/cases/codes.ts'
import { useSay } from '../session/words.ts'
import classes from './cases.module.css'

/** The receipt code, final from the first moment, and how to read it out. */
export function ReceiptCode({ code }: { code: string | null }) {
  const say = useSay()
  if (code === null) return <span className={classes.dim}>{say('code.later')}</span>
  return (
    <span className={classes.code}>
      <span className={classes.dim}>{say('code.label')}</span>
      <output aria-label={say('code.label')} className={classes.codeText}>
        {code}
      </output>
      <span className={classes.dim}>{say('code.spoken', { chunks: spokenCode(code).join(' · ') })}</span>
    </span>
  )
}
