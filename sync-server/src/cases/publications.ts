import type { CaseState } from '../../../src-shared/cases/case.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { fold } from '../../../src-shared/words/fold.ts'
import type { Writing } from '../store/store.ts'

/** What the public may read and find, without marks too; taken back with the case's own publication. */
export async function projectPublication(state: CaseState, tx: Writing): Promise<void> {
  if (state.publication === null) return tx.register.removePublication(state.id)
  const { question, answer, at } = state.publication
  await tx.register.putPublication({
    caseId: state.id,
    code: state.code,
    fieldId: state.fieldId,
    agencyId: state.slip?.agencyId ?? null,
    question,
    answer,
    publishedAt: fromIso(at),
    folded: fold(`${question} ${answer}`),
  })
}
