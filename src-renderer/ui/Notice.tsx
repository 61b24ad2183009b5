import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './ui.module.css'

type NoticeTone = 'late' | 'soon' | 'calm' | 'live'

/** What happened, what was kept, what to do. `late` is read out at once, the others when there is a pause. */
export function Notice({ tone, children }: { tone: NoticeTone; children: ReactNode }) {
  const Icon = tone === 'calm' ? IconInfoCircle : tone === 'live' ? IconCircleCheck : IconAlertTriangle
  return (
    <div className={classes.notice} data-tone={tone} role={tone === 'late' ? 'alert' : 'status'}>
      <Icon size={16} aria-hidden="true" />
      <div>{children}</div>
    </div>
  )
}
