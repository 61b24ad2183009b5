import type { CalendarJson } from '../../../src-shared/deadlines/calendar.ts'
import { readClock } from '../../../src-shared/deadlines/clock.ts'
import { openShipped, shippedSources } from '../../shared/deadlines/shipped-calendars.ts'
import { type Bench, circumstances, interleaved, table, verdict } from '../bench.ts'
import { byHand } from './by-hand.ts'
import { lastAt, openCases, TEN_YEARS } from './open-cases.ts'
import { type PrefixSum, prefixSum } from './prefix-sum.ts'

const COUNT = 20_000
/** A turn of a second or so. */
const TIMES = 40
const HOUR = 3_600_000

/** P7, first part: the whole clock, with its pauses, hand-overs, postponements and calendar versions. */
export const bench: Bench = {
  title: 'Whole readings of a clock a second, beside the same sums done by hand',
  async run() {
    const on = circumstances()
    const book = openShipped()
    const cases = openCases(COUNT, TEN_YEARS.from, TEN_YEARS.to).map((one) => ({
      ...one,
      now: lastAt(one.marks) + HOUR,
    }))
    const sumsOf = sumsByKnowledge()
    const hands = cases.map((one) => ({ read: byHand(one, sumsOf), now: one.now / 1000 }))
    const read = ({ marks, now }: (typeof cases)[number]) =>
      readClock(marks, { now, workingTimeFor: ({ agencyId }, knownAt) => book.workingTime(agencyId, knownAt) })

    let differing = 0
    cases.forEach((one, index) => {
      const reading = read(one)
      const hand = hands[index]!.read(hands[index]!.now)
      const ours = [reading.dueAt! / 1000, reading.usedSeconds, reading.leftSeconds, reading.lateSeconds]
      if (ours.join() !== [hand.due, hand.used, hand.left, hand.late].join()) differing += 1
    })

    let sum = 0
    const rates = await interleaved(
      [
        {
          name: 'ours',
          run() {
            for (let time = 0; time < TIMES; time += 1) for (const one of cases) sum += read(one).dueAt ?? 0
            return TIMES * cases.length
          },
        },
        {
          name: 'by hand',
          run() {
            for (let time = 0; time < TIMES; time += 1) for (const { read: hand, now } of hands) sum += hand(now).due
            return TIMES * hands.length
          },
        },
      ],
      5,
      'processor',
    )
    if (!Number.isFinite(sum)) throw new Error('an answer was no instant')
    const [ours, hand] = [rates.get('ours')!, rates.get('by hand')!]
    return [
      on,
      `\nReadings of ${COUNT} open cases a processor second (60 % plain, 14 % with the head, 8 % paused, 7 % awaiting a supplement, 6 %`,
      'postponed, 4 % recounted, 1 % handed over), median of five interleaved rounds. By hand: prefix sum and binary search for',
      'due, used, left and late alone, the calendar versions chosen beforehand; ours also finds the version, and answers with the',
      'state, the readings R1 and R2, and each held stretch.\n',
      table(
        ['', 'ours', 'by hand', 'ratio', 'goal', ''],
        [['whole readings', ours, hand, ours / hand, '≥ 0.4 ×', verdict(ours / hand >= 0.4)]],
      ),
      `\nReadings that differ from those by hand: ${differing}.`,
    ].join('\n')
  },
}

function sumsByKnowledge(): (agencyId: string, knownAt: number) => PrefixSum {
  const sources = shippedSources.map(({ json }) => json as CalendarJson)
  const kept = new Map<string, PrefixSum>()
  const acts = sources.flatMap(({ weeks, days }) => [...weeks, ...days].map(({ knownAt }) => Date.parse(knownAt)))
  const margin = 400 * 86_400
  return (agencyId, knownAt) => {
    const known = sources.map((source) => ({
      ...source,
      weeks: source.weeks.filter((each) => Date.parse(each.knownAt) <= knownAt),
      days: source.days.filter((each) => Date.parse(each.knownAt) <= knownAt),
    }))
    const key = `${agencyId} ${acts.filter((each) => each <= knownAt).length}`
    const sums =
      kept.get(key) ?? prefixSum(known, agencyId, TEN_YEARS.from / 1000 - margin, TEN_YEARS.to / 1000 + margin)
    kept.set(key, sums)
    return sums
  }
}
