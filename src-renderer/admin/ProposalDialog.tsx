import { Button, Checkbox, Group, Modal, Radio, Select } from '@mantine/core'
import { useMemo, useState } from 'react'
import {
  dateOfDayNumber,
  dayNumberOf,
  dayNumberOfDate,
  type LocalDate,
  WEEKDAYS,
  type Weekday,
  weekdayOfDayNumber,
} from '../../src-shared/deadlines/dates.ts'
import { bridgesOf } from '../../src-shared/deadlines/holidays/bridges.ts'
import { type ProposedDay, type ProposedGroup, proposeHolidays } from '../../src-shared/deadlines/holidays/proposals.ts'
import type { WorkingTime } from '../../src-shared/deadlines/working-time.ts'
import { useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import classes from './calendar.module.css'
import { intervalText } from './entry-fields.ts'
import { usualHours } from './entry-form.ts'
import { datesWords, longDate } from './entry-words.ts'
import { fullDate, type PendingInput } from './pending.ts'
import { entriesOfProposal } from './proposal-entries.ts'

interface Props {
  year: number
  calendarId: string
  hours: WorkingTime
  onClose: () => void
  onEntries: (entries: readonly PendingInput[]) => void
}

const NOT_YET = 'not-yet'

/** The days off of a year by law, with the choices that only its announcement makes. Everything becomes an entry to be confirmed. */
export function ProposalDialog({ year, calendarId, hours, onClose, onEntries }: Props) {
  const say = useSay()
  const weeklyDaysOff = useMemo(() => daysOffIn(hours, year), [hours, year])
  const proposal = useMemo(() => proposeHolidays(year, weeklyDaysOff), [year, weeklyDaysOff])
  const [chosen, setChosen] = useState<Record<string, string>>(() =>
    Object.fromEntries(proposal.groups.map(({ name, options }) => [name, options.length === 1 ? 'fixed' : NOT_YET])),
  )
  const [swaps, setSwaps] = useState<Record<LocalDate, LocalDate>>({})
  const isKnown = (on: LocalDate) => {
    const { day, intervals } = hours.hoursOn(dayNumberOfDate(on))
    return day !== null && intervals.length === 0
  }
  const days = proposal.groups.flatMap((group) => daysChosen(group, chosen[group.name]))
  const bridges = bridgesOf(
    days.map(({ on }) => on),
    weeklyDaysOff,
  ).filter(({ off }) => !isKnown(off) && hours.hoursOn(dayNumberOfDate(off)).intervals.length > 0)
  const open = proposal.groups.filter(({ name, options }) => options.length > 1 && chosen[name] === NOT_YET)
  const entries = [
    ...entriesOfProposal(days, calendarId, isKnown),
    ...bridges.filter(({ off }) => swaps[off]).map(({ off }) => swapEntry(off, swaps[off]!, calendarId, hours)),
  ]
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={say('proposal.title', { year })}
      closeButtonProps={{ 'aria-label': say('ui.close') }}
    >
      <div className={classes.proposal}>
        <p className={classes.counts}>
          {say('proposal.tet', { year: proposal.lunarYear, on: longDate(proposal.tetOn) })}
        </p>
        {proposal.groups.map((group) => (
          <HolidayChoice
            key={group.name}
            group={group}
            value={chosen[group.name]!}
            isKnown={isKnown}
            onChange={(value) => setChosen({ ...chosen, [group.name]: value })}
          />
        ))}
        {bridges.length > 0 && (
          <fieldset className={classes.bridges}>
            <legend>{say('proposal.bridges')}</legend>
            <p className={classes.hint}>{say('proposal.bridgesHint')}</p>
            {bridges.map(({ off, workedInstead }) => (
              <Group key={off} gap={12}>
                <Checkbox
                  label={say('proposal.bridge', { off: longDate(off) })}
                  checked={swaps[off] !== undefined}
                  onChange={(event) => {
                    const { [off]: _removed, ...rest } = swaps
                    setSwaps(event.currentTarget.checked ? { ...swaps, [off]: workedInstead[0]! } : rest)
                  }}
                />
                {swaps[off] !== undefined && (
                  <Select
                    size="xs"
                    w={200}
                    aria-label={say('entry.worked')}
                    data={workedInstead.map((date) => ({ value: date, label: longDate(date) }))}
                    value={swaps[off]}
                    allowDeselect={false}
                    onChange={(value) => value && setSwaps({ ...swaps, [off]: value })}
                  />
                )}
              </Group>
            ))}
          </fieldset>
        )}
        <div className={classes.actions}>
          {open.length > 0 && <Notice tone="soon">{say('proposal.open', { count: open.length })}</Notice>}
          <Group gap={12}>
            <Button disabled={entries.length === 0} onClick={() => onEntries(entries)}>
              {say('proposal.take', { count: entries.length })}
            </Button>
            <Button variant="default" onClick={onClose}>
              {say('entry.cancel')}
            </Button>
          </Group>
        </div>
      </div>
    </Modal>
  )
}

interface GroupProps {
  group: ProposedGroup
  value: string
  isKnown: (on: LocalDate) => boolean
  onChange: (value: string) => void
}

function HolidayChoice({ group, value, isKnown, onChange }: GroupProps) {
  const say = useSay()
  const title = say(`proposal.group.${group.name}`)
  const [only] = group.options
  if (group.options.length === 1) {
    return (
      <div className={classes.group}>
        <Checkbox
          label={title}
          checked={value === 'fixed'}
          description={<DaysLine days={only!.days} isKnown={isKnown} />}
          onChange={(event) => onChange(event.currentTarget.checked ? 'fixed' : NOT_YET)}
        />
      </div>
    )
  }
  return (
    <Radio.Group
      className={classes.group ?? ''}
      label={title}
      description={say('proposal.choose')}
      value={value}
      onChange={onChange}
    >
      {group.options.map(({ name, days }) => (
        <Radio
          key={name}
          size="xs"
          mt={6}
          value={name}
          label={say(`proposal.option.${name}`)}
          description={<DaysLine days={days} isKnown={isKnown} />}
        />
      ))}
      <Radio size="xs" mt={6} value={NOT_YET} label={say('proposal.notYet')} />
    </Radio.Group>
  )
}

function DaysLine({ days, isKnown }: { days: readonly ProposedDay[]; isKnown: (on: LocalDate) => boolean }) {
  const say = useSay()
  const own = days.filter(({ substituteFor }) => substituteFor === null).map(({ on }) => on)
  const given = days.filter(({ substituteFor }) => substituteFor !== null).map(({ on }) => on)
  const known = days.filter(({ on }) => isKnown(on)).length
  return [
    datesWords(own, say),
    ...(given.length === 0 ? [] : [say('proposal.substitutes', { on: datesWords(given, say) })]),
    ...(known === 0 ? [] : [say(known === days.length ? 'proposal.allKnown' : 'proposal.someKnown', { count: known })]),
  ].join('; ')
}

function daysChosen(group: ProposedGroup, value: string | undefined): readonly ProposedDay[] {
  return group.options.find(({ name }) => name === value)?.days ?? []
}

function swapEntry(off: LocalDate, worked: LocalDate, calendarId: string, hours: WorkingTime): PendingInput {
  return {
    type: 'swap',
    calendarId,
    off,
    worked,
    working: usualHours(hours, off).map(intervalText),
    reason: `nghỉ hoán đổi, làm bù ngày ${fullDate(worked)}`,
    act: '',
    isConfirmed: false,
  }
}

/** The weekdays that a calendar does not work in a year, by its usual hours in the middle of it. */
function daysOffIn(hours: WorkingTime, year: number): Weekday[] {
  const middle = dayNumberOf(year, 7, 1)
  return WEEKDAYS.filter((weekday) => {
    const index = WEEKDAYS.indexOf(weekdayOfDayNumber(middle))
    const day = middle + ((WEEKDAYS.indexOf(weekday) - index + 7) % 7)
    return usualHours(hours, dateOfDayNumber(day)).length === 0
  })
}
