import { type ReactNode, useId } from 'react'
import classes from './ui.module.css'

interface Props {
  title: string
  aside?: ReactNode
  children: ReactNode
  className?: string
}

/** A titled region that assistive technology can jump to. */
export function Section({ title, aside, children, className }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={className}>
      <h2 id={id} className={classes.sectionTitle}>
        <span>{title}</span>
        {aside}
      </h2>
      {children}
    </section>
  )
}
