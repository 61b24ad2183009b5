import { create } from 'zustand'
import { type DeadlineReport, deadlineReportSchema } from '../../src-shared/api/deadlines.ts'
import { toIso } from '../../src-shared/deadlines/instants.ts'
import type { WordKey } from '../../src-shared/words/words.ts'
import { RemoteFailure } from '../bridge.ts'
import { bridge } from '../session/desk.ts'
import { failureWords, sayNow } from '../session/words.ts'
import { instantText, type PeriodKind, periodOf, readInstant } from './periods.ts'

/** A report as it came: its bytes are what is saved, what is shown is read from them. */
export interface ShownReport {
  readonly report: DeadlineReport
  readonly text: string
  readonly sha256: string
}

interface ReportForm {
  readonly kind: PeriodKind
  readonly from: string
  readonly to: string
  readonly withZeroRows: boolean
  /** An earlier report again: by the event and the instant printed on it. */
  readonly isAgain: boolean
  readonly seq: string
  readonly asOf: string
}

export type FieldName = 'from' | 'to' | 'seq' | 'asOf'

interface Reports extends ReportForm {
  readonly shown: ShownReport | null
  readonly isMaking: boolean
  readonly wrong: Partial<Record<FieldName, WordKey>>
  /** What the register or the link said, in words. */
  readonly failure: string | null
}

export const useReports = create<Reports>(() => ({
  kind: 'last-week',
  from: '',
  to: '',
  withZeroRows: false,
  isAgain: false,
  seq: '',
  asOf: '',
  shown: null,
  isMaking: false,
  wrong: {},
  failure: null,
}))

export function choosePeriod(kind: PeriodKind, now: number): void {
  const period = periodOf(kind, now)
  useReports.setState({
    kind,
    wrong: {},
    ...(period === null ? {} : { from: instantText(period.from), to: instantText(period.to) }),
  })
}

/** Typed over, the period is one's own. */
export function typeIn(field: FieldName, text: string): void {
  const isPeriod = field === 'from' || field === 'to'
  useReports.setState(({ wrong }) => ({
    [field]: text,
    wrong: { ...wrong, [field]: undefined } as Reports['wrong'],
    ...(isPeriod ? { kind: 'custom' as const } : {}),
  }))
}

/** Asks the register; what is wrong in a field is said beside it and nothing is sent. */
export async function makeReport(): Promise<void> {
  const form = useReports.getState()
  if (form.isMaking) return
  const query = queryOf(form)
  if ('wrong' in query) {
    useReports.setState({ wrong: query.wrong })
    return
  }
  useReports.setState({ isMaking: true, wrong: {}, failure: null })
  try {
    const { text, sha256 } = await bridge().call('reports.deadlines', query)
    const report = deadlineReportSchema.parse(JSON.parse(text))
    useReports.setState({ shown: { report, text, sha256 }, isMaking: false })
  } catch (failure) {
    useReports.setState({ isMaking: false })
    if (!(failure instanceof RemoteFailure)) throw failure
    useReports.setState({ failure: failureWords(sayNow, failure) })
  }
}

type Query = { from: string; to: string; agencies: 'all' | 'with-cases'; seq?: number; asOf?: string }

/** What is asked for, or what is wrong and where. Exported for its tests. */
export function queryOf(form: ReportForm): Query | { wrong: Partial<Record<FieldName, WordKey>> } {
  const [from, to] = [readInstant(form.from), readInstant(form.to)]
  const asOf = form.asOf.trim() === '' ? undefined : readInstant(form.asOf)
  const seq = form.seq.replace(/[.\s]/g, '')
  const wrong: Partial<Record<FieldName, WordKey>> = {}
  if (from === null) wrong.from = 'reports.badInstant'
  if (to === null) wrong.to = 'reports.badInstant'
  else if (from !== null && from >= to) wrong.to = 'reports.badPeriod'
  if (form.isAgain && !/^\d{1,15}$/.test(seq)) wrong.seq = 'reports.badSeq'
  if (form.isAgain && asOf === null) wrong.asOf = 'reports.badInstant'
  if (from === null || to === null || Object.keys(wrong).length > 0) return { wrong }
  return {
    from: toIso(from),
    to: toIso(to),
    agencies: form.withZeroRows ? 'all' : 'with-cases',
    ...(form.isAgain ? { seq: Number(seq), ...(asOf == null ? {} : { asOf: toIso(asOf) }) } : {}),
  }
}
