import type { CaseState } from '../../../src-shared/cases/case.ts'
import type { DeskId } from '../../../src-shared/ids.ts'
import type { Store } from '../../../sync-server/src/store/store.ts'

export const desk = 'desk-1' as DeskId
export const noon = Date.parse('2026-10-05T12:00:00+07:00')

export type CaseRow = Partial<CaseState> & { dueAt?: number | null; phone?: string }

export const putCaseIn = (store: Store, caseId: string, more: CaseRow) =>
  store.write((tx) => {
    const { dueAt = null, phone = '', ...changes } = more
    const state = {
      id: caseId,
      code: `code-${caseId}`,
      stage: 'received',
      channel: 'phone',
      fieldId: null,
      areaId: null,
      isLate: false,
      slip: null,
      openedAt: '2026-10-05T08:00:00+07:00',
      updatedAt: '2026-10-05T09:00:00+07:00',
      version: 1,
      ...changes,
    } as unknown as CaseState
    return tx.register.putCase({ state, headHash: 'h', lastSeq: 1, dueAt, phone })
  })
