import { Group, Select } from '@mantine/core'
import { useMemo, useState } from 'react'
import { dateOfDayNumber } from '../../src-shared/deadlines/dates.ts'
import { localTimeOf } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Section } from '../ui/Section.tsx'
import { CalendarEditor } from './CalendarEditor.tsx'
import { CalendarHistory } from './CalendarHistory.tsx'
import classes from './calendar.module.css'
import type { Stretch } from './grid-keys.ts'
import { YearGrid } from './YearGrid.tsx'
import { monthsOf } from './year.ts'

/** Calendars reach from the first shipped year to this many years ahead. */
const FIRST_SHOWN = 2020
const YEARS_AHEAD = 4
const none: ReadonlySet<string> = new Set()

/** A year on one screen: which days are worked, and for every other the act that says why. An administrator enters new days. */
export function CalendarPage({ mayEdit }: { mayEdit: boolean }) {
  const say = useSay()
  const today = localTimeOf(useNow(3600))
  const hours = useSession((session) => session.hours)
  const [year, setYear] = useState(today.year)
  const [asked, setAsked] = useState<string | null>(null)
  const ofOffice = useSession((session) =>
    session.reference?.directory.agencies.find(({ agencyType }) => agencyType === 'office'),
  )?.calendarId
  const calendarId = asked ?? ofOffice ?? hours?.book.ids[0] ?? null
  const time = hours === null || calendarId === null ? null : hours.book.workingTime(calendarId)
  const cells = useMemo(() => (time === null ? [] : monthsOf(time, year)), [time, year])
  const first = year === today.year ? dateOfDayNumber(today.dayNumber) : `${year}-01-01`
  const [stretch, setStretch] = useState<Stretch>({ anchor: first, focus: first })
  if (hours === null || time === null || calendarId === null) return <Empty>{say('admin.noReference')}</Empty>

  const [calendar] = hours.book.chain(calendarId)
  const dated = cells.flat().filter(({ day }) => day !== null)
  const showYear = (next: number) => {
    setYear(next)
    const start = next === today.year ? dateOfDayNumber(today.dayNumber) : `${next}-01-01`
    setStretch({ anchor: start, focus: start })
  }
  const focused = cells.flat().find(({ date }) => date === stretch.focus)
  const toolbar = (
    <>
      <Select
        label={say('calendar.which')}
        w={400}
        data={hours.book.ids.map((id) => ({ value: id, label: hours.book.chain(id)[0].name }))}
        value={calendarId}
        allowDeselect={false}
        onChange={setAsked}
      />
      <Select
        label={say('calendar.year')}
        w={100}
        data={Array.from({ length: today.year + YEARS_AHEAD - FIRST_SHOWN + 1 }, (_, index) =>
          String(FIRST_SHOWN + index),
        )}
        value={String(year)}
        allowDeselect={false}
        onChange={(value) => value && showYear(Number(value))}
      />
    </>
  )
  return (
    <>
      {mayEdit ? (
        <CalendarEditor
          key={calendarId}
          calendarId={calendarId}
          calendarName={calendar.name}
          hours={time}
          year={year}
          cells={cells}
          stretch={stretch}
          onStretch={setStretch}
          toolbar={toolbar}
          facts={<DayFacts cell={focused} />}
          legend={<Legend isEditing />}
        />
      ) : (
        <>
          <Group gap={16} align="flex-end">
            {toolbar}
            <Legend isEditing={false} />
          </Group>
          <YearGrid
            cells={cells}
            calendarName={calendar.name}
            stretch={stretch}
            onStretch={setStretch}
            pending={none}
          />
          <DayFacts cell={focused} />
        </>
      )}
      <Section title={say('calendar.dated', { count: dated.length })}>
        <ul className={classes.acts}>
          {dated.map(({ date, words, day }) => (
            <li key={date}>
              <strong>{words}</strong> {day && `${sayCode(say, 'dayKind', day.kind)}: ${day.reason}`}
              <span className={classes.dim}>
                {day && ` · ${day.act} · ${say('calendar.knownAt', { at: instantWords(day.knownAt) })}`}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <CalendarHistory key={calendarId} calendar={calendar} />
    </>
  )
}

/** What is known of the day under the focus, for whoever has no mouse to rest on it. */
function DayFacts({ cell }: { cell: ReturnType<typeof monthsOf>[number][number] | undefined }) {
  const say = useSay()
  if (cell === undefined) return null
  return (
    <p className={classes.facts}>
      <strong>{cell.words}</strong>: {say(`look.${cell.look}`)}
      {cell.hours !== '' && `, ${cell.hours}`}
      {cell.day && (
        <span className={classes.dim}>{` · ${cell.day.reason} · ${cell.day.act} · ${say('calendar.knownAt', {
          at: instantWords(cell.day.knownAt),
        })}`}</span>
      )}
    </p>
  )
}

function Legend({ isEditing }: { isEditing: boolean }) {
  const say = useSay()
  return (
    <ul className={classes.legend} aria-label={say('calendar.legend')}>
      {(['working', 'part', 'off', 'holiday', 'swapped'] as const).map((look) => (
        <li key={look}>
          <span className={classes.swatch} data-look={look} aria-hidden="true" /> {say(`look.${look}`)}
        </li>
      ))}
      {isEditing && (
        <li>
          <span className={classes.swatch} data-pending="true" aria-hidden="true" /> {say('look.pending')}
        </li>
      )}
    </ul>
  )
}
