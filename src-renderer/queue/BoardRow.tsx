import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './queue.module.css'
import { useReminders } from './reminders.ts'

interface Props {
  /** Under which words about a reminder were kept. */
  reminderKey: string
  code: string
  /** What the button says: whom or what is reminded of. */
  remindLabel: string
  isChosen: boolean
  onOpen: () => void
  /** Null where there is nobody to remind. */
  onRemind: (() => void) | null
  children: ReactNode
}

/** A case on the board: opened by its text, and its holder reminded by its button. */
export function BoardRow({ reminderKey, code, remindLabel, isChosen, onOpen, onRemind, children }: Props) {
  const said = useReminders((reminders) => reminders.said[reminderKey])
  return (
    <li className={classes.slip} data-chosen={isChosen}>
      <button type="button" className={classes.slipText} onClick={onOpen}>
        {children}
      </button>
      {onRemind && (
        <div className={classes.slipActs}>
          <Button size="compact-sm" variant="default" aria-label={`${remindLabel} ${code}`} onClick={onRemind}>
            {remindLabel}
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
