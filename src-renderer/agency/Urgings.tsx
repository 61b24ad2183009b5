import type { SlipDetail } from '../../src-shared/api/agency.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { capital } from '../ui/capital.ts'
import { Notice } from '../ui/Notice.tsx'
import { type FormProps, useActForm } from './act-form.ts'
import { urgingAct } from './acts.ts'
import classes from './agency.module.css'
import { Field } from './Field.tsx'
import { FormFrame } from './FormFrame.tsx'
import { tell } from './words.ts'

type Urging = SlipDetail['urgings'][number]

/** What the agency owes a letter: an explanation that was demanded and has not been given. */
export const owedUrging = (urgings: readonly Urging[]): Urging | undefined =>
  urgings.find((urging) => urging.kind === 'explain' && urging.repliedAt === null)

/** S4 Đ.9 k.5 (#27): the letters of the office or of the Chairman, as they stand. */
export function Urgings({ urgings }: Pick<SlipDetail, 'urgings'>) {
  return urgings.map((urging) => (
    <Notice key={urging.urgingId} tone={urging.kind === 'explain' && urging.repliedAt === null ? 'soon' : 'calm'}>
      {urgingWords(urging)}
    </Notice>
  ))
}

export function urgingWords({ kind, number, signedBy, signedOn, content, replyBy, repliedAt }: Urging): string {
  const letter = tell('agency.urging', {
    kind: capital(tell(`urging.${kind}`)),
    number,
    signedBy,
    signedOn: signedOn.split('-').reverse().join('/'),
    content,
  })
  const at = (instant: string) => instantWords(fromIso(instant))
  if (repliedAt !== null) return `${letter} ${tell('agency.urging-replied', { time: at(repliedAt) })}`
  return replyBy === null ? letter : `${letter} ${tell('agency.urging-reply-by', { time: at(replyBy) })}`
}

export function UrgingFields(props: FormProps) {
  const owed = owedUrging(props.detail.urgings)
  const form = useActForm(props, 'urging', (values) => urgingAct(values, owed?.urgingId ?? ''), owed?.urgingId ?? '')
  return (
    <FormFrame label="agency.account" form={form} onCancel={props.onCancel}>
      {owed !== undefined && <p className={classes.plain}>{urgingWords(owed)}</p>}
      <Field form={form} name="text" label="agency.account-text" rows={4} maxLength={10_000} />
    </FormFrame>
  )
}
