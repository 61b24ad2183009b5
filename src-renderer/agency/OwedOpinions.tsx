import type { Opinion, SlipDetail } from '../../src-shared/api/agency.ts'
import { Notice } from '../ui/Notice.tsx'
import { type FormProps, useActForm } from './act-form.ts'
import classes from './agency.module.css'
import { Field } from './Field.tsx'
import { FormFrame } from './FormFrame.tsx'
import { OpinionFacts } from './Opinions.tsx'
import { replyAct } from './opinion-acts.ts'
import { tell } from './words.ts'

/** S2 k.1: the asked agency's side: what is asked of it and by when, and its reply. */
export function OwedOpinions({ detail, ...props }: FormProps & { detail: SlipDetail }) {
  return (
    <section aria-labelledby="owed" className={classes.acts}>
      <h2 id="owed" className={classes.section}>
        {tell('agency.opinions')}
      </h2>
      <Notice tone="calm">{tell('agency.opinion-only')}</Notice>
      <p className={classes.plain}>{tell('agency.opinion-lead', { agency: detail.row.leadName })}</p>
      {detail.opinions.map((opinion) => (
        <Reply key={opinion.consultId} {...props} detail={detail} opinion={opinion} />
      ))}
    </section>
  )
}

function Reply({ opinion, ...props }: FormProps & { opinion: Opinion }) {
  const { consultId } = opinion
  const form = useActForm(props, 'reply', (values) => replyAct(values, consultId), consultId)
  return (
    <div className={classes.opinion}>
      <OpinionFacts opinion={opinion} />
      {props.detail.available.includes('consult.reply') && (
        <FormFrame label="agency.reply" form={form} onCancel={props.onCancel}>
          <Field
            form={form}
            name="text"
            label="agency.reply-text"
            hint="agency.reply-text-hint"
            rows={4}
            maxLength={10_000}
          />
        </FormFrame>
      )}
    </div>
  )
}
