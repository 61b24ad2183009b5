import type { CaseDetail } from '../../../src-shared/bridge.ts'
import { clockView } from '../../../src-shared/cases/case-clock.ts'
import type { CaseRow } from '../../../src-shared/cases/views.ts'
import { openOfficeHours } from '../../../src-shared/province/hours.ts'
import { say, type WordKey, type WordParams } from '../../../src-shared/words/words.ts'
import { demonstrationReference } from '../../fixtures/province.ts'
import type { Scene } from '../../shared/cases/scene.ts'

export const reference = demonstrationReference()
export const hours = openOfficeHours(reference.calendars, reference.directory)
export const vi = (key: WordKey, params?: WordParams) => say('vi', key, params)

/** The case of a scene as the desk would hand it to a window, as far as the deadlines' screens look at it. */
export function detailOf(scene: Scene): Pick<CaseDetail, 'state' | 'events' | 'row'> & CaseDetail {
  const state = scene.case
  const clock = clockView(state, hours, scene.now, false)
  const row = {
    caseId: state.id,
    code: state.code,
    stage: state.stage,
    isLate: state.isLate,
    agencyId: state.slip?.agencyId ?? null,
    openedAt: state.openedAt,
    updatedAt: state.updatedAt,
    clock,
  } as CaseRow
  const events = scene.journal.map((event, index) => ({ event, seq: index + 1, sync: 'confirmed' as const, text: '' }))
  return { state, row, events, clock, proof: [], recordings: [], available: [] }
}
