import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSay } from '../session/words.ts'
import classes from './queue.module.css'
import { useReminders } from './reminders.ts'

interface Props {
  /** Under which words about a reminder were kept. */
  reminderKey: string
  code: string
  isChosen: boolean
  onOpen: () => void
  /** Null where there is nobody to remind. */
  onRemind: (() => void) | null
  children: ReactNode
}

/** A case on the board: opened by its text, and its holder reminded by its button. */
export function BoardRow({ reminderKey, code, isChosen, onOpen, onRemind, children }: Props) {
  const say = useSay()
  const said = useReminders((reminders) => reminders.said[reminderKey])
  return (
    <li className={classes.slip} data-chosen={isChosen}>
      <button type="button" className={classes.slipText} onClick={onOpen}>
        {children}
      </button>
      {onRemind && (
        <div className={classes.slipActs}>
          <Button size="compact-sm" variant="default" aria-label={`${say('board.remind')} ${code}`} onClick={onRemind}>
            {say('board.remind')}
          </Button>
          {said && (
            <span className={classes.said} role="status">
              {said}
            </span>
          )}
        </div>
      )}
    </li>
  )
}
