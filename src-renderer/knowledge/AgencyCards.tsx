import { dayNumberOfDate } from '../../src-shared/deadlines/dates.ts'
import type { WorkingTime } from '../../src-shared/deadlines/working-time.ts'
import type { Agency } from '../../src-shared/province/directory.ts'
import { agenciesFor } from '../../src-shared/province/directory.ts'
import { spacedNumber } from '../callers/phone-state.ts'
import { localDateOf } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Section } from '../ui/Section.tsx'
import { Signal } from '../ui/Signal.tsx'
import classes from './knowledge.module.css'

/** Which agencies handle this, whether somebody is there now, and on which number. */
export function AgencyCards({ fieldId, areaId }: { fieldId: string | null; areaId: string | null }) {
  const say = useSay()
  const today = localDateOf(useNow(60))
  const directory = useSession((session) => session.reference?.directory)
  const agencies =
    directory === undefined || fieldId === null ? [] : agenciesFor(directory, { fieldId, areaId, on: today })
  return (
    <Section title={say('agency.onDuty')}>
      {agencies.length === 0 && <Empty>{say(fieldId === null ? 'agency.chooseField' : 'agency.noneFor')}</Empty>}
      {agencies.slice(0, 4).map((agency) => (
        <AgencyCard key={agency.id} agency={agency} />
      ))}
    </Section>
  )
}

export function AgencyCard({ agency }: { agency: Agency }) {
  const say = useSay()
  const now = useNow(60)
  const time = useSession((session) => session.hours)?.ofAgency(agency.id)
  const isOpen = time?.isOpen(now) ?? false
  const officers = agency.officers.filter(({ role }) => role !== 'head')
  return (
    <div className={classes.agency}>
      <div className={classes.agencyName}>
        <span>{agency.name}</span>
        <Signal tone={isOpen ? 'live' : 'quiet'}>{say(isOpen ? 'agency.openNow' : 'agency.closedNow')}</Signal>
      </div>
      <div className={classes.dim}>
        {say('agency.hoursToday', { hours: time ? hoursWords(time, now) || say('agency.dayOff') : '–' })} ·{' '}
        {spacedNumber(agency.phone)}
      </div>
      {officers.length === 0 && <div className={classes.warn}>{say('agency.noOfficer')}</div>}
      {officers.map((officer) => (
        <div key={officer.accountId} className={classes.dim}>
          {officer.name}, {officer.title} · {spacedNumber(officer.phone)}
        </div>
      ))}
    </div>
  )
}

type Hours = Pick<WorkingTime, 'hoursOn'>

/** `07:00–11:30, 13:30–17:00` of the local day of `now`. */
function hoursWords(time: Hours, now: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const at = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
  return time
    .hoursOn(dayNumberOfDate(localDateOf(now)))
    .intervals.map(({ fromMinute, toMinute }) => `${at(fromMinute)}–${at(toMinute)}`)
    .join(', ')
}
