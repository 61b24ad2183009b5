import { Group, Select } from '@mantine/core'
import { useMemo, useState } from 'react'
import { localTimeOf } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Section } from '../ui/Section.tsx'
import classes from './calendar.module.css'
import { type DayCell, monthsOf } from './year.ts'

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const

/** A year on one screen: which days are worked, and for every other the act that says why. */
export function CalendarPage() {
  const say = useSay()
  const thisYear = localTimeOf(useNow(3600)).year
  const hours = useSession((session) => session.hours)
  const [year, setYear] = useState(String(thisYear))
  const [asked, setAsked] = useState<string | null>(null)
  const ofOffice = useSession((session) =>
    session.reference?.directory.agencies.find(({ agencyType }) => agencyType === 'office'),
  )?.calendarId
  const calendarId = asked ?? ofOffice ?? hours?.book.ids[0] ?? null
  const cells = useMemo(
    () => (hours === null || calendarId === null ? [] : monthsOf(hours.book.workingTime(calendarId), Number(year))),
    [hours, calendarId, year],
  )
  if (hours === null || calendarId === null) return <Empty>{say('admin.noReference')}</Empty>
  const [calendar] = hours.book.chain(calendarId)
  const dated = cells.flat().filter(({ day }) => day !== null)
  return (
    <>
      <Group gap={16} align="flex-end">
        <Select
          label={say('calendar.which')}
          w={420}
          data={hours.book.ids.map((id) => ({ value: id, label: hours.book.chain(id)[0].name }))}
          value={calendarId}
          allowDeselect={false}
          onChange={setAsked}
        />
        <Select
          label={say('calendar.year')}
          w={120}
          data={[thisYear - 1, thisYear, thisYear + 1].map(String)}
          value={year}
          allowDeselect={false}
          onChange={(value) => value && setYear(value)}
        />
        <Legend />
      </Group>
      <div className={classes.year}>
        {months.map((month, index) => (
          <Month key={month} month={month} days={cells[index] ?? []} name={calendar.name} />
        ))}
      </div>
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
    </>
  )
}

function Month({ month, days, name }: { month: number; days: readonly DayCell[]; name: string }) {
  const say = useSay()
  const title = say('calendar.month', { month })
  return (
    <section className={classes.month} aria-label={`${title}, ${name}`}>
      <h2>{title}</h2>
      <ol className={classes.days} style={{ '--first': days[0]?.column ?? 1 } as React.CSSProperties}>
        {days.map((cell) => (
          <li key={cell.date} data-look={cell.look} title={cell.title}>
            {cell.dayOfMonth}
            <span className={classes.hidden}> {sayCode(say, 'look', cell.look)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Legend() {
  const say = useSay()
  return (
    <ul className={classes.legend} aria-label={say('calendar.legend')}>
      {(['working', 'part', 'off', 'holiday', 'swapped'] as const).map((look) => (
        <li key={look}>
          <span className={classes.swatch} data-look={look} aria-hidden="true" /> {say(`look.${look}`)}
        </li>
      ))}
    </ul>
  )
}
