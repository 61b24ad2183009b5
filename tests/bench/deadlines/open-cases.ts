import type { ClockHolder, ClockMark } from '../../../src-shared/deadlines/clock.ts'
import { type Chance, chanceOf } from '../../shared/deadlines/second-clock/random.ts'

const HOUR = 3_600_000
export const AGENCIES = [
  'dong-thap-offices',
  'dong-thap-service-centres',
  'dong-nai-offices',
  'utilities-24-7',
] as const

/** What a case's clock has been through: the shares of a province's year, as the requirements' volumes suggest them. */
export type Kind = 'fresh' | 'paused' | 'supplemented' | 'postponed' | 'with-head' | 'handed-over' | 'recounted'
const SHARES: readonly (readonly [Kind, number])[] = [
  ['fresh', 60],
  ['with-head', 14],
  ['paused', 8],
  ['supplemented', 7],
  ['postponed', 6],
  ['recounted', 4],
  ['handed-over', 1],
]

export interface OpenCase {
  kind: Kind
  marks: ClockMark[]
}

/** The clock of one open case that began between `fromMs` and `toMs`. */
export function openCase(chance: Chance, fromMs: number, toMs: number, kind: Kind = kindOf(chance)): OpenCase {
  const at = Math.floor(chance.between(fromMs / 1000, toMs / 1000)) * 1000
  const holder: ClockHolder = { agencyId: chance.pick(AGENCIES) }
  const start: ClockMark = { kind: 'start', at, level: 'focal-officer', holder, allowanceSeconds: 8 * 3600 }
  const after = (hours: number) => at + hours * HOUR + chance.between(0, 3000) * 1000
  switch (kind) {
    case 'fresh':
      return { kind, marks: [start] }
    case 'paused':
      return {
        kind,
        marks: [
          start,
          { kind: 'stop', at: after(1), reason: 'pause' },
          { kind: 'resume', at: after(40), reason: 'pause' },
        ],
      }
    case 'supplemented':
      return { kind, marks: [start, { kind: 'stop', at: after(1), reason: 'supplement', capSeconds: 40 * 3600 }] }
    case 'postponed':
      return {
        kind,
        marks: [start, { kind: 'extend', at: at + 60_000, dueAt: after(7 * 24), reason: 'postponement' }],
      }
    case 'handed-over':
      return { kind, marks: [start, { kind: 'transfer', at: after(2), holder: { agencyId: chance.pick(AGENCIES) } }] }
    case 'recounted':
      return { kind, marks: [start, { kind: 'calendar', at: after(2), knownAt: after(2), act: 'thông báo' }] }
    case 'with-head': {
      const escalatedAt = after(4 * 24)
      return {
        kind,
        marks: [
          start,
          { kind: 'level-end', at: escalatedAt, outcome: 'escalated' },
          { kind: 'start', at: escalatedAt, level: 'head', holder, allowanceSeconds: 48 * 3600, reading: 'R1' },
        ],
      }
    }
  }
}

export function openCases(count: number, fromMs: number, toMs: number, seed = 1022): OpenCase[] {
  const chance = chanceOf(seed)
  return Array.from({ length: count }, () => openCase(chance, fromMs, toMs))
}

export function kindOf(chance: Chance): Kind {
  let share = chance.between(1, 100)
  for (const [kind, part] of SHARES) {
    share -= part
    if (share <= 0) return kind
  }
  return 'fresh'
}

export const lastAt = (marks: readonly ClockMark[]): number => marks.reduce((latest, { at }) => Math.max(latest, at), 0)
export const TEN_YEARS = { from: Date.parse('2017-01-01T00:00:00+07:00'), to: Date.parse('2026-12-01T00:00:00+07:00') }
