import { type FormProps, useActForm } from './act-form.ts'
import classes from './agency.module.css'
import { Field } from './Field.tsx'
import { FormFrame } from './FormFrame.tsx'
import { fieldTime } from './local-time.ts'
import { registerNow } from './slips.ts'
import { supplementAct, withdrawAct } from './stop-acts.ts'
import { tell } from './words.ts'

/** S4 Đ.14 k.4 (#16): what the citizen added, written down by whoever received it. */
export function SupplementFields(props: FormProps) {
  const form = useActForm(props, 'supplement', supplementAct)
  return (
    <FormFrame label="agency.supplement" form={form} onCancel={props.onCancel}>
      <Field
        form={form}
        name="text"
        label="agency.supplement-text"
        hint="agency.supplement-text-hint"
        rows={3}
        maxLength={10_000}
      />
    </FormFrame>
  )
}

/** S2 k.1 (#32): the citizen asked for it, and the head signed on that very paper. */
export function WithdrawFields(props: FormProps) {
  const today = fieldTime(registerNow()).slice(0, 10)
  const form = useActForm(props, 'withdraw', (values) => withdrawAct(values, today))
  return (
    <FormFrame label="agency.withdraw" form={form} onCancel={props.onCancel}>
      <p className={classes.plain}>{tell('agency.withdraw-why')}</p>
      <Field
        form={form}
        name="requestScan"
        label="agency.withdraw-scan"
        hint="agency.withdraw-scan-hint"
        maxLength={300}
      />
      <Field form={form} name="name" label="agency.withdraw-name" maxLength={120} />
      <Field form={form} name="signedOn" label="agency.withdraw-on" type="date" max={today} />
    </FormFrame>
  )
}
