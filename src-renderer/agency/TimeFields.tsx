import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { dueWords, roundAmount } from '../../src-shared/deadlines/spoken.ts'
import { type FormProps, useActForm } from './act-form.ts'
import { instantOf, timeAct } from './acts.ts'
import classes from './agency.module.css'
import { Field, Options } from './Field.tsx'
import { FormFrame } from './FormFrame.tsx'
import { fieldTime } from './local-time.ts'
import { useSlips } from './slips.ts'
import { tell } from './words.ts'

/** More time: another time (S4 Đ.9 k.3 ¶2, Đ.10 k.3), or something the citizen must add (Đ.14 k.4); each once. */
export function TimeFields(props: FormProps) {
  const { available, clock, choices } = props.detail
  const dueAt = clock?.dueAt == null ? null : fromIso(clock.dueAt)
  const isLate = props.detail.row.stage === 'late'
  const form = useActForm(props, 'time', (values) => timeAct(values, { dueAt, isLate }))
  const { values, set } = form
  const mayPostpone = available.includes('slip.postpone')
  const maySupplement = available.includes('supplement.request')
  const latestAt = choices.postponeUntilAt === null ? null : fromIso(choices.postponeUntilAt)
  return (
    <FormFrame label="agency.more-time" form={form} onCancel={props.onCancel}>
      <Options
        form={form}
        name="way"
        label="agency.time-which"
        isPair
        options={[
          { value: 'postpone', label: tell('agency.time-postpone') },
          { value: 'supplement', label: tell('agency.time-supplement') },
        ]}
        onChoose={(way) => set({ way: way === 'supplement' ? 'supplement' : 'postpone' })}
      />
      {values.way === 'supplement' ? (
        <>
          {!maySupplement && <p className={classes.plain}>{tell('agency.time-used')}</p>}
          <Field form={form} name="missing" label="agency.missing-list" hint="agency.missing-list-hint" rows={3} />
        </>
      ) : (
        <>
          {isLate && <p className={classes.plain}>{tell('agency.time-late')}</p>}
          {!isLate && !mayPostpone && <p className={classes.plain}>{tell('agency.time-used')}</p>}
          <Field
            form={form}
            name="at"
            label="agency.new-due"
            type="datetime-local"
            {...(mayPostpone && latestAt !== null ? { max: fieldTime(latestAt) } : {})}
          />
          {!isLate && <Meaning at={values.at} dueAt={dueAt} latestAt={latestAt} calendarId={clock?.calendarId ?? ''} />}
          <Field form={form} name="reason" label="agency.reason" hint="agency.reason-hint" rows={2} maxLength={1_000} />
        </>
      )}
    </FormFrame>
  )
}

interface MeaningProps {
  at: string
  dueAt: number | null
  latestAt: number | null
  calendarId: string
}

/** What the chosen time means under the Regulation, said before it is sent (#19, #24, D4). */
function Meaning({ at, dueAt, latestAt, calendarId }: MeaningProps) {
  const book = useSlips((slips) => slips.book)
  const chosen = instantOf(at)
  if (chosen === null || dueAt === null) return null
  const chosenAt = fromIso(chosen)
  if (chosenAt <= dueAt) return <p className={classes.plain}>{tell('agency.within-due')}</p>
  const added = book?.ids.includes(calendarId) ? book.workingTime(calendarId).between(dueAt, chosenAt) : null
  return (
    <p className={classes.plain}>
      {tell('agency.after-due', { due: dueWords(dueAt) })}{' '}
      {added !== null && tell('agency.added-hours', { amount: roundAmount(added) })}{' '}
      {latestAt !== null && tell('agency.postpone-latest', { latest: dueWords(latestAt) })}
    </p>
  )
}
