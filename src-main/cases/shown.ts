import type { CaseRow, ClockView } from '../../src-shared/cases/views.ts'
import type { StoredCase } from '../store/cases.ts'

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
