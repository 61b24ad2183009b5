import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Calendar, CalendarDay } from '../../src-shared/deadlines/calendar.ts'
import { WEEKDAYS } from '../../src-shared/deadlines/dates.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { useSay } from '../session/words.ts'
import { Section } from '../ui/Section.tsx'
import classes from './calendar.module.css'
import { intervalText } from './entry-fields.ts'
import { hoursWords, longDate, weekWords } from './entry-words.ts'
import { historyOf, isReplaced } from './history.ts'

const SHORT = 8

/** What was entered into a calendar, when, and by which act. Nothing is ever taken out: a correction stands above what it corrects. */
export function CalendarHistory({ calendar }: { calendar: Calendar }) {
  const say = useSay()
  const [isWhole, setIsWhole] = useState(false)
  const steps = historyOf(calendar)
  const shown = isWhole ? steps : steps.slice(0, SHORT)
  return (
    <Section title={say('history.title', { count: steps.length })}>
      <ol className={classes.history}>
        {shown.map((step) => (
          <li key={`${step.knownAt} ${step.act}`}>
            <div>
              <strong>{instantWords(step.knownAt)}</strong> {step.act ?? say('history.noAct')}
            </div>
            <ul>
              {step.weeks.map((week) => (
                <li key={week.from}>
                  {say('pending.week', { from: longDate(week.from) })}. {weekWords(textsOf(week.hours), say)}
                </li>
              ))}
              {step.days.map((day) => (
                <li key={day.on}>
                  {dayLine(day, say)}
                  {isReplaced(day, calendar) && <span className={classes.dim}> ({say('history.replaced')})</span>}
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

function textsOf(hours: Calendar['weeks'][number]['hours']) {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, hours[day].map(intervalText)]))
}

function dayLine(day: CalendarDay, say: ReturnType<typeof useSay>): string {
  const what =
    day.working.length === 0
      ? say('pending.off')
      : say('pending.hours', { hours: hoursWords(day.working.map(intervalText)) })
  return `${longDate(day.on)}: ${what}, ${day.reason}`
}
