import { Checkbox, Select, TextInput } from '@mantine/core'
import { IconReportAnalytics } from '@tabler/icons-react'
import { KeyButton } from '../keyboard/KeyButton.tsx'
import { registerNow } from '../session/now.ts'
import { useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import { type PeriodKind, periodKinds } from './periods.ts'
import { choosePeriod, type FieldName, makeReport, typeIn, useReports } from './report-store.ts'
import classes from './reports.module.css'

/** Which period, and, for an earlier report, up to which event. */
export function ReportForm() {
  const say = useSay()
  const { kind, withZeroRows, isAgain, isMaking, failure } = useReports()
  return (
    <form
      className={classes.form}
      aria-label={say('reports.period')}
      onSubmit={(event) => {
        event.preventDefault()
        void makeReport()
      }}
    >
      <div className={classes.fields}>
        <Select
          label={say('reports.period')}
          className={classes.kind ?? ''}
          data={periodKinds.map((each) => ({ value: each, label: say(`reports.${each}`) }))}
          value={kind}
          allowDeselect={false}
          onChange={(value) => value && choosePeriod(value as PeriodKind, registerNow())}
        />
        <Moment field="from" />
        <Moment field="to" />
        <KeyButton
          shortcut="report.make"
          label={say(isMaking ? 'reports.making' : 'reports.make')}
          icon={<IconReportAnalytics size={16} />}
          size="sm"
          variant="filled"
          disabled={isMaking}
          onPress={() => void makeReport()}
        />
      </div>
      <div className={classes.options}>
        <Checkbox
          size="xs"
          label={say('reports.zeroRows')}
          checked={withZeroRows}
          onChange={(event) => useReports.setState({ withZeroRows: event.currentTarget.checked })}
        />
        <Checkbox
          size="xs"
          label={say('reports.again')}
          checked={isAgain}
          onChange={(event) => useReports.setState({ isAgain: event.currentTarget.checked, wrong: {} })}
        />
      </div>
      {isAgain && (
        <>
          <div className={classes.fields}>
            <Moment field="seq" />
            <Moment field="asOf" />
          </div>
          <p className={classes.hint}>{say('reports.againHint')}</p>
        </>
      )}
      {/* Enter in a field sends a form of several fields only where there is something to press. */}
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      {failure !== null && <Notice tone="soon">{failure}</Notice>}
    </form>
  )
}

function Moment({ field }: { field: FieldName }) {
  const say = useSay()
  const value = useReports((reports) => reports[field])
  const wrong = useReports((reports) => reports.wrong[field])
  return (
    <TextInput
      label={say(`reports.${field}`)}
      className={classes.moment ?? ''}
      value={value}
      autoComplete="off"
      inputMode="numeric"
      placeholder={field === 'seq' ? '' : '25/9/2026 12:00'}
      {...(wrong === undefined ? {} : { error: say(wrong) })}
      onChange={(event) => typeIn(field, event.currentTarget.value)}
    />
  )
}
