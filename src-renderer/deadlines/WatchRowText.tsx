import { IconAlertOctagonFilled, IconAlertTriangle, IconClock } from '@tabler/icons-react'
import { Signal } from '../ui/Signal.tsx'
import { DeadlineChip } from './DeadlineChip.tsx'
import classes from './watch.module.css'
import type { WatchItem } from './watch.ts'

/** A watched case: its code and how it presses, what is the matter, and what it is about. */
export function WatchRowText({ item: { row, chip, text } }: { item: WatchItem }) {
  const Icon = chip?.tone === 'late' ? IconAlertOctagonFilled : chip?.tone === 'soon' ? IconAlertTriangle : IconClock
  return (
    <>
      <span className={classes.head}>
        <span className={classes.code}>{row.code}</span>
        <span className={classes.grow} />
        {chip === null ? (
          row.clock && <DeadlineChip clock={row.clock} />
        ) : (
          <Signal
            tone={chip.tone === 'late' || chip.tone === 'soon' ? chip.tone : 'calm'}
            icon={<Icon size={13} aria-hidden="true" />}
          >
            {chip.text}
          </Signal>
        )}
      </span>
      <span className={classes.matter}>{text}</span>
      <span className={classes.excerpt}>{row.excerpt}</span>
    </>
  )
}
