import type { DeadlineReport, ReportRow } from '../api/deadlines.ts'
import { type Instant, toIso } from '../deadlines/instants.ts'
import { reportDefinition } from './report-definition.ts'
import type { ReportPeriod } from './report-rows.ts'

/** An agency as the report names it. */
export interface ReportAgency {
  readonly id: string
  readonly name: string
}

export interface ReportParts {
  readonly provinceName: string
  readonly period: ReportPeriod
  readonly seq: number
  readonly eventHash: string
  readonly asOf: Instant
  /** Listed whether or not anything fell due to them (#73); null: only those with cases. */
  readonly alsoAgencies: readonly string[] | null
  nameOf(agencyId: string): string
}

/**
 * The report of the rows, in an order that depends on nothing but themselves: by code units, for how a language sorts its names
 * changes with the machine.
 */
export function deadlineReport(rows: readonly ReportRow[], parts: ReportParts): DeadlineReport {
  const { provinceName, period, seq, eventHash, asOf, alsoAgencies, nameOf } = parts
  const figures = new Map<string, Figures>()
  const of = (agencyId: string): Figures => {
    const known = figures.get(agencyId) ?? noFigures()
    figures.set(agencyId, known)
    return known
  }
  const totals = noFigures()
  for (const row of rows) {
    count(row, of(row.agencyId))
    count(row, totals)
    for (const { agencyId, lateSeconds } of row.held) {
      of(agencyId).lateSeconds[row.level] += lateSeconds
      totals.lateSeconds[row.level] += lateSeconds
    }
  }
  for (const agencyId of alsoAgencies ?? []) of(agencyId)
  return {
    format: 'ban-truc-1022/deadline-report/1',
    provinceName,
    from: toIso(period.from),
    to: toIso(period.to),
    seq,
    asOf: toIso(asOf),
    agenciesShown: alsoAgencies === null ? 'with-cases' : 'all',
    eventHash,
    definition: reportDefinition,
    totals,
    agencies: [...figures]
      .sort(([a], [b]) => inOrder(a, b))
      .map(([agencyId, counts]) => ({ agencyId, name: nameOf(agencyId), ...counts })),
    rows: [...rows].sort(
      (a, b) =>
        Date.parse(a.dueAt) - Date.parse(b.dueAt) ||
        inOrder(a.code, b.code) ||
        Date.parse(a.startedAt) - Date.parse(b.startedAt),
    ),
  }
}

/** D9: on time of all that was decided, in hundredths of a per cent rounded down; null while nothing was. */
export function onTimeShare({ onTime, late }: Pick<DeadlineReport['totals'], 'onTime' | 'late'>): number | null {
  return onTime + late === 0 ? null : Math.floor((onTime * 10_000) / (onTime + late))
}

type Figures = DeadlineReport['totals']

const noFigures = (): Figures => ({
  due: 0,
  onTime: 0,
  late: 0,
  lifted: 0,
  open: 0,
  withoutCause: 0,
  lateSeconds: { 'focal-officer': 0, head: 0 },
})

const fieldOf = { 'on-time': 'onTime', late: 'late', lifted: 'lifted', open: 'open' } as const

function count(row: ReportRow, figures: Figures): void {
  figures.due += 1
  figures[fieldOf[row.outcome]] += 1
  if (row.outcome === 'late' && row.cause === null) figures.withoutCause += 1
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
