import type { Policy } from '../deadlines/policy.ts'
import { soonSecondsOf } from '../deadlines/soon.ts'
import type { OfficeHours } from '../province/hours.ts'
import { fold, normalisePhone } from '../words/fold.ts'
import type { CaseState } from './case.ts'
import { letterDueAt, letterSoonMs } from './case-proof.ts'
import { isFinal } from './lifecycle.ts'
import type { ClockView } from './views.ts'
import { type WatchMark, watchMarksOf } from './watched.ts'

/** Raised whenever the columns of a case, its marks or its words come out otherwise than before. */
export const columnsVersion = 1

/** What lists sort and filter by; made of a state in one place, so that a desk and the server make the same row. */
export interface CaseColumns {
  readonly agencyId: string | null
  readonly callId: string | null
  readonly phone: string
  readonly openedBy: string | null
  readonly openedAt: number
  readonly updatedAt: number
  readonly isFinal: boolean
  readonly isReturned: boolean
  readonly isToTell: boolean
  readonly isToPublish: boolean
  readonly clockState: string | null
  readonly dueAt: number | null
  /** From when the deadline is near (deadlines/soon.ts). */
  readonly soonAt: number | null
  readonly sync: 'confirmed' | 'waiting' | 'attention'
  readonly marks: readonly WatchMark[]
  /** Folded words for the search index. */
  readonly text: string
}

/** What lists sort, filter and search by, from the state that is shown. */
export function columnsOf(
  shown: CaseState,
  clock: ClockView | null,
  soonAt: number | null,
  sync: CaseColumns['sync'],
): CaseColumns {
  return {
    agencyId: shown.slip?.agencyId ?? null,
    callId: shown.call?.callId ?? null,
    phone: normalisePhone(shown.citizen.phone || shown.call?.number || ''),
    openedBy: shown.openedBy.kind === 'person' ? shown.openedBy.accountId : null,
    openedAt: Date.parse(shown.openedAt),
    updatedAt: Date.parse(shown.updatedAt),
    isFinal: isFinal(shown.stage),
    isReturned: shown.pendingReturn !== null,
    isToTell: shown.stage === 'answered' && shown.citizenToldAt === null,
    // S4 Đ.12 k.1: every result is to be published; what was refused or redirected has none.
    isToPublish: shown.stage === 'closed' && shown.publication === null && shown.answers.length > 0,
    ...earlierDeadline(shown, clock, soonAt),
    sync,
    marks: watchMarksOf(shown),
    // Made when it is asked for: a first sync writes its rows long before it indexes them.
    get text() {
      return wordsOf(shown)
    },
  }
}

/** What a search finds a case by. */
export const wordsOf = (shown: CaseState): string =>
  fold(
    [
      shown.code,
      shown.code.replaceAll('-', ''),
      normalisePhone(shown.citizen.phone),
      shown.citizen.name,
      shown.citizen.address,
      shown.content,
      ...shown.answers.map((answer) => answer.text),
      shown.external?.number ?? '',
    ].join(' '),
  )

/** From when the deadline of a case's clock is near; null where nothing falls due. */
export function soonAtOf(
  state: Pick<CaseState, 'openedAt'>,
  clock: ClockView | null,
  rules: { readonly hours: OfficeHours; policyOf(openedAt: number): Policy },
): number | null {
  if (clock?.dueAt == null || clock.state !== 'running') return null
  const soonSeconds = soonSecondsOf(rules.policyOf(Date.parse(state.openedAt)))[clock.level]
  return rules.hours.book.workingTime(clock.calendarId).subtract(Date.parse(clock.dueAt), soonSeconds)
}

/** #4: lists go by the earlier of our deadline and the letter's; the case keeps both. */
function earlierDeadline(
  shown: CaseState,
  clock: ClockView | null,
  soonAt: number | null,
): Pick<CaseColumns, 'clockState' | 'dueAt' | 'soonAt'> {
  const dueAt = clock?.dueAt == null ? null : Date.parse(clock.dueAt)
  const letterAt = letterDueAt(shown)
  if (letterAt === null || (dueAt !== null && dueAt <= letterAt)) {
    return { clockState: clock?.state ?? null, dueAt, soonAt }
  }
  // The letter does not wait while our own clock stands still, or before an agency has the case.
  return {
    clockState: 'running',
    dueAt: letterAt,
    soonAt: Math.min(soonAt ?? Number.POSITIVE_INFINITY, letterAt - letterSoonMs),
  }
}
