import { Fragment } from 'react'
import type { DeadlineReport, ReportRow } from '../../src-shared/api/deadlines.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { dueWords, instantWords, roundAmount } from '../../src-shared/deadlines/spoken.ts'
import { onTimeShare } from '../../src-shared/reports/deadline-report.ts'
import { type Say, useSay } from '../session/words.ts'
import { Section } from '../ui/Section.tsx'
import { useCauseWords } from './cause-words.ts'
import { instantText } from './periods.ts'
import type { ShownReport } from './report-store.ts'
import classes from './reports.module.css'

/** The report as it is read on the screen and on paper: the same in both. */
export function ReportSheet({ shown: { report, sha256 } }: { shown: ShownReport }) {
  const say = useSay()
  const { totals, rows } = report
  const late = rows.filter(({ outcome }) => outcome === 'late' || outcome === 'lifted')
  return (
    <>
      <h2 className={classes.title}>
        {say('reports.title')}
        <span>
          {report.provinceName}. {say('reports.periodOf', { from: spoken(report.from), to: spoken(report.to) })}
        </span>
      </h2>
      {totals.due === 0 && <p>{say('reports.nothingDue')}</p>}
      {report.agencies.length > 0 && <AgencyTable report={report} />}
      {totals.due > 0 && (
        <Section title={say('reports.lateSlips', { count: late.length })}>
          {late.length === 0 ? <p>{say('reports.noLate')}</p> : <LateTable report={report} rows={late} />}
        </Section>
      )}
      <Section title={say('reports.definition')}>
        <p className={classes.definition}>{report.definition}</p>
      </Section>
      <footer className={classes.source}>
        <p>
          {say('reports.source', {
            seq: grouped(report.seq),
            at: instantText(fromIso(report.asOf)),
            hash: report.eventHash === '' ? '–' : report.eventHash.slice(0, 16),
            sha256,
          })}
        </p>
        <p>{say('reports.sameAgain', { seq: grouped(report.seq), asOf: instantText(fromIso(report.asOf)) })}</p>
      </footer>
    </>
  )
}

type Counts = DeadlineReport['totals']

function AgencyTable({ report }: { report: DeadlineReport }) {
  const say = useSay()
  const agencies = [...report.agencies].sort((a, b) => a.name.localeCompare(b.name, 'vi'))
  const columns = [
    'due',
    'onTime',
    'late',
    'lifted',
    'open',
    'share',
    'withoutCause',
    'lateOfficer',
    'lateHead',
  ] as const
  return (
    <Section title={say('reports.agencies')}>
      <table className={classes.table} aria-label={say('reports.agencies')}>
        <thead>
          <tr>
            <th scope="col">{say('reports.agency')}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className={classes.number}>
                {say(`reports.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {agencies.map((agency) => (
            <tr key={agency.agencyId}>
              <th scope="row">{agency.name}</th>
              <Figures counts={agency} say={say} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say('reports.total')}</th>
            <Figures counts={report.totals} say={say} />
          </tr>
        </tfoot>
      </table>
    </Section>
  )
}

function Figures({ counts, say }: { counts: Counts; say: Say }) {
  const amount = (seconds: number) => (seconds === 0 ? '–' : roundAmount(seconds))
  const { lateSeconds } = counts
  const cells: readonly [string, string][] = [
    ['due', grouped(counts.due)],
    ['onTime', grouped(counts.onTime)],
    ['late', grouped(counts.late)],
    ['lifted', grouped(counts.lifted)],
    ['open', grouped(counts.open)],
    ['share', shareWords(counts, say)],
    ['withoutCause', grouped(counts.withoutCause)],
    ['lateOfficer', amount(lateSeconds['focal-officer'])],
    ['lateHead', amount(lateSeconds.head)],
  ]
  return cells.map(([name, text]) => (
    <td key={name} className={classes.number} data-late={name === 'late' && counts.late > 0}>
      {text}
    </td>
  ))
}

function LateTable({ report, rows }: { report: DeadlineReport; rows: readonly ReportRow[] }) {
  const say = useSay()
  const causeOf = useCauseWords()
  const names = new Map(report.agencies.map(({ agencyId, name }) => [agencyId, name]))
  const nameOf = (agencyId: string) => names.get(agencyId) ?? agencyId
  return (
    <table className={classes.table} aria-label={say('reports.late')}>
      <thead>
        <tr>
          {(['code', 'agency', 'level', 'dueAt', 'endedAt', 'held', 'cause'] as const).map((column) => (
            <th key={column} scope="col">
              {say(`reports.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.code} ${row.level} ${row.startedAt}`}>
            <th scope="row" className={classes.code}>
              {row.code}
            </th>
            <td>{nameOf(row.agencyId)}</td>
            <td>{say(`reports.level.${row.level}`)}</td>
            <td>
              {spokenDue(row.dueAt)}
              {row.correctedDueAt !== null && (
                <small>{say('reports.corrected', { at: spokenDue(row.correctedDueAt) })}</small>
              )}
            </td>
            <td>
              {row.endedAt === null ? say('reports.endedBy.none') : spokenDue(row.endedAt)}
              {row.endedBy !== null && <small>{say(`reports.endedBy.${row.endedBy}`)}</small>}
            </td>
            <td>{heldWords(row, nameOf, say)}</td>
            <td>
              {row.cause === null ? say('reports.noCause') : causeOf(row.cause)}
              {row.liftedBy !== null && <small>{say('reports.liftedBy', { number: row.liftedBy })}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** #38: `3 giờ 20 phút làm việc`; with the names where the clock changed hands. */
function heldWords(row: ReportRow, nameOf: (agencyId: string) => string, say: Say) {
  if (row.held.length === 0) return say('reports.noWorkingTime')
  const isOnlyItsOwn = row.held.every(({ agencyId }) => agencyId === row.agencyId)
  if (isOnlyItsOwn) return say('reports.amount', { amount: roundAmount(row.lateSeconds) })
  return row.held.map((share, index) => (
    <Fragment key={share.fromAt}>
      {index > 0 && <br />}
      {say('reports.heldBy', { agency: nameOf(share.agencyId), amount: roundAmount(share.lateSeconds) })}
    </Fragment>
  ))
}

const spoken = (instant: string): string => instantWords(fromIso(instant))
const spokenDue = (instant: string): string => dueWords(fromIso(instant))

/** `1.234`. */
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, '.')

/** `97,5 %`, rounded down: a share is never told better than it is. */
export function shareWords(counts: Pick<Counts, 'onTime' | 'late'>, say: Say): string {
  const share = onTimeShare(counts)
  if (share === null) return say('reports.noShare')
  return `${String(Math.floor(share / 10) / 10).replace('.', ',')} %`
}
