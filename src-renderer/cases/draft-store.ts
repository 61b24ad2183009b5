import { create } from 'zustand'
import type { CaseId } from '../../src-shared/ids.ts'
import { bridge, desk } from '../session/desk.ts'
import { closeActDrafts, flushActDrafts, isActDraft } from './act-drafts.ts'
import { type CaseForm, emptyForm, formOf, isUntouched } from './case-form.ts'
import { createDraftSaver, type DraftSaver } from './draft-saver.ts'
import type { Problems } from './problems.ts'

export interface WrittenDraft {
  readonly draftId: string
  readonly form: CaseForm
  readonly code: string | null
  /** When the desk last had all of it; null before the first time. */
  readonly savedAt: string | null
  readonly problems: Problems
  readonly isSaving: boolean
}

/** What was registered last in this sitting, for the words shown under the form. */
export interface Registered {
  readonly caseId: string
  readonly code: string
  /** Whether the register has it; until then it waits on this computer. */
  readonly isConfirmed: boolean
  readonly dueAt: string | null
}

interface Drafts {
  readonly drafts: readonly WrittenDraft[]
  readonly activeId: string | null
  readonly registered: Registered | null
}

export const useDrafts = create<Drafts>(() => ({ drafts: [], activeId: null, registered: null }))

const savers = new Map<string, DraftSaver<WrittenDraft>>()

export const draftById = (draftId: string): WrittenDraft | undefined =>
  useDrafts.getState().drafts.find((draft) => draft.draftId === draftId)

export const activeDraft = (): WrittenDraft | undefined => {
  const { activeId } = useDrafts.getState()
  return activeId === null ? undefined : draftById(activeId)
}

/** After a restart, a crash or a power cut: everything that was being written is there again. */
export async function restoreDrafts(): Promise<void> {
  const { drafts } = await bridge().call('drafts.list', {})
  const known = new Set(useDrafts.getState().drafts.map(({ draftId }) => draftId))
  const restored = drafts
    .filter(({ draftId }) => !known.has(draftId) && !isActDraft(draftId))
    .map(({ draftId, form, code, savedAt }) => ({
      draftId,
      form: formOf(form),
      code,
      savedAt,
      problems: {},
      isSaving: false,
    }))
  useDrafts.setState(({ drafts: open, activeId }) => ({
    drafts: [...open, ...restored],
    activeId: activeId ?? restored[0]?.draftId ?? null,
  }))
  if (useDrafts.getState().drafts.length === 0) newDraft()
}

/** F3. A draft in which nothing was typed is taken again instead of leaving empty ones behind. */
export function newDraft(given: Partial<CaseForm> = {}): string {
  const blank = useDrafts.getState().drafts.find(({ form }) => isUntouched(form) && form.openedCaseId === null)
  if (blank && (blank.form.call === null || given.call === undefined)) {
    if (Object.keys(given).length > 0) editDraft(blank.draftId, given)
    activateDraft(blank.draftId)
    return blank.draftId
  }
  const draftId = `draft-${desk().newId()}`
  const draft: WrittenDraft = {
    draftId,
    form: { ...emptyForm, ...given },
    code: null,
    savedAt: null,
    problems: {},
    isSaving: false,
  }
  useDrafts.setState(({ drafts }) => ({ drafts: [...drafts, draft], activeId: draftId, registered: null }))
  return draftId
}

/** Words that were refused, in the form again. Under the id that a told code was kept for, the code comes with them. */
export function takeUpForm(form: CaseForm, draftId = `draft-${desk().newId()}`): void {
  if (draftById(draftId) === undefined) {
    const draft: WrittenDraft = { draftId, form, code: null, savedAt: null, problems: {}, isSaving: false }
    useDrafts.setState(({ drafts }) => ({ drafts: [...drafts, draft], registered: null }))
    saverOf(draftId).touch(draft)
    void reserveCode(draftId)
  }
  activateDraft(draftId)
}

export function activateDraft(draftId: string): void {
  useDrafts.setState({ activeId: draftId })
}

export function nextDraft(): void {
  const { drafts, activeId } = useDrafts.getState()
  const at = drafts.findIndex(({ draftId }) => draftId === activeId)
  const next = drafts[(at + 1) % Math.max(1, drafts.length)]
  if (next) activateDraft(next.draftId)
}

export function patchDraft(draftId: string, patch: Partial<WrittenDraft>): void {
  useDrafts.setState(({ drafts }) => ({
    drafts: drafts.map((draft) => (draft.draftId === draftId ? { ...draft, ...patch } : draft)),
  }))
}

/** What was typed. The first words reserve the receipt code, so that it can be read out before the case is saved. */
export function editDraft(draftId: string, change: Partial<CaseForm>): void {
  const draft = draftById(draftId)
  if (!draft) return
  const form = { ...draft.form, ...change }
  const cleared = Object.keys(change).filter((key) => key in draft.problems)
  const problems = { ...draft.problems }
  for (const key of cleared) delete problems[key as keyof Problems]
  patchDraft(draftId, { form, problems })
  useDrafts.setState({ registered: null })
  const edited = draftById(draftId)!
  saverOf(draftId).touch(edited)
  if (edited.code === null && !isUntouched(form)) void reserveCode(draftId)
}

/** The note under the form turns when the register has answered for the case it speaks of. */
export function followRegistered(): void {
  bridge().on('cases.changed', ({ caseIds }) => {
    const caseId = useDrafts.getState().registered?.caseId as CaseId | undefined
    if (caseId !== undefined && (caseIds.length === 0 || caseIds.includes(caseId))) void rereadRegistered()
  })
}

/** Says a case was registered; the register may have confirmed it while its draft was still being put away. */
export function showRegistered(registered: Registered): void {
  useDrafts.setState({ registered })
  void rereadRegistered()
}

async function rereadRegistered(): Promise<void> {
  const { registered } = useDrafts.getState()
  if (registered === null || registered.isConfirmed) return
  const { detail } = await bridge().call('cases.get', { caseId: registered.caseId as CaseId })
  if (detail === null || useDrafts.getState().registered !== registered) return
  const { sync, clock } = detail.row
  useDrafts.setState({
    registered: { ...registered, isConfirmed: sync === 'confirmed', dueAt: clock?.dueAt ?? registered.dueAt },
  })
}

export async function flushDrafts(): Promise<void> {
  await Promise.all([...savers.values()].map((saver) => saver.flush()))
  await flushActDrafts()
}

/** The shift ends: drafts belong to their author, and the next person at this desk must not see them. */
export async function closeDrafts(): Promise<void> {
  await flushDrafts()
  savers.clear()
  closeActDrafts()
  useDrafts.setState({ drafts: [], activeId: null, registered: null })
}

export async function discardDraft(draftId: string): Promise<void> {
  savers.get(draftId)?.drop()
  savers.delete(draftId)
  await bridge().call('drafts.discard', { draftId })
  useDrafts.setState(({ drafts, activeId }) => {
    const left = drafts.filter((draft) => draft.draftId !== draftId)
    return { drafts: left, activeId: activeId === draftId ? (left.at(-1)?.draftId ?? null) : activeId }
  })
  if (useDrafts.getState().drafts.length === 0) newDraft()
}

const reserving = new Map<string, Promise<string | null>>()

/** @returns null when this desk has no receipt codes left; the draft is kept and asks again at the next key. */
export function reserveCode(draftId: string): Promise<string | null> {
  const known = draftById(draftId)?.code
  if (known) return Promise.resolve(known)
  const asked = reserving.get(draftId)
  if (asked) return asked
  const asking = bridge()
    .call('codes.reserve', { draftId })
    .then(({ code }) => {
      if (code !== null) {
        patchDraft(draftId, { code })
        const draft = draftById(draftId)
        if (draft) saverOf(draftId).touch(draft)
      }
      return code
    })
    .finally(() => reserving.delete(draftId))
  reserving.set(draftId, asking)
  return asking
}

function saverOf(draftId: string): DraftSaver<WrittenDraft> {
  const known = savers.get(draftId)
  if (known) return known
  const saver = createDraftSaver<WrittenDraft>({
    save: async ({ form, code }) => {
      const { savedAt } = await bridge().call('drafts.save', { draftId, form: { ...form }, code })
      patchDraft(draftId, { savedAt })
    },
    setTimer: (run, ms) => setTimeout(run, ms),
    clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  })
  savers.set(draftId, saver)
  return saver
}
