import type { ReactNode } from 'react'
import classes from './ui.module.css'

export type Tone = 'calm' | 'quiet' | 'soon' | 'late' | 'live' | 'accent'

/** A coloured word. The icon is the shape that tells the tones apart without colour. */
export function Signal({ tone, icon, children }: { tone: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={classes.signal} data-tone={tone}>
      {icon}
      <span>{children}</span>
    </span>
  )
}
