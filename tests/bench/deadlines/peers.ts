import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CalendarJson } from '../../../src-shared/deadlines/calendar.ts'
import { WEEKDAYS, type Weekday } from '../../../src-shared/deadlines/dates.ts'

/** A library from the registry that adds working hours with several intervals in a day. */
export interface Peer {
  readonly name: string
  /** Epoch milliseconds in and out; null where it gives no answer. */
  addHours(fromMs: number, hours: number): number | null
}

/**
 * Fixed versions. They stand in no package.json: some are abandoned, and the product needs none of them. Of what else the registry
 * has, serious-business-time 0.3.0 knows one interval a day, and moment-working-days, moment-business and luxon-business-days
 * count whole days only: they cannot put a lunch break into a calendar.
 */
const PACKAGES = ['dayjs@1.11.13', 'dayjs-business-time@1.0.4', 'moment@2.30.1', 'moment-business-time@2.0.0']

export interface Peers {
  readonly peers: readonly Peer[]
  /** Why there are none. */
  readonly missing: string | null
  remove(): void
}

/** Installs the peers into a temporary folder and sets them to the calendar as it stands at the end: weeks and whole days off. */
export function installPeers(calendar: CalendarJson): Peers {
  const folder = mkdtempSync(join(tmpdir(), 'bench-peers-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
    execFileSync('npm', ['install', ...quiet, '--prefix', folder, ...PACKAGES], { stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (error) {
    remove()
    const said = String((error as { stderr?: unknown }).stderr ?? error)
    return { peers: [], missing: said.trim().split('\n')[0] ?? 'npm failed', remove: () => undefined }
  }
  const require = createRequire(join(folder, 'node_modules', 'here.cjs'))
  return { peers: [dayjsPeer(require, calendar), momentPeer(require, calendar)], missing: null, remove }
}

const LONG: Record<Weekday, string> = {
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
}

interface Day {
  valueOf(): number
}

function dayjsPeer(require: NodeJS.Require, calendar: CalendarJson): Peer {
  type Dayjs = Day & { addBusinessHours(hours: number): Day }
  const dayjs = require('dayjs') as ((ms: number) => Dayjs) & {
    extend(plugin: unknown): void
    setHolidays(dates: string[]): void
    setBusinessTime(week: Record<string, { start: string; end: string }[] | null>): void
  }
  const plugin = require('dayjs-business-time') as { default?: unknown }
  dayjs.extend(plugin.default ?? plugin)
  dayjs.setHolidays(daysOff(calendar))
  const week: Record<string, { start: string; end: string }[] | null> = {}
  for (const day of WEEKDAYS) {
    const hours = hoursOf(calendar, day).map(([start, end]) => ({ start: `${start}:00`, end: `${end}:00` }))
    week[LONG[day]] = hours.length === 0 ? null : hours
  }
  dayjs.setBusinessTime(week)
  return { name: 'dayjs-business-time 1.0.4', addHours: (from, hours) => dayjs(from).addBusinessHours(hours).valueOf() }
}

function momentPeer(require: NodeJS.Require, calendar: CalendarJson): Peer {
  type Moment = Day & { addWorkingTime(amount: number, unit: string): Day }
  const moment = require('moment') as ((ms: number) => Moment) & { updateLocale(name: string, data: object): void }
  require('moment-business-time')
  const workinghours: Record<number, string[] | null> = {}
  WEEKDAYS.forEach((day, index) => {
    const hours = hoursOf(calendar, day).flatMap(([start, end]) => [`${start}:00`, `${end}:00`])
    workinghours[(index + 1) % 7] = hours.length === 0 ? null : hours
  })
  moment.updateLocale('en', { workinghours, holidays: daysOff(calendar) })
  return {
    name: 'moment-business-time 2.0.0',
    addHours(from, hours) {
      try {
        return moment(from).addWorkingTime(hours, 'hours').valueOf()
      } catch {
        return null
      }
    },
  }
}

const hoursOf = (calendar: CalendarJson, day: Weekday): [string, string][] =>
  (calendar.weeks.at(-1)!.hours[day] ?? []).map((text) => text.split('-') as [string, string])

const daysOff = (calendar: CalendarJson): string[] =>
  calendar.days.filter(({ working }) => working.length === 0).map(({ on }) => on)

/** The calendar as far as a peer can be told it: no Saturday that is worked in exchange for another day. */
export function withoutWorkedSaturdays(calendar: CalendarJson): CalendarJson {
  return { ...calendar, days: calendar.days.filter(({ working }) => working.length === 0) }
}
