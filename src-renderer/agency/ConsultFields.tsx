import { NativeSelect } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import { type Consultable, consultableSchema } from '../../src-shared/api/agency.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { dueWords } from '../../src-shared/deadlines/spoken.ts'
import { Notice } from '../ui/Notice.tsx'
import { type FormProps, useActForm } from './act-form.ts'
import { instantOf } from './acts.ts'
import classes from './agency.module.css'
import { ask } from './agency-api.ts'
import { Field } from './Field.tsx'
import { FormFrame } from './FormFrame.tsx'
import { failureWords } from './failure.ts'
import { consultAct, replyTimeOf, withReplyTime } from './opinion-acts.ts'
import { tokenNow } from './session.ts'
import { registerNow } from './slips.ts'
import { language, tell } from './words.ts'

/** S2 k.1 (#33, #35): whom to ask, what, and until when. */
export function ConsultFields(props: FormProps) {
  const { row, isPaused } = props.detail
  const { agencies, problem } = useConsultable(row.caseId)
  const freshId = useRef(uuidv7()).current
  const kept = useActForm(props, 'consult', (values) => consultAct(values, registerNow()))
  const { values } = kept
  // The request has its name from the first keystroke on, so that it is the same request however often it is sent.
  const set: typeof kept.set = (change) => kept.set({ consultId: values.consultId || freshId, ...change })
  const form = { ...kept, set }
  const agency = agencies.find((each) => each.agencyId === values.agencyId)
  return (
    <FormFrame label="agency.consult" form={form} onCancel={props.onCancel}>
      {problem !== null && <Notice tone="late">{problem}</Notice>}
      {agencies.length === 0 && problem === null && <p className={classes.plain}>{tell('agency.consult-loading')}</p>}
      {isPaused && <Notice tone="soon">{tell('agency.consult-ends-pause')}</Notice>}
      <NativeSelect
        size="lg"
        label={tell('agency.consult-agency')}
        value={values.agencyId}
        error={form.problems.agencyId && tell(form.problems.agencyId)}
        onChange={(event) => set(withReplyTime({ agencyId: event.currentTarget.value, procedure: '' }, agencies))}
        data={[
          { value: '', label: '' },
          ...agencies.map((each) => ({ value: each.agencyId as string, label: each.name })),
        ]}
      />
      {agency !== undefined && agency.procedures.length > 0 && (
        <NativeSelect
          size="lg"
          label={tell('agency.consult-procedure')}
          value={values.procedure}
          onChange={(event) =>
            set(withReplyTime({ agencyId: values.agencyId, procedure: event.currentTarget.value }, agencies))
          }
          data={[
            { value: '', label: tell('agency.consult-procedure-none') },
            ...agency.procedures.map(({ procedure }) => ({ value: procedure, label: procedure })),
          ]}
        />
      )}
      <Field
        form={form}
        name="question"
        label="agency.consult-question"
        hint="agency.consult-question-hint"
        rows={3}
        maxLength={2_000}
      />
      <Field form={form} name="at" label="agency.consult-reply-by" type="datetime-local" />
      <ReplyTimeLine agencies={agencies} values={values} agencyName={agency?.name ?? ''} />
    </FormFrame>
  )
}

interface ReplyTimeProps {
  agencies: readonly Consultable[]
  values: { agencyId: string; procedure: string; at: string }
  agencyName: string
}

/** Where the time comes from, in the asked agency's own working hours; a longer one is not hidden. */
function ReplyTimeLine({ agencies, values, agencyName }: ReplyTimeProps) {
  const time = replyTimeOf(agencies, values)
  if (time === null) return null
  const { hours, basis } = time
  const due = dueWords(fromIso(time.replyBy))
  const chosen = instantOf(values.at)
  return (
    <p className={classes.plain}>
      {basis === null
        ? tell('agency.consult-default', { hours, agency: agencyName, due })
        : tell('agency.consult-basis', { hours, basis, due })}{' '}
      {chosen !== null && fromIso(chosen) > fromIso(time.replyBy) && tell('agency.consult-longer', { hours })}
    </p>
  )
}

/** Asked when the form opens: the times count from now. */
function useConsultable(caseId: string): { agencies: readonly Consultable[]; problem: string | null } {
  const [read, setRead] = useState<{ agencies: readonly Consultable[]; problem: string | null }>({
    agencies: [],
    problem: null,
  })
  useEffect(() => {
    let isGone = false
    const path = `/api/agency/slips/${encodeURIComponent(caseId)}/consultable`
    ask(path, consultableSchema, { token: tokenNow(), language })
      .then(({ agencies }) => ({ agencies, problem: null }))
      .catch((failure: unknown) => ({ agencies: [], problem: failureWords(failure) }))
      .then((next) => {
        if (!isGone) setRead(next)
      })
    return () => {
      isGone = true
    }
  }, [caseId])
  return read
}
