import type { SlipDetail } from '../../src-shared/api/agency.ts'
import { Notice } from '../ui/Notice.tsx'
import { type FormProps, useActForm } from './act-form.ts'
import classes from './agency.module.css'
import { hasOpenOpinion } from './deadlines.ts'
import { Field, Options } from './Field.tsx'
import { FormFrame } from './FormFrame.tsx'
import { endPauseAct, pauseAct } from './stop-acts.ts'
import { tell } from './words.ts'

/** "Văn phòng UBND tỉnh hoặc trưởng ca": who may confirm a pause. */
export const confirmerNames = ({ pauseConfirmers }: SlipDetail['choices']): string =>
  pauseConfirmers.map((role) => tell(`role.${role}`)).join(` ${tell('agency.or')} `)

/** S2 k.1, k.2 (#29, #30): a pause is asked for, and what can never be one is told at once. */
export function PauseFields(props: FormProps) {
  const { detail, onCancel } = props
  const { pauseReasons } = detail.choices
  const form = useActForm(props, 'pause', (values) => pauseAct(values, pauseReasons))
  if (hasOpenOpinion(detail.opinions)) return <WhyNoPause detail={detail} />
  const why = pauseReasons.find((each) => each.code === form.values.reasonCode)?.why
  return (
    <FormFrame label="agency.pause" form={form} onCancel={onCancel}>
      <p className={classes.plain}>
        {tell('agency.pause-nothing-stops', { confirmers: confirmerNames(detail.choices) })}
      </p>
      <Options
        form={form}
        name="reasonCode"
        label="agency.pause-reason"
        options={pauseReasons.map(({ code, label }) => ({ value: code, label }))}
      />
      {why != null && <Notice tone="late">{why}</Notice>}
      <Field
        form={form}
        name="explanation"
        label="agency.pause-explanation"
        hint="agency.pause-explanation-hint"
        rows={3}
        maxLength={1_000}
      />
    </FormFrame>
  )
}

/** An opinion is awaited: there is nothing to fill in. */
function WhyNoPause({ detail }: { detail: SlipDetail }) {
  const awaited = detail.opinions.filter((opinion) => opinion.repliedAt === null)
  const agencies = [...new Set(awaited.map((opinion) => opinion.askedOfName))].join(', ')
  return (
    <div className={classes.form}>
      <Notice tone="late">
        {tell('refusal.pause-awaiting-opinion')} {tell('agency.pause-opinions-first', { agencies })}
      </Notice>
    </div>
  )
}

export function EndPauseFields(props: FormProps) {
  const form = useActForm(props, 'endPause', endPauseAct)
  const left = props.detail.deadline.stopped?.left ?? ''
  return (
    <FormFrame label="agency.end-pause" sendWord="agency.end-pause-send" form={form} onCancel={props.onCancel}>
      <p className={classes.plain}>{tell('agency.end-pause-lead', { left })}</p>
    </FormFrame>
  )
}
