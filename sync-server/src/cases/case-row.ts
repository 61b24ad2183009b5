import type { CaseState } from '../../../src-shared/cases/case.ts'
import { clockView } from '../../../src-shared/cases/case-clock.ts'
import type { CaseRow } from '../../../src-shared/cases/views.ts'
import type { OfficeHours } from '../../../src-shared/province/hours.ts'

const excerptLength = 200

/** A case as a line of a list. What the register holds is confirmed. */
export function caseRow(state: CaseState, hours: OfficeHours, now: number): CaseRow {
  const flat = state.content.replace(/\s+/g, ' ').trim()
  return {
    caseId: state.id,
    code: state.code,
    stage: state.stage,
    kind: state.kind,
    channel: state.channel,
    fieldId: state.fieldId,
    areaId: state.areaId,
    excerpt: flat.length <= excerptLength ? flat : `${flat.slice(0, excerptLength - 1)}…`,
    citizenName: state.citizen.name,
    phone: state.citizen.phone,
    isUrgent: state.isUrgent,
    isLate: state.isLate,
    agencyId: state.slip?.agencyId ?? null,
    resolvedLevel: state.resolvedLevel,
    openedAt: state.openedAt,
    updatedAt: state.updatedAt,
    clock: clockView(state, hours, now, false),
    sync: 'confirmed',
  }
}
