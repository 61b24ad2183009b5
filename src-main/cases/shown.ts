import type { CaseState } from '../../src-shared/cases/case.ts'
import { letterDueAt, letterSoonMs } from '../../src-shared/cases/case-proof.ts'
import { isFinal } from '../../src-shared/cases/lifecycle.ts'
import type { CaseRow, ClockView } from '../../src-shared/cases/views.ts'
import { watchMarksOf } from '../../src-shared/cases/watched.ts'
import { fold, normalisePhone } from '../../src-shared/words/fold.ts'
import type { CaseColumns, StoredCase } from '../store/cases.ts'

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
    text: fold(
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
    ),
  }
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

export function rowOf(stored: StoredCase, clock: ClockView | null): CaseRow {
  const { shown } = stored
  return {
    caseId: shown.id,
    code: shown.code,
    stage: shown.stage,
    kind: shown.kind,
    channel: shown.channel,
    fieldId: shown.fieldId,
    areaId: shown.areaId,
    excerpt: shown.content.slice(0, 200),
    citizenName: shown.citizen.name,
    phone: shown.citizen.phone || shown.call?.number || '',
    isUrgent: shown.isUrgent,
    isLate: shown.isLate,
    agencyId: shown.slip?.agencyId ?? null,
    resolvedLevel: shown.resolvedLevel,
    openedAt: shown.openedAt,
    updatedAt: shown.updatedAt,
    clock,
    sync: stored.sync,
  }
}
