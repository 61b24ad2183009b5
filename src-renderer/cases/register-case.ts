import type { CaseId } from '../../src-shared/ids.ts'
import { RemoteFailure } from '../bridge.ts'
import { bridge } from '../session/desk.ts'
import { instantNow } from '../session/now.ts'
import { failureWords, sayNow } from '../session/words.ts'
import { seenTo } from './asked-act.ts'
import { type Given, openingOf, secondOf } from './case-form.ts'
import {
  discardDraft,
  draftById,
  editDraft,
  flushDrafts,
  patchDraft,
  reserveCode,
  showRegistered,
} from './draft-store.ts'
import type { Done, Outcome } from './outcome.ts'
import { problemsOf } from './problems.ts'

export function command(caseId: string | null, given: Given): Promise<Outcome> {
  return bridge().call('cases.command', { caseId: caseId as CaseId | null, name: given.name, input: given.input })
}

/**
 * Ctrl+Enter: opens the case and does what the agent chose. Each step that is done is remembered in the draft, so a
 * refusal of the second leaves the first, and a second try gives only what is missing. Nothing typed is lost.
 * @returns whether everything was done.
 */
export async function registerCase(draftId: string): Promise<boolean> {
  if (draftById(draftId)?.isSaving !== false) return false
  patchDraft(draftId, { isSaving: true, problems: {} })
  try {
    return await giveSteps(draftId)
  } catch (failure) {
    if (!(failure instanceof RemoteFailure)) throw failure
    patchDraft(draftId, { problems: { form: failureWords(sayNow, failure) } })
    return false
  } finally {
    patchDraft(draftId, { isSaving: false })
  }
}

async function giveSteps(draftId: string): Promise<boolean> {
  const code = await reserveCode(draftId)
  if (code === null) {
    patchDraft(draftId, { problems: { form: sayNow('problem.noCodes') } })
    return false
  }
  const give = async (given: Given): Promise<Done | null> => {
    const outcome = await command(draftById(draftId)!.form.openedCaseId, given)
    if (outcome.outcome === 'done') return outcome
    patchDraft(draftId, { problems: problemsOf(outcome, sayNow) })
    return null
  }

  let { form } = draftById(draftId)!
  if (form.openedCaseId === null) {
    const opened = await give(openingOf(form, code))
    if (opened === null) return false
    editDraft(draftId, { openedCaseId: opened.caseId })
    await flushDrafts()
    form = draftById(draftId)!.form
  }
  const last = await give(secondOf(form, instantNow()))
  if (last === null) return false
  const registered = {
    caseId: draftById(draftId)!.form.openedCaseId!,
    code,
    isConfirmed: last.sync === 'confirmed',
    dueAt: last.clock?.dueAt ?? null,
  }
  const { refusedIds } = draftById(draftId)!.form
  await discardDraft(draftId)
  showRegistered(registered)
  await seenTo(refusedIds)
  return true
}
