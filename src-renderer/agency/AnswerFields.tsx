import { type FormProps, useActForm } from './act-form.ts'
import { answerAct } from './acts.ts'
import classes from './agency.module.css'
import { CauseFields } from './CauseFields.tsx'
import { Field, Options } from './Field.tsx'
import { FormFrame } from './FormFrame.tsx'
import { fieldTime } from './local-time.ts'
import { registerNow } from './slips.ts'
import { ToldFields } from './ToldFields.tsx'
import { tell } from './words.ts'

/** Solved: the result, who released it (#46), why it is late if it is (#37), whether the citizen has been told (#18). */
export function AnswerFields(props: FormProps) {
  const { row, lateCause, choices } = props.detail
  const owesCause = row.stage === 'late' && lateCause === null && choices.lateCauses.length > 0
  const form = useActForm(props, 'answer', (values) => answerAct(values, owesCause))
  const { values, set } = form
  return (
    <FormFrame label="agency.solved" form={form} onCancel={props.onCancel}>
      <Field
        form={form}
        name="text"
        label="agency.answer-text"
        hint="agency.answer-text-hint"
        rows={4}
        maxLength={10_000}
      />
      <Field form={form} name="approver" label="agency.approver" hint="agency.approver-hint" maxLength={120} />
      {owesCause && (
        <>
          <p className={classes.plain}>{tell('agency.late-cause-why')}</p>
          <CauseFields form={form} causes={choices.lateCauses} />
        </>
      )}
      <Options
        form={form}
        name="told"
        label="agency.told"
        isPair
        options={[
          { value: 'yes', label: tell('agency.told-yes') },
          { value: 'no', label: tell('agency.told-no') },
        ]}
        onChoose={(told) =>
          set({ told: told === 'yes' ? 'yes' : 'no', ...(values.at === '' ? { at: fieldTime(registerNow()) } : {}) })
        }
      />
      {values.told === 'yes' && <ToldFields form={form} />}
      {values.told === 'no' && <p className={classes.plain}>{tell('agency.told-no-hint')}</p>}
    </FormFrame>
  )
}
