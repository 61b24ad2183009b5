import { Button, Checkbox, Group, Radio, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { type RefObject, useId, useState } from 'react'
import { DAY_KINDS } from '../../src-shared/deadlines/calendar.ts'
import { type LocalDate, WEEKDAYS } from '../../src-shared/deadlines/dates.ts'
import { WEEKDAY_WORDS } from '../../src-shared/deadlines/spoken.ts'
import type { WorkingTime } from '../../src-shared/deadlines/working-time.ts'
import type { Say } from '../session/words.ts'
import { useSay } from '../session/words.ts'
import classes from './calendar.module.css'
import { DateField } from './DateField.tsx'
import { ENTRY_MODES, type EntryForm, type EntryMode, entriesOf, type FormProblems } from './entry-form.ts'
import { longDate } from './entry-words.ts'
import { fullDate, type PendingInput } from './pending.ts'
import { problemWords } from './problem-words.ts'

interface Props {
  form: EntryForm
  onForm: (form: EntryForm) => void
  dates: readonly LocalDate[]
  calendarId: string
  hours: WorkingTime
  /** Set while an entry that was already put down is mended. */
  isMending: boolean
  onEntries: (entries: readonly PendingInput[]) => void
  onCancel: () => void
  /** The first control, to which Enter in the year goes. */
  first: RefObject<HTMLDivElement | null>
}

/** What to enter for the chosen days. Nothing leaves this computer from here: entries go to the list below. */
export function EntryPanel({ form, onForm, dates, calendarId, hours, isMending, onEntries, onCancel, first }: Props) {
  const say = useSay()
  const [problems, setProblems] = useState<FormProblems>({})
  const id = useId()
  const set = (change: Partial<EntryForm>) => {
    onForm({ ...form, ...change })
    setProblems({})
  }
  const errorOf = (name: keyof FormProblems) => {
    const problem = problems[name]
    return problem === undefined ? undefined : problemWords(say, problem.code, problem.params ?? {})
  }
  const add = () => {
    const made = entriesOf(form, dates, calendarId, hours)
    if (made.ok) onEntries(made.entries)
    else setProblems(made.problems)
  }
  const { mode } = form
  return (
    <form
      className={classes.form}
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <h2 id={id} className={classes.chosen}>
        {mode === 'week' ? say('entry.weekTitle') : stretchWords(say, dates)}
      </h2>
      <SegmentedControl
        ref={first}
        fullWidth
        size="xs"
        aria-label={say('entry.mode')}
        value={mode}
        onChange={(value) => set({ mode: value as EntryMode })}
        data={ENTRY_MODES.map((value) => ({ value, label: say(`entry.mode.${value}`) }))}
      />
      {mode === 'half' && (
        <Radio.Group
          label={say('entry.half')}
          value={form.half}
          error={errorOf('half')}
          onChange={(value) => set({ half: value as EntryForm['half'] })}
        >
          <Group gap={16}>
            <Radio size="xs" value="morning" label={say('entry.morning')} />
            <Radio size="xs" value="afternoon" label={say('entry.afternoon')} />
          </Group>
        </Radio.Group>
      )}
      {mode === 'swap' && (
        <DateField
          label={say('entry.worked')}
          description={say('entry.workedHint', { off: fullDate(dates[0]!) })}
          value={form.worked}
          error={errorOf('worked')}
          onValue={(worked) => set({ worked })}
        />
      )}
      {(mode === 'hours' || mode === 'swap') && (
        <TextInput
          label={say('entry.hours')}
          placeholder="07:00-11:30, 13:30-17:00"
          value={form.hours}
          error={errorOf('hours')}
          onChange={(event) => set({ hours: event.currentTarget.value })}
        />
      )}
      {mode === 'hours' && dates.length > 1 && (
        <Checkbox
          label={say('entry.skipsDaysOff')}
          checked={form.skipsDaysOff}
          onChange={(event) => set({ skipsDaysOff: event.currentTarget.checked })}
        />
      )}
      {mode === 'week' && <WeekFields form={form} set={set} errorOf={errorOf} say={say} />}
      {(mode === 'off' || mode === 'half' || mode === 'hours') && (
        <Select
          label={say('entry.kind')}
          data={DAY_KINDS.map((kind) => ({ value: kind, label: say(`dayKind.${kind}`) }))}
          value={form.kind}
          allowDeselect={false}
          onChange={(value) => value && set({ kind: value as EntryForm['kind'] })}
        />
      )}
      {mode !== 'week' && (
        <TextInput
          label={say('entry.reason')}
          placeholder={say(mode === 'swap' ? 'entry.reasonOfSwap' : 'entry.reasonHint')}
          maxLength={300}
          value={form.reason}
          error={errorOf('reason')}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
      )}
      <Textarea
        label={say('entry.act')}
        placeholder={say('entry.actHint')}
        maxLength={300}
        minRows={1}
        maxRows={4}
        value={form.act}
        error={errorOf('act')}
        onChange={(event) => set({ act: event.currentTarget.value })}
      />
      <Group gap={8}>
        <Button type="submit">{say(isMending ? 'entry.mend' : 'entry.add')}</Button>
        {isMending && (
          <Button variant="default" onClick={onCancel}>
            {say('entry.cancel')}
          </Button>
        )}
      </Group>
    </form>
  )
}

interface WeekProps {
  form: EntryForm
  set: (change: Partial<EntryForm>) => void
  errorOf: (name: keyof FormProblems) => string | undefined
  say: Say
}

function WeekFields({ form, set, errorOf, say }: WeekProps) {
  return (
    <>
      <DateField
        label={say('entry.from')}
        value={form.from}
        error={errorOf('from')}
        onValue={(from) => set({ from })}
      />
      <fieldset className={classes.weekHours}>
        <legend>{say('entry.weekHours')}</legend>
        {WEEKDAYS.map((day) => (
          <div key={day} className={classes.weekday}>
            <span aria-hidden="true">{WEEKDAY_WORDS[day]}</span>
            <TextInput
              size="xs"
              aria-label={WEEKDAY_WORDS[day]}
              placeholder={say('entry.dayOff')}
              value={form.week[day]}
              error={errorOf(day)}
              onChange={(event) => set({ week: { ...form.week, [day]: event.currentTarget.value } })}
            />
          </div>
        ))}
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => set({ week: { ...form.week, ...copied(form.week.mon) } })}
        >
          {say('entry.copyMonday')}
        </Button>
      </fieldset>
    </>
  )
}

const copied = (hours: string) => ({ tue: hours, wed: hours, thu: hours, fri: hours })

function stretchWords(say: Say, dates: readonly LocalDate[]): string {
  const [from, to] = [dates[0]!, dates.at(-1)!]
  if (dates.length === 1) return longDate(from)
  return say('entry.stretch', { from: longDate(from), to: longDate(to), days: dates.length })
}
