import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import type { WordKey } from '../../src-shared/words/words.ts'
import { Notice } from '../ui/Notice.tsx'
import classes from './agency.module.css'
import type { Problems } from './forms.ts'
import { tell } from './words.ts'

interface Props {
  label: WordKey
  form: {
    readonly problems: Problems
    readonly refusal: string | null
    readonly progress: string | null
    readonly isKept: boolean
    send(): Promise<void>
  }
  /** What the button does, where "send" does not say it. */
  sendWord?: WordKey
  onCancel(): void
  children?: ReactNode
}

/**
 * What all forms have in common: the fields, what was refused, in words and in place; then to send it or to leave it for
 * later. The first field that lacks something takes the focus, so that nobody looks for it on a small screen.
 */
export function FormFrame({ label, form, sendWord = 'agency.send', onCancel, children }: Props) {
  const frame = useRef<HTMLFormElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the problems that put the focus.
  useEffect(() => {
    frame.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-lacking] input')?.focus()
  }, [form.problems])
  return (
    <form
      ref={frame}
      className={classes.form}
      aria-label={tell(label)}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.send()
      }}
    >
      {children}
      {form.refusal !== null && <Notice tone="late">{form.refusal}</Notice>}
      {form.progress !== null && <Notice tone="calm">{form.progress}</Notice>}
      <div className={classes.formEnd}>
        <Button type="submit" size="lg" loading={form.progress !== null}>
          {tell(sendWord)}
        </Button>
        <Button variant="default" size="lg" onClick={onCancel}>
          {tell('agency.cancel')}
        </Button>
      </div>
      {form.isKept && <p className={classes.dim}>{tell('agency.draft-kept')}</p>}
    </form>
  )
}
