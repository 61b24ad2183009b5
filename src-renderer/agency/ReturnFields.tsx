import { type FormProps, useActForm } from './act-form.ts'
import { returnAct } from './acts.ts'
import classes from './agency.module.css'
import { Field } from './Field.tsx'
import { FormFrame } from './FormFrame.tsx'
import { tell } from './words.ts'

/** #36: "not ours" needs a reason, and the clock runs until the hotline has judged it; the second time the office decides. */
export function ReturnFields(props: FormProps) {
  const form = useActForm(props, 'return', returnAct)
  return (
    <FormFrame label="agency.not-ours" form={form} onCancel={props.onCancel}>
      {props.detail.choices.isReturnForOffice && <p className={classes.plain}>{tell('agency.return-to-office')}</p>}
      <Field
        form={form}
        name="reason"
        label="agency.return-reason"
        hint="agency.return-hint"
        rows={3}
        maxLength={1_000}
      />
    </FormFrame>
  )
}
