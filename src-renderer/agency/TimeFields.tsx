import { Radio, Textarea, TextInput } from '@mantine/core'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { dueWords, roundAmount } from '../../src-shared/deadlines/spoken.ts'
import { type FormProps, useActForm } from './act-form.ts'
import { instantOf, timeAct } from './acts.ts'
import classes from './agency.module.css'
import { FormEnd } from './FormEnd.tsx'
import { useSlips } from './slips.ts'
import { tell } from './words.ts'

/** More time: another time (S4 Đ.9 k.3 ¶2, Đ.10 k.3), or something the citizen must add (Đ.14 k.4); each once. */
export function TimeFields(props: FormProps) {
  const { available, clock } = props.detail
  const dueAt = clock?.dueAt == null ? null : fromIso(clock.dueAt)
  const isLate = props.detail.row.stage === 'late'
  const form = useActForm(props, 'time', (values) => timeAct(values, { dueAt, isLate }))
  const { values, problems, set } = form
  const mayPostpone = available.includes('slip.postpone')
  const maySupplement = available.includes('supplement.request')
  return (
    <form
      className={classes.form}
      aria-label={tell('agency.more-time')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.send()
      }}
    >
      <Radio.Group
        label={tell('agency.time-which')}
        value={values.way}
        onChange={(way) => set({ way: way === 'supplement' ? 'supplement' : 'postpone' })}
      >
        <div className={classes.pair}>
          <Radio.Card value="postpone" className={classes.option ?? ''} aria-label={tell('agency.time-postpone')}>
            <Radio.Indicator size="md" />
            <span>{tell('agency.time-postpone')}</span>
          </Radio.Card>
          <Radio.Card value="supplement" className={classes.option ?? ''} aria-label={tell('agency.time-supplement')}>
            <Radio.Indicator size="md" />
            <span>{tell('agency.time-supplement')}</span>
          </Radio.Card>
        </div>
      </Radio.Group>
      {values.way === 'supplement' ? (
        <>
          {!maySupplement && <p className={classes.plain}>{tell('agency.time-used')}</p>}
          <Textarea
            size="lg"
            minRows={3}
            label={tell('agency.missing-list')}
            description={tell('agency.missing-list-hint')}
            value={values.missing}
            error={problems.missing && tell(problems.missing)}
            onChange={(event) => set({ missing: event.currentTarget.value })}
          />
        </>
      ) : (
        <>
          {isLate && <p className={classes.plain}>{tell('agency.time-late')}</p>}
          {!isLate && !mayPostpone && <p className={classes.plain}>{tell('agency.time-used')}</p>}
          <TextInput
            size="lg"
            type="datetime-local"
            label={tell('agency.new-due')}
            value={values.at}
            error={problems.at && tell(problems.at)}
            onChange={(event) => set({ at: event.currentTarget.value })}
          />
          {!isLate && <Meaning at={values.at} dueAt={dueAt} calendarId={clock?.calendarId ?? ''} />}
          <Textarea
            size="lg"
            minRows={2}
            maxLength={1_000}
            label={tell('agency.reason')}
            description={tell('agency.reason-hint')}
            value={values.reason}
            error={problems.reason && tell(problems.reason)}
            onChange={(event) => set({ reason: event.currentTarget.value })}
          />
        </>
      )}
      <FormEnd form={form} onCancel={props.onCancel} />
    </form>
  )
}

/** What the chosen time means under the Regulation, said before it is sent. */
function Meaning({ at, dueAt, calendarId }: { at: string; dueAt: number | null; calendarId: string }) {
  const book = useSlips((slips) => slips.book)
  const chosen = instantOf(at)
  if (chosen === null || dueAt === null) return null
  const chosenAt = fromIso(chosen)
  if (chosenAt <= dueAt) return <p className={classes.plain}>{tell('agency.within-due')}</p>
  const added = book?.ids.includes(calendarId) ? book.workingTime(calendarId).between(dueAt, chosenAt) : null
  return (
    <p className={classes.plain}>
      {tell('agency.after-due', { due: dueWords(dueAt) })}{' '}
      {added !== null && tell('agency.added-hours', { amount: roundAmount(added) })}
    </p>
  )
}
