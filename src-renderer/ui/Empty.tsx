import type { ReactNode } from 'react'
import classes from './ui.module.css'

/** An empty list teaches what would fill it. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className={classes.empty}>{children}</p>
}
