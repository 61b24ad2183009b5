import { IconCalendarCheck } from '@tabler/icons-react'
import { useSay } from '../session/words.ts'
import classes from './deadlines.module.css'
import { ProofLines } from './ProofLines.tsx'
import type { Preview } from './preview.ts'

/** "What may I promise": the due instant in words that can be read to the caller, its working folded below. */
export function PromiseLine({ preview }: { preview: Preview }) {
  const say = useSay()
  return (
    <details className={classes.promise}>
      <summary>
        <IconCalendarCheck size={16} aria-hidden="true" />
        <span>
          {say('deadline.promise')} <strong>{preview.spoken}</strong>
          {!preview.isOpenNow && <span className={classes.closed}> · {say('deadline.closedNow')}</span>}
        </span>
      </summary>
      <ProofLines lines={preview.proof} />
    </details>
  )
}
