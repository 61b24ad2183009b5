import type { SlipDetail } from '../../src-shared/api/agency.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { type FormProps, useActForm } from './act-form.ts'
import { hearAct } from './acts.ts'
import { Field, Options } from './Field.tsx'
import { FormFrame } from './FormFrame.tsx'

/** The calls that may be asked for: neither heard now nor waiting for the office's word. */
export const askable = ({ unheard }: SlipDetail) => unheard.filter((each) => each.asked !== 'waiting')

/** S4 Đ.11 k.1 ¶2 (#40), D11: asked with a reason; the office decides. */
export function HearFields(props: FormProps) {
  const calls = askable(props.detail)
  const only = calls.length === 1 ? calls[0]!.recordingId : ''
  const form = useActForm(props, 'hear', (values) => hearAct({ ...values, recordingId: values.recordingId || only }))
  return (
    <FormFrame label="agency.hear" form={form} onCancel={props.onCancel}>
      {calls.length > 1 && (
        <Options
          form={form}
          name="recordingId"
          label="agency.hear-which"
          options={calls.map(({ recordingId, startedAt }) => ({
            value: recordingId,
            label: instantWords(fromIso(startedAt)),
          }))}
        />
      )}
      <Field form={form} name="reason" label="agency.hear-why" hint="agency.hear-hint" rows={3} maxLength={1_000} />
    </FormFrame>
  )
}
