import { type FormProps, useActForm } from './act-form.ts'
import { tellAct } from './acts.ts'
import { Field } from './Field.tsx'
import { FormFrame } from './FormFrame.tsx'
import { ToldFields } from './ToldFields.tsx'

/** #18: the second of the two facts, when the result went in before the citizen was reached. */
export function TellFields(props: FormProps) {
  const form = useActForm(props, 'tell', tellAct)
  return (
    <FormFrame label="agency.tell" form={form} onCancel={props.onCancel}>
      <ToldFields form={form} />
      <Field form={form} name="note" label="agency.told-note" rows={2} maxLength={1_000} />
    </FormFrame>
  )
}
