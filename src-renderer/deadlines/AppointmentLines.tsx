import { useMemo } from 'react'
import type { CaseEvent } from '../../src-shared/cases/events.ts'
import { dueWords } from '../../src-shared/deadlines/spoken.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import { type Appointment, appointmentsOf } from './appointments.ts'
import classes from './deadlines.module.css'

/** #19, #24: what the citizen was told of the time, with the deadline it replaced. */
export function AppointmentLines({ events }: { events: readonly CaseEvent[] }) {
  const say = useSay()
  const hours = useSession((session) => session.hours)
  const appointments = useMemo(() => (hours === null ? [] : appointmentsOf(events, hours)), [events, hours])
  if (appointments.length === 0) return null
  return (
    <section className={classes.level} aria-label={say('clock.moved')}>
      <h3>{say('clock.moved')}</h3>
      <ul className={classes.plain}>
        {appointments.map((one) => (
          <li key={`${one.kind} ${one.at}`}>
            <AppointmentWords appointment={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function AppointmentWords({ appointment }: { appointment: Appointment }) {
  const say = useSay()
  const { kind, newAt, oldDueAt, reason } = appointment
  if (kind === 'promised') return <>{say('clock.promised', { at: dueWords(newAt), reason })}</>
  const after = dueWords(newAt)
  return (
    <>
      {oldDueAt === null
        ? say('clock.postponedOnly', { after, reason })
        : say('clock.postponed', { before: dueWords(oldDueAt), after, reason })}{' '}
      <span className={classes.dim}>{say('clock.promisedUsed')}</span>
    </>
  )
}
