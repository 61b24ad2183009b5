import { spokenCode } from '../../src-shared/cases/codes.ts'
import { clockTime } from '../deadlines/times.ts'
import { useSay } from '../session/words.ts'
import classes from './cases.module.css'

/** The receipt code, final from the first moment, how to read it out, and when the draft was last safe. */
export function ReceiptCode({ code, savedAt }: { code: string | null; savedAt: string | null }) {
  const say = useSay()
  return (
    <div className={classes.code}>
      <div className={classes.dim}>
        {say(code === null ? 'code.later' : 'code.label')}
        <span role="status">{savedAt === null ? '' : ` · ${say('writing.savedAt', { at: clockTime(savedAt) })}`}</span>
      </div>
      {code !== null && (
        <div className={classes.codeLine}>
          <output aria-label={say('code.label')} className={classes.codeText}>
            {code}
          </output>
          <span className={classes.dim}>{say('code.spoken', { chunks: spokenCode(code).join(' · ') })}</span>
        </div>
      )}
    </div>
  )
}
