import type { ClockHolder, ClockMark } from '../../../../src-shared/deadlines/clock.ts'
import { SCENES, type TwoProvinces } from './provinces.ts'
import type { Chance } from './random.ts'
import { readSecond, type SecondReading } from './second-clock.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * A history that officials could make, and more stubborn ones: every act at the edges of intervals, at the due second and beside
 * it, in the night, over Tết, on swapped Saturdays; pauses that count from before earlier marks.
 */
export function madeHistory(chance: Chance, province: TwoProvinces): ClockMark[] {
  const marks: ClockMark[] = []
  let now = firstInstant(chance)
  const read = () => readSecond(marks, province.second, now)
  const holder = (): ClockHolder => {
    const agencyId = chance.pick(province.agencies)
    return chance.percent(50) ? { agencyId } : { agencyId, personName: chance.pick(['Cán bộ A', 'Cán bộ B']) }
  }
  marks.push(startOf('focal-officer', now, holder(), chance))
  let last: ClockMark['kind'] | 'pause-back' = 'start'
  for (let acts = chance.between(1, 9); acts > 0; acts -= 1) {
    now = later(now, read(), chance)
    const more = nextMarks(now, marks, read(), chance, holder, last)
    marks.push(...more)
    last = more.at(-1)?.kind ?? last
  }
  return marks
}

function startOf(
  level: 'focal-officer' | 'head' | 'office',
  at: number,
  holder: ClockHolder,
  chance: Chance,
): ClockMark {
  const usual = level === 'head' ? 48 * 3600 : 8 * 3600
  const allowanceSeconds =
    level === 'office' ? chance.pick([null, usual]) : chance.percent(75) ? usual : chance.between(1, 60 * 3600)
  const reading = level === 'head' ? { reading: chance.pick(['R1', 'R1', 'R2', 'R3'] as const) } : {}
  return { kind: 'start', at, level, holder, allowanceSeconds, ...reading }
}

function nextMarks(
  at: number,
  marks: readonly ClockMark[],
  reading: SecondReading,
  chance: Chance,
  holder: () => ClockHolder,
  last: string,
): ClockMark[] {
  const due = reading.dueAt === null ? null : reading.dueAt * 1000
  const stops = openStops(marks)
  if (reading.state === 'ended') {
    return chance.percent(70)
      ? [{ kind: 'reopen', at, ...(chance.percent(50) ? { countsClosedTime: chance.percent(60) } : {}) }]
      : [{ kind: 'calendar', at, knownAt: at, act: 'thông báo' }]
  }
  if (reading.state === 'idle') return [startOf(chance.pick(['focal-officer', 'office']), at, holder(), chance)]
  // #20: past due the keeper escalates, at the due second or when it next looks.
  if (reading.level === 'focal-officer' && reading.isLate && reading.state === 'running' && chance.percent(70)) {
    return escalation(at, marks, chance)
  }
  switch (chance.pick(ACTS)) {
    case 'escalate':
      return reading.level === 'focal-officer' && due !== null && at >= due ? escalation(at, marks, chance) : []
    case 'supplement':
      if (stops.has('supplement')) return [{ kind: 'resume', at, reason: 'supplement' }]
      return [
        { kind: 'stop', at, reason: 'supplement', ...(chance.percent(80) ? { capSeconds: chance.pick(CAPS) } : {}) },
      ]
    case 'pause': {
      if (stops.has('pause')) return [{ kind: 'resume', at, reason: 'pause' }]
      // D8: confirmed now, counted from the request, which may lie before other marks.
      const back = chance.percent(60) && last !== 'extend' ? chance.between(0, 9 * HOUR) : 0
      return [{ kind: 'stop', at: at - back, reason: 'pause' }]
    }
    case 'postpone': {
      if (due === null) return []
      const ahead =
        chance.pick([-2 * HOUR, 0, 1000, HOUR, 5 * HOUR, DAY, 3 * DAY, 8 * DAY]) + chance.between(0, 3 * HOUR)
      return [{ kind: 'extend', at, dueAt: due + ahead, reason: chance.pick(['postponement', 'promise']) }]
    }
    case 'transfer':
      return [{ kind: 'transfer', at, holder: holder() }]
    case 'recount':
      return [{ kind: 'calendar', at, knownAt: at, act: 'thông báo' }]
    case 'return':
      return [{ kind: 'level-end', at, outcome: 'returned' }]
    case 'end':
      return [{ kind: 'end', at }]
  }
}

const ACTS = [
  'escalate',
  'supplement',
  'supplement',
  'pause',
  'pause',
  'postpone',
  'transfer',
  'recount',
  'return',
  'end',
  'end',
] as const
const CAPS = [1, 900, 3600, 4 * 3600, 8 * 3600, 40 * 3600]

function escalation(at: number, marks: readonly ClockMark[], chance: Chance): ClockMark[] {
  const holder = marks.findLast((mark) => mark.kind === 'start' || mark.kind === 'transfer')!.holder
  return [{ kind: 'level-end', at, outcome: 'escalated' }, startOf('head', at, { agencyId: holder.agencyId }, chance)]
}

function openStops(marks: readonly ClockMark[]): Set<string> {
  const open = new Set<string>()
  for (const mark of marks) {
    if (mark.kind === 'stop') open.add(mark.reason)
    else if (mark.kind === 'resume') open.delete(mark.reason)
    else if (mark.kind === 'start' || mark.kind === 'end' || mark.kind === 'level-end') open.clear()
  }
  return open
}

/** Near a day that matters, often at the very edge of an interval. */
export function firstInstant(chance: Chance): number {
  const day = Date.parse(`${chance.pick(SCENES)}T00:00:00+07:00`) + chance.between(-2, 14) * DAY
  return day + timeOfDay(chance)
}

function timeOfDay(chance: Chance): number {
  if (chance.percent(40)) return chance.between(0, DAY - 1)
  const edge = chance.pick(['07:00', '07:30', '11:30', '12:10', '13:30', '16:00', '17:00', '23:59', '00:00'])
  const [hour, minute] = edge.split(':').map(Number) as [number, number]
  return Math.max(0, (hour * 60 + minute) * 60_000 + chance.pick([-1000, -1, 0, 0, 0, 1, 999, 1000]))
}

/** The next act: seconds, hours or days later, at an edge of the day, or at the due second and beside it. */
export function later(now: number, reading: SecondReading, chance: Chance): number {
  const aim = chance.pick([reading.dueAt, reading.dueAt, reading.resumesAt])
  const choices = [
    () => now + chance.between(0, 3 * HOUR),
    () => now + chance.between(0, 12 * HOUR),
    () => now + chance.between(0, 4 * DAY),
    () => Math.floor((now + 7 * HOUR) / DAY + chance.between(0, 4)) * DAY - 7 * HOUR + timeOfDay(chance),
    () => (aim === null ? now : aim * 1000 + chance.pick([-1000, 0, 0, 999, 1000, 1001, HOUR])),
  ]
  return Math.max(now, chance.pick(choices)())
}
