import type { ClockMark } from '../../../../src-shared/deadlines/clock.ts'
import { differencesAlong, text } from './compare.ts'
import { marksFromJournal } from './from-journal.ts'
import { madeHistory } from './made-histories.ts'
import { provinceOf, type TwoProvinces } from './provinces.ts'
import { chanceOf } from './random.ts'
import { RealCase } from './real-case.ts'

export { readingsDone } from './compare.ts'

/** So many histories share a province, because compiling its calendars costs more than a history. */
const PER_PROVINCE = 500

let kept: { number: number; province: TwoProvinces } | null = null
function provinceFor(seed: number): TwoProvinces {
  const number = Math.floor(seed / PER_PROVINCE)
  if (kept?.number !== number) kept = { number, province: provinceOf(number) }
  return kept.province
}

/** One generated history, by its number alone; an empty list where both clocks agree. */
export function checkSeed(seed: number): string[] {
  const province = provinceFor(seed)
  const chance = chanceOf(seed)
  const marks = madeHistory(chance, province)
  return report(`seed ${seed}`, marks, differencesAlong(marks, province, chance))
}

/** One case that people act on at random, by the real rules. `seen` counts what happened. */
export function checkRealSeed(seed: number, seen: Map<string, number> = new Map()): string[] {
  const province = provinceFor(seed)
  const chance = chanceOf(seed ^ 0x5ca1ab1e)
  const one = new RealCase(chance, province).run(chance.between(3, 16))
  for (const { name } of one.journal) seen.set(name, (seen.get(name) ?? 0) + 1)
  const { clockMarks } = one.case
  const derived = marksFromJournal(one.journal, one.policy, province.second)
  const found = differencesAlong(clockMarks, province, chance, derived).concat(one.wrong)
  const story = one.journal.map(({ at, name, data }) => `  ${at} ${name} ${JSON.stringify(data)}`)
  return found.length === 0 ? [] : [...report(`real seed ${seed}`, clockMarks, found), ...story]
}

const report = (name: string, marks: readonly ClockMark[], found: readonly string[]): string[] =>
  found.length === 0 ? [] : [name, ...marks.map(describe), ...found]

export function describe(mark: ClockMark): string {
  const { kind, at, ...rest } = mark
  return `  ${text(at / 1000)} ${kind} ${JSON.stringify(rest, (key, value) => (/At$/.test(key) ? text(value / 1000) : value))}`
}
