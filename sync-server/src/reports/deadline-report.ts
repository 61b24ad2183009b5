import type { DeadlineReport, ReportQuery, ReportRow } from '../../../src-shared/api/deadlines.ts'
import { fold } from '../../../src-shared/cases/apply.ts'
import { canonicalJson } from '../../../src-shared/cases/chain.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import type { ClockHours } from '../../../src-shared/cases/recount.ts'
import type { CalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import { fromIso, type Instant, toIso, wholeSecond } from '../../../src-shared/deadlines/instants.ts'
import { isInForce } from '../../../src-shared/province/directory.ts'
import { deadlineReport } from '../../../src-shared/reports/deadline-report.ts'
import { type ReportPeriod, reportRows } from '../../../src-shared/reports/report-rows.ts'
import { sha256Hex } from '../auth/hashes.ts'
import type { Clock } from '../clock.ts'
import type { RegisterReading, Store } from '../store/store.ts'
import type { LiveReference } from '../sync/open-reference.ts'
import { directoryAt, type KnownDirectory, noteDirectory } from './directory-versions.ts'
import { pastCases } from './past-cases.ts'

export interface ReportParts {
  readonly store: Store
  readonly reference: LiveReference
  readonly clock: Clock
}

/** What cannot be printed, as the code of an error. */
export type ReportRefused = {
  readonly refused: 'report-period' | 'report-future' | 'report-seq' | 'report-as-of'
  /** The newest event. */
  readonly lastSeq: number
}

/**
 * The deadline report (D9, #37, #38, #70), made anew each time from the events up to `seq`, the calendars as known at `asOf` and
 * the directory as noted then, and from nothing that can change after that: so it is the same bytes for ever.
 */
export async function makeDeadlineReport(
  query: ReportQuery,
  { store, reference, clock }: ReportParts,
): Promise<DeadlineReport | ReportRefused> {
  const { register } = store.read
  const period: ReportPeriod = { from: fromIso(query.from), to: fromIso(query.to) }
  const now = clock.now()
  const state = await frozen(query, period, register, now)
  if ('refused' in state) return state
  const { seq, asOf, eventHash } = state
  const directory = directoryAt(await noteDirectory(store, reference, now), asOf)
  const hours = hoursOf(directory, reference.hours.book)

  const rows: ReportRow[] = []
  // No level falls due before it began.
  const mayBeDue = (received: RegisteredEvent) => fromIso(received.at) < period.to
  for await (const journal of pastCases(register, seq, mayBeDue)) {
    rows.push(...reportRows(fold(journal)!, period, hours, asOf))
  }
  const inPeriod = directory.agencies.filter((agency) => isOfPeriod(agency, period)).map(({ id }) => id)
  return deadlineReport(rows, {
    provinceName: directory.provinceName,
    period,
    seq,
    eventHash,
    asOf,
    alsoAgencies: query.agencies === 'all' ? inPeriod : null,
    nameOf: (agencyId) => directory.agency(agencyId)?.name ?? agencyId,
  })
}

/** The bytes of a report and their hash. */
export function printed(report: DeadlineReport): { text: string; sha256: string } {
  const text = canonicalJson(report)
  return { text, sha256: sha256Hex(text) }
}

/**
 * Up to where the register counts, and as of when.
 *
 * `asOf` never lies ahead, for until then a calendar may be corrected; nor before the event `seq`, for what is told at an instant
 * cannot know what came later.
 */
async function frozen(
  query: ReportQuery,
  period: ReportPeriod,
  register: Pick<RegisterReading, 'lastSeq' | 'eventsAfter'>,
  now: Instant,
): Promise<{ seq: number; asOf: Instant; eventHash: string } | ReportRefused> {
  const lastSeq = await register.lastSeq()
  const refuse = (refused: ReportRefused['refused']): ReportRefused => ({ refused, lastSeq })
  if (period.from >= period.to) return refuse('report-period')
  const asked = query.asOf === undefined ? null : wholeSecond(fromIso(query.asOf))
  if (asked !== null && asked > now) return refuse('report-future')
  if (query.seq !== undefined && query.seq > lastSeq) return refuse('report-seq')

  const event = async (seq: number) => JSON.parse((await register.eventsAfter(seq - 1, 1))[0]!.line) as RegisteredEvent
  const instantOf = async (seq: number) => wholeSecond(fromIso((await event(seq)).at))
  const seq = query.seq ?? (asked === null ? lastSeq : await lastSeqAt(asked, lastSeq, instantOf))
  if (seq === 0) {
    // Of an empty register nothing can be told but the period itself.
    const asOf = asked ?? wholeSecond(period.from)
    return asOf > now ? refuse('report-future') : { seq, asOf, eventHash: '' }
  }
  const at = await instantOf(seq)
  if (asked !== null && asked < at) return refuse('report-as-of')
  return { seq, asOf: asked ?? at, eventHash: (await event(seq)).hash }
}

/** The last event not after the instant; events are numbered in the order of the register's time. */
async function lastSeqAt(instant: Instant, lastSeq: number, at: (seq: number) => Promise<Instant>): Promise<number> {
  let low = 0
  let high = lastSeq
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((await at(middle)) <= instant) low = middle
    else high = middle - 1
  }
  return low
}

/** The agencies' hours by the calendars that the directory named then. */
function hoursOf(directory: KnownDirectory, book: CalendarBook): ClockHours {
  const calendarOf = (agencyId: string): string => {
    const agency = directory.agency(agencyId)
    if (agency === undefined) throw new Error(`the agency ${agencyId} held a slip and is in no directory`)
    return agency.calendarId
  }
  return {
    workingTime: (agencyId, knownAt) => book.workingTime(calendarOf(agencyId), knownAt),
    actsKnown: (agencyId, after, until) => book.actsKnown(calendarOf(agencyId), after, until),
  }
}

/** In force on some day of the period. */
function isOfPeriod(agency: { validFrom: string; validTo?: string | undefined }, { from, to }: ReportPeriod): boolean {
  const [first, last] = [toIso(from).slice(0, 10), toIso(to - 1).slice(0, 10)]
  return isInForce(agency, first) || isInForce(agency, last) || (first < agency.validFrom && agency.validFrom <= last)
}
