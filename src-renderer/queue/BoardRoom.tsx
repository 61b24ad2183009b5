import { useSay } from '../session/words.ts'
import { QueuePanel } from './QueuePanel.tsx'
import classes from './queue.module.css'
import { SlipsPanel } from './SlipsPanel.tsx'

/** Ctrl+4: who waits and who answers, beside what will be late today. */
export function BoardRoom() {
  const say = useSay()
  return (
    <div className={classes.board}>
      <section className={classes.side} aria-label={say('board.queue')}>
        <QueuePanel />
      </section>
      <section className={classes.side} aria-label={say('board.slips')}>
        <SlipsPanel />
      </section>
    </div>
  )
}
