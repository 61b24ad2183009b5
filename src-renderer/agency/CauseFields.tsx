import type { SlipDetail } from '../../src-shared/api/agency.ts'
import { type FormProps, useActForm } from './act-form.ts'
import { explainAct } from './acts.ts'
import { Field, type Fields, Options } from './Field.tsx'
import { FormFrame } from './FormFrame.tsx'

interface Cause {
  causeCode: string
  cause: string
}
interface Props {
  form: Fields<Cause>
  causes: SlipDetail['choices']['lateCauses']
}

/** S2 k.1, k.3 (#37): the cause from the policy's list, and in the agency's own words. */
export function CauseFields({ form, causes }: Props) {
  return (
    <>
      <Options
        form={form}
        name="causeCode"
        label="agency.late-cause"
        options={causes.map(({ code, label }) => ({ value: code, label }))}
      />
      <Field form={form} name="cause" label="agency.late-cause-text" rows={2} maxLength={1_000} />
    </>
  )
}

/** The cause told before or after the answer. */
export function ExplainFields(props: FormProps) {
  const form = useActForm(props, 'explain', explainAct)
  return (
    <FormFrame label="agency.explain" form={form} onCancel={props.onCancel}>
      <CauseFields form={form} causes={props.detail.choices.lateCauses} />
    </FormFrame>
  )
}
