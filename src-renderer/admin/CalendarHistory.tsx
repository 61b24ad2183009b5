import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Calendar, CalendarDay } from '../../src-shared/deadlines/calendar.ts'
import { WEEKDAYS } from '../../src-shared/deadlines/dates.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { RemoteFailure } from '../bridge.ts'
import { bridge } from '../session/desk.ts'
import { type Say, useSay } from '../session/words.ts'
import { Section } from '../ui/Section.tsx'
import classes from './calendar.module.css'
import { intervalText } from './entry-fields.ts'
import { datesWords, hoursWords, longDate, weekWords } from './entry-words.ts'
import { historyOf, isReplaced } from './history.ts'

const SHORT = 8

/** What was entered into a calendar, when, and by which act. Nothing is ever taken out: a correction stands above what it corrects. */
export function CalendarHistory({ calendar }: { calendar: Calendar }) {
  const say = useSay()
  const [isWhole, setIsWhole] = useState(false)
  const steps = historyOf(calendar)
  const byAt = useAuthors(calendar)
  const shown = isWhole ? steps : steps.slice(0, SHORT)
  return (
    <Section title={say('history.title', { count: steps.length })}>
      <ol className={classes.history}>
        {shown.map((step) => (
          <li key={`${step.knownAt} ${step.act}`}>
            <div>
              <strong>{instantWords(step.knownAt)}</strong> {step.act ?? say('history.noAct')}
              {byAt.has(step.knownAt) && (
                <span className={classes.dim}> · {say('history.by', byAt.get(step.knownAt)!)}</span>
              )}
            </div>
            <ul>
              {step.weeks.map((week) => (
                <li key={week.from}>
                  {say('pending.week', { from: longDate(week.from) })}. {weekWords(textsOf(week.hours), say)}
                </li>
              ))}
              {sameDays(step.days, calendar).map(({ day, dates, isOld }) => (
                <li key={day.on}>
                  {datesWords(dates, say)}: {dayWords(day, say)}
                  {isOld && <span className={classes.dim}> ({say('history.replaced')})</span>}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {steps.length > SHORT && (
        <Button size="compact-sm" variant="subtle" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {say(isWhole ? 'history.less' : 'history.more', { count: steps.length - SHORT })}
        </Button>
      )}
    </Section>
  )
}

interface Author {
  readonly [word: string]: string | number
  readonly name: string
  readonly count: number
}

/** Who entered what became known at an instant. Without the link the entries stand alone, as they are known here. */
function useAuthors(calendar: Calendar): ReadonlyMap<number, Author> {
  const [authors, setAuthors] = useState<ReadonlyMap<number, Author>>(new Map())
  useEffect(() => {
    let isOld = false
    bridge()
      .call('calendars.changes', { calendarId: calendar.id })
      .then(({ changes }) => {
        if (isOld) return
        const known = changes.map(
          ({ knownAt, byName, recounted }) => [fromIso(knownAt), { name: byName, count: recounted ?? 0 }] as const,
        )
        setAuthors(new Map(known))
      })
      .catch((failure: unknown) => {
        if (!(failure instanceof RemoteFailure)) throw failure
      })
    return () => {
      isOld = true
    }
  }, [calendar])
  return authors
}

function textsOf(hours: Calendar['weeks'][number]['hours']) {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, hours[day].map(intervalText)]))
}

/** Days of one step that say the same are one line. */
function sameDays(days: readonly CalendarDay[], calendar: Calendar) {
  const lines = new Map<string, { day: CalendarDay; dates: string[]; isOld: boolean }>()
  for (const day of days) {
    const isOld = isReplaced(day, calendar)
    const key = JSON.stringify([day.working, day.reason, isOld])
    const line = lines.get(key) ?? { day, dates: [], isOld }
    line.dates.push(day.on)
    lines.set(key, line)
  }
  return [...lines.values()]
}

/** Most reasons say by themselves that the day is off. */
function dayWords({ working, reason }: CalendarDay, say: Say): string {
  if (working.length > 0) return `${say('pending.hours', { hours: hoursWords(working.map(intervalText)) })}, ${reason}`
  return reason.startsWith('nghỉ') ? reason : `${say('pending.off')}, ${reason}`
}
