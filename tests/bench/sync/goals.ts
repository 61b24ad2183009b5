import { figure, table, verdict } from '../bench.ts'

/** One line of a goal: a ratio of this run, and what it has to be. Null where there was nothing to hold it against. */
export interface Goal {
  readonly goal: string
  readonly what: string
  readonly ratio: number | null
  readonly bound: readonly ['≥' | '≤', number]
  readonly unit?: string
}

export const goalTable = (goals: readonly Goal[]): string =>
  table(
    ['goal', '', 'measured', 'wanted', 'verdict'],
    goals.map(({ goal, what, ratio, bound: [sign, bound], unit = '×' }) => [
      goal,
      what,
      ratio === null ? '–' : `${figure(ratio)} ${unit}`,
      `${sign} ${bound} ${unit}`,
      ratio === null ? 'not measured' : verdict(sign === '≥' ? ratio >= bound : ratio <= bound),
    ]),
  )

export const ratioOf = (ours: number | undefined, other: number | undefined): number | null =>
  ours === undefined || other === undefined ? null : ours / other
