import { isDeepStrictEqual } from 'node:util'
import { type ClockMark, type ClockReading, readClock } from '../../../../src-shared/deadlines/clock.ts'
import type { TwoProvinces } from './provinces.ts'
import type { Chance } from './random.ts'
import { nameOf, readSecond, type SecondReading } from './second-clock.ts'

let readings = 0
/** How many readings have been compared since the program began. */
export const readingsDone = (): number => readings

/** What the two readings of one history differ in; empty where they agree to the second. `derived`: the second clock's own marks. */
export function differences(
  marks: readonly ClockMark[],
  province: TwoProvinces,
  now: number,
  asKnownAt?: number,
  derived: readonly ClockMark[] = marks,
): string[] {
  readings += 1
  const first = readClock(marks, {
    now,
    workingTimeFor: ({ agencyId }, knownAt) => province.book.workingTime(province.calendarOf(agencyId), knownAt),
    ...(asKnownAt === undefined ? {} : { knownAt: asKnownAt }),
  })
  const second = readSecond(derived, province.second, now, asKnownAt)
  const ours = plain(first)
  const found = (Object.keys(second) as (keyof SecondReading)[])
    .filter((key) => !isDeepStrictEqual(ours[key], second[key]))
    .map((key) => `${key}: the clock says ${say(ours[key])}, the second clock ${say(second[key])}`)
  return found.concat(unprovenIntervals(first, province))
}

/** Several instants of one history: after some mark, at the due second and beside it, and long afterwards. */
export function differencesAlong(
  marks: readonly ClockMark[],
  province: TwoProvinces,
  chance: Chance,
  derived: readonly ClockMark[] = marks,
): string[] {
  // Marks that differ in number cannot be cut at the same place.
  if (derived.length !== marks.length)
    return [`the case has ${marks.length} marks, its journal makes ${derived.length}`]
  const found: string[] = []
  const look = (count: number, now: number, asKnownAt?: number) => {
    const [part, second] = [marks.slice(0, count), derived.slice(0, count)]
    for (const each of differences(part, province, now, asKnownAt, second)) {
      found.push(`after ${count} marks at ${text(now / 1000)}: ${each}`)
    }
  }
  const count = chance.between(1, marks.length)
  const at = marks[count - 1]!.at
  look(count, at + chance.pick([0, 0, 1000, chance.between(0, 5 * 86_400_000)]))
  const { dueAt } = readSecond(marks.slice(0, count), province.second, at)
  if (dueAt !== null) look(count, dueAt * 1000 + chance.pick([-1000, 0, 999, 1000, 3_600_000]))
  const end = marks.at(-1)!.at
  look(marks.length, end)
  look(marks.length, end + chance.between(0, 20 * 86_400_000))
  // D14: the second reading of a closed case, as everything is known later.
  if (chance.percent(25)) look(marks.length, end, end + 60 * 86_400_000)
  return found
}

function plain(reading: ClockReading): SecondReading {
  const usedBy: Record<string, number> = {}
  const lateBy: Record<string, number> = {}
  reading.levels.forEach((level, index) => {
    for (const { holder, workingSeconds, lateSeconds } of level.intervals) {
      const who = `${index} ${nameOf(holder)}`
      if (workingSeconds > 0) usedBy[who] = (usedBy[who] ?? 0) + workingSeconds
      if (lateSeconds > 0) lateBy[who] = (lateBy[who] ?? 0) + lateSeconds
    }
  })
  return {
    state: reading.state,
    level: reading.level,
    agencyId: reading.holder?.agencyId ?? null,
    startedAt: seconds(reading.startedAt),
    dueAt: seconds(reading.dueAt),
    usedSeconds: reading.usedSeconds,
    leftSeconds: reading.leftSeconds,
    lateSeconds: reading.lateSeconds,
    isLate: reading.isLate,
    resumesAt: seconds(reading.resumesAt),
    R1: seconds(reading.readings.R1),
    R2: seconds(reading.readings.R2 ?? null),
    levels: reading.levels.map(({ level, dueAt, isLate, usedSeconds, lateSeconds }) => ({
      level,
      dueAt: seconds(dueAt),
      isLate,
      used: usedSeconds,
      late: lateSeconds,
    })),
    usedBy,
    lateBy,
  }
}

/** What the proof prints for a stretch must be what the days say. */
function unprovenIntervals({ intervals }: ClockReading, { second }: TwoProvinces): string[] {
  return intervals.flatMap(({ holder, fromAt, toAt, knownAt, workingSeconds }) => {
    const counted = second.hours.count(
      second.calendarOf(holder.agencyId),
      Math.floor(knownAt / 1000),
      fromAt / 1000,
      toAt / 1000,
    )
    return counted === workingSeconds
      ? []
      : [`interval from ${text(fromAt / 1000)}: ${workingSeconds} s, the days say ${counted} s`]
  })
}

const seconds = (at: number | null): number | null => (at === null ? null : at / 1000)
export const text = (at: number): string => `${new Date(at * 1000 + 7 * 3_600_000).toISOString().slice(0, 23)}+07`
const say = (value: unknown): string =>
  typeof value === 'number' && value > 1e9
    ? text(value)
    : JSON.stringify(value, (_, each) => (typeof each === 'number' && each > 1e9 ? text(each) : each))
