import { Textarea } from '@mantine/core'
import { type FormProps, useActForm } from './act-form.ts'
import { returnAct } from './acts.ts'
import classes from './agency.module.css'
import { FormEnd } from './FormEnd.tsx'
import { tell } from './words.ts'

/** #36: "not ours" needs a reason, and the clock runs until the hotline has judged it. */
export function ReturnFields(props: FormProps) {
  const form = useActForm(props, 'return', returnAct)
  const { problems } = form
  return (
    <form
      className={classes.form}
      aria-label={tell('agency.not-ours')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.send()
      }}
    >
      <Textarea
        size="lg"
        minRows={3}
        maxLength={1_000}
        label={tell('agency.return-reason')}
        description={tell('agency.return-hint')}
        value={form.values.reason}
        error={problems.reason && tell(problems.reason)}
        onChange={(event) => form.set({ reason: event.currentTarget.value })}
      />
      <FormEnd form={form} onCancel={props.onCancel} />
    </form>
  )
}
