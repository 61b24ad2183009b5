import type { DeadlineReport, ReportRow } from '../api/deadlines.ts'
import { fromIso } from '../deadlines/instants.ts'
import { exactAmount, instantWords } from '../deadlines/spoken.ts'
import { type Language, say, type WordKey } from '../words/words.ts'

export interface CsvOptions {
  /** With a byte order mark a spreadsheet reads the file as UTF-8; what goes onto the clipboard needs none. */
  readonly mark?: boolean
  /** The words for a cause's code; the code itself where there are none. */
  causeOf?(code: string): string
}

/** The rows of a report as a table (RFC 4180) for people and their spreadsheets; the evidence is the report itself. */
export function reportCsv(report: DeadlineReport, language: Language, options: CsvOptions = {}): string {
  const words = (key: WordKey, params = {}) => say(language, key, params)
  const names = new Map(report.agencies.map(({ agencyId, name }) => [agencyId, name]))
  const nameOf = (agencyId: string) => names.get(agencyId) ?? agencyId
  const causeOf = options.causeOf ?? ((code: string) => code)
  const at = (instant: string | null) => (instant === null ? '' : instantWords(fromIso(instant)))
  const cells = (row: ReportRow): string[] => [
    row.code,
    nameOf(row.agencyId),
    words(`reports.level.${row.level}`),
    at(row.startedAt),
    at(row.dueAt),
    at(row.endedAt),
    words(row.endedBy === null ? 'reports.endedBy.none' : `reports.endedBy.${row.endedBy}`),
    words(`reports.outcome.${row.outcome}`),
    String(row.lateSeconds),
    row.held.map((share) => `${nameOf(share.agencyId)}: ${exactAmount(share.lateSeconds)}`).join('; '),
    row.cause === null ? '' : causeOf(row.cause),
    row.liftedBy ?? '',
    at(row.correctedDueAt),
  ]
  const lines = [columns.map((key) => words(key)), ...report.rows.map(cells)]
  const text = lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')
  return options.mark ? `\uFEFF${text}` : text
}

const columns = [
  'reports.code',
  'reports.agency',
  'reports.level',
  'reports.startedAt',
  'reports.dueAt',
  'reports.endedAt',
  'reports.ending',
  'reports.outcome',
  'reports.lateSeconds',
  'reports.held',
  'reports.cause',
  'reports.liftedByColumn',
  'reports.correctedColumn',
] as const satisfies readonly WordKey[]

/** A cell that a spreadsheet would take for a formula is made text: the number of an act is typed in by people. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
