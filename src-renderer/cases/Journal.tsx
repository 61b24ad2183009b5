import { z } from 'zod'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import { shortTime } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { useSay } from '../session/words.ts'
import { Section } from '../ui/Section.tsx'
import classes from './case-panel.module.css'
import { SyncChip } from './SyncChip.tsx'

const momentSchema = z.object({
  at: z.string(),
  actor: z.union([z.object({ name: z.string() }), z.object({ kind: z.string() }).transform(() => ({ name: '' }))]),
})

/** Everything that happened, newest first; what the register has not confirmed yet says so. */
export function Journal({ events }: { events: CaseDetail['events'] }) {
  const say = useSay()
  const now = useNow(60)
  return (
    <Section title={say('case.journal')}>
      <ol className={classes.journal}>
        {[...events].reverse().map(({ event, seq, sync, text }, index) => {
          const moment = momentSchema.parse(event)
          return (
            <li key={seq ?? `predicted ${events.length - index}`} data-sync={sync}>
              <time dateTime={moment.at}>{shortTime(moment.at, now)}</time>
              <span className={classes.journalText}>
                {text}
                {moment.actor.name !== '' && <span className={classes.dim}> · {moment.actor.name}</span>}
                {sync !== 'confirmed' && ' '}
                <SyncChip sync={sync} />
              </span>
            </li>
          )
        })}
      </ol>
    </Section>
  )
}
