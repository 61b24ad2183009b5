import { readFileSync } from 'node:fs'
import type { CalendarJson } from '../../../src-shared/deadlines/calendar.ts'
import { openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import { OpenHours } from '../../shared/deadlines/second-clock/open-hours.ts'
import { chanceOf } from '../../shared/deadlines/second-clock/random.ts'
import { type Bench, type Contestant, circumstances, interleaved, table, verdict } from '../bench.ts'
import { TEN_YEARS } from './open-cases.ts'
import { installPeers, type Peer, withoutWorkedSaturdays } from './peers.ts'
import { prefixSum } from './prefix-sum.ts'

const AMOUNTS = [8, 48] as const
const FAST = 2_000_000
/** A peer is a thousand times slower; moment-business-time takes milliseconds for each. */
const SLOW = 300
const ASKED = 2_000

/** P7, first part: due instants of 8 and 48 working hours from random instants of ten years. */
export const bench: Bench = {
  title: 'Due instants a second, beside the peers and beside a bare prefix sum',
  async run() {
    const on = circumstances()
    // The peers know no zone but that of the process.
    process.env.TZ = 'Asia/Ho_Chi_Minh'
    const offices = JSON.parse(readFileSync('resources/calendars/dong-thap-offices.json', 'utf8')) as CalendarJson
    const { peers, missing, remove } = installPeers(offices)
    try {
      const rates = await measure(offices, peers)
      return [
        on,
        missing === null ? '' : `\nThe peers could not be installed, so they are left out: ${missing}\n`,
        'Due instants a processor second, median of five interleaved rounds:\n',
        ratesTable(rates, peers),
        '\nGoals (P7):\n',
        goalsTable(rates, peers),
        `\nAnswers of ${ASKED} that are wrong, to the second, by the hours read day by day:\n`,
        wrongTable(offices, peers),
      ].join('\n')
    } finally {
      remove()
    }
  },
}

const nameFor = (name: string, hours: number) => `${name}, ${hours} h`
const OURS = 'ours'
const LIMIT = 'the limit: prefix sum and binary search'

async function measure(offices: CalendarJson, peers: readonly Peer[]): Promise<Map<string, number>> {
  const time = bookOf(offices).workingTime(offices.id)
  const margin = 400 * 86_400
  const limit = prefixSum([offices], offices.id, TEN_YEARS.from / 1000 - margin, TEN_YEARS.to / 1000 + margin)
  const many = instants(FAST)
  const few = many.slice(0, SLOW)
  const seconds = many.map((at) => at / 1000)
  // Summed and looked at, so that nothing can be left out as unused.
  let sum = 0
  const contestants: Contestant[] = AMOUNTS.flatMap((hours): Contestant[] => [
    {
      name: nameFor(OURS, hours),
      run() {
        for (const at of many) sum += time.add(at, hours * 3600)
        return many.length
      },
    },
    {
      name: nameFor(LIMIT, hours),
      run() {
        for (const at of seconds) sum += limit.add(at, hours * 3600)
        return seconds.length
      },
    },
    ...peers.map((peer) => ({
      name: nameFor(peer.name, hours),
      run() {
        for (const at of few) sum += peer.addHours(at, hours) ?? 0
        return few.length
      },
    })),
  ])
  const rates = await interleaved(contestants, 5, 'processor')
  if (!Number.isFinite(sum)) throw new Error('an answer was no instant')
  return rates
}

function ratesTable(rates: ReadonlyMap<string, number>, peers: readonly Peer[]): string {
  const rows = [OURS, LIMIT, ...peers.map(({ name }) => name)].map((name) => [
    name,
    ...AMOUNTS.map((hours) => rates.get(nameFor(name, hours))!),
  ])
  return table(['', ...AMOUNTS.map((hours) => `${hours} h`)], rows)
}

function goalsTable(rates: ReadonlyMap<string, number>, peers: readonly Peer[]): string {
  const rows = AMOUNTS.flatMap((hours) => {
    const ours = rates.get(nameFor(OURS, hours))!
    const against = (name: string, goal: number | null) => {
      const ratio = ours / rates.get(nameFor(name, hours))!
      return [
        nameFor(name, hours),
        ours,
        rates.get(nameFor(name, hours))!,
        ratio,
        goal === null ? '–' : `≥ ${goal} ×`,
        goal === null ? 'no goal' : verdict(ratio >= goal),
      ]
    }
    return [against(LIMIT, 0.4), ...peers.map(({ name }) => against(name, name.startsWith('dayjs') ? 500 : null))]
  })
  return table(['beside', 'ours', 'theirs', 'ratio', 'goal', ''], rows)
}

/** Two columns each: the calendar as it is, and without the swapped Saturdays that no peer can be told. */
function wrongTable(offices: CalendarJson, peers: readonly Peer[]): string {
  const asked = instants(ASKED)
  const calendars = [offices, withoutWorkedSaturdays(offices)]
  const answers = calendars.map((calendar) => {
    const hours = new OpenHours([calendar])
    const truth = (at: number, amount: number) =>
      hours.walk(calendar.id, Number.POSITIVE_INFINITY, at / 1000, amount * 3600, Number.POSITIVE_INFINITY).at * 1000
    return { truth, ours: bookOf(calendar).workingTime(calendar.id) }
  })
  const share = (count: number) => `${count} (${((count / ASKED) * 100).toFixed(1)} %)`
  const row = (name: string, add: (at: number, hours: number, calendar: number) => number | null) => [
    name,
    ...AMOUNTS.flatMap((hours) =>
      answers.map(({ truth }, calendar) =>
        share(asked.filter((at) => add(at, hours, calendar) !== truth(at, hours)).length),
      ),
    ),
  ]
  const heads = AMOUNTS.flatMap((hours) => [`${hours} h`, `${hours} h, no worked Saturdays`])
  return table(
    ['', ...heads],
    [
      row(OURS, (at, hours, calendar) => answers[calendar]!.ours.add(at, hours * 3600)),
      ...peers.map((peer) => row(peer.name, (at, hours) => peer.addHours(at, hours))),
    ],
  )
}

function bookOf(calendar: CalendarJson) {
  const opened = openCalendarBook([{ where: calendar.id, json: calendar }])
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  return opened.book
}

/** Whole seconds, any hour of any day of the ten years. */
function instants(count: number): number[] {
  const chance = chanceOf(2026)
  return Array.from({ length: count }, () => chance.between(TEN_YEARS.from / 1000, TEN_YEARS.to / 1000) * 1000)
}
