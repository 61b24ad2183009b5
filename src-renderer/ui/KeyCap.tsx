import type { ReactNode } from 'react'
import classes from './ui.module.css'

/** A key as printed on a keyboard. Read by eyes only: `aria-keyshortcuts` tells screen readers. */
export function KeyCap({ children }: { children: ReactNode }) {
  return (
    <span className={classes.keyCap} aria-hidden="true">
      {children}
    </span>
  )
}
