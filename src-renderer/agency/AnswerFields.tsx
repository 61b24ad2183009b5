import { Radio, Textarea, TextInput } from '@mantine/core'
import { type FormProps, useActForm } from './act-form.ts'
import { answerAct } from './acts.ts'
import classes from './agency.module.css'
import { FormEnd } from './FormEnd.tsx'
import { fieldTime } from './local-time.ts'
import { registerNow } from './slips.ts'
import { ToldFields } from './ToldFields.tsx'
import { tell } from './words.ts'

/** Solved: the result, who released it (#46), and whether the citizen has been told (#18). */
export function AnswerFields(props: FormProps) {
  const form = useActForm(props, 'answer', answerAct)
  const { values, problems, set } = form
  return (
    <form
      className={classes.form}
      aria-label={tell('agency.solved')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.send()
      }}
    >
      <Textarea
        size="lg"
        minRows={4}
        maxLength={10_000}
        label={tell('agency.answer-text')}
        description={tell('agency.answer-text-hint')}
        value={values.text}
        error={problems.text && tell(problems.text)}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <TextInput
        size="lg"
        maxLength={120}
        label={tell('agency.approver')}
        description={tell('agency.approver-hint')}
        value={values.approver}
        onChange={(event) => set({ approver: event.currentTarget.value })}
      />
      <Radio.Group
        label={tell('agency.told')}
        value={values.told}
        error={problems.told && tell(problems.told)}
        onChange={(told) =>
          set({ told: told === 'yes' ? 'yes' : 'no', ...(values.at === '' ? { at: fieldTime(registerNow()) } : {}) })
        }
      >
        <div className={classes.pair}>
          <Radio.Card value="yes" className={classes.option ?? ''} aria-label={tell('agency.told-yes')}>
            <Radio.Indicator size="md" />
            <span>{tell('agency.told-yes')}</span>
          </Radio.Card>
          <Radio.Card value="no" className={classes.option ?? ''} aria-label={tell('agency.told-no')}>
            <Radio.Indicator size="md" />
            <span>{tell('agency.told-no')}</span>
          </Radio.Card>
        </div>
      </Radio.Group>
      {values.told === 'yes' && <ToldFields values={values} problems={problems} set={set} />}
      {values.told === 'no' && <p className={classes.plain}>{tell('agency.told-no-hint')}</p>}
      <FormEnd form={form} onCancel={props.onCancel} />
    </form>
  )
}
