import { CallerPanel } from '../callers/CallerPanel.tsx'
import { WritingColumn } from '../cases/WritingColumn.tsx'
import { HelpColumn } from '../knowledge/HelpColumn.tsx'
import { useSay } from '../session/words.ts'
import classes from './console.module.css'

/** Who, what, help: the order in which a call goes. */
export function DutyRoom() {
  const say = useSay()
  return (
    <div className={classes.duty}>
      <aside className={classes.left} aria-label={say('caller.column')}>
        <CallerPanel />
      </aside>
      <div className={classes.middle}>
        <WritingColumn />
      </div>
      <aside className={classes.right} aria-label={say('knowledge.column')}>
        <HelpColumn />
      </aside>
    </div>
  )
}
