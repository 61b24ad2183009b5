import { Textarea } from '@mantine/core'
import { type FormProps, useActForm } from './act-form.ts'
import { tellAct } from './acts.ts'
import classes from './agency.module.css'
import { FormEnd } from './FormEnd.tsx'
import { ToldFields } from './ToldFields.tsx'
import { tell } from './words.ts'

/** #18: the second of the two facts, when the result went in before the citizen was reached. */
export function TellFields(props: FormProps) {
  const form = useActForm(props, 'tell', tellAct)
  return (
    <form
      className={classes.form}
      aria-label={tell('agency.tell')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.send()
      }}
    >
      <ToldFields values={form.values} problems={form.problems} set={form.set} />
      <Textarea
        size="lg"
        maxLength={1_000}
        label={tell('agency.told-note')}
        value={form.values.note}
        onChange={(event) => form.set({ note: event.currentTarget.value })}
      />
      <FormEnd form={form} onCancel={props.onCancel} />
    </form>
  )
}
