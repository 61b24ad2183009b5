import { Button } from '@mantine/core'
import { Notice } from '../ui/Notice.tsx'
import classes from './agency.module.css'
import { tell } from './words.ts'

interface Props {
  form: {
    readonly refusal: string | null
    readonly progress: string | null
    readonly isKept: boolean
    send(): Promise<void>
  }
  onCancel(): void
}

/** The end of every form: what was refused, in words and in place; then to send it or to leave it for later. */
export function FormEnd({ form, onCancel }: Props) {
  return (
    <>
      {form.refusal !== null && <Notice tone="late">{form.refusal}</Notice>}
      {form.progress !== null && <Notice tone="calm">{form.progress}</Notice>}
      <div className={classes.formEnd}>
        <Button type="submit" size="lg" loading={form.progress !== null}>
          {tell('agency.send')}
        </Button>
        <Button variant="default" size="lg" onClick={onCancel}>
          {tell('agency.cancel')}
        </Button>
      </div>
      {form.isKept && <p className={classes.dim}>{tell('agency.draft-kept')}</p>}
    </>
  )
}
