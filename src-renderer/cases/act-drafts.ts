import { create } from 'zustand'
import { bridge } from '../session/desk.ts'
import type { Values } from './act.ts'
import { createDraftSaver, type DraftSaver } from './draft-saver.ts'

/** What was typed into the dialogs of acts and not yet given: closing one, a refusal, a crash or a power cut loses nothing. */
interface ActDrafts {
  /** By act draft id; only where something was typed. */
  readonly kept: Readonly<Record<string, Values>>
  /** Whose kept words were read from the desk, or null. */
  readonly readFor: string | null
}

export const useActDrafts = create<ActDrafts>(() => ({ kept: {}, readFor: null }))

const prefix = 'act:'
const savers = new Map<string, DraftSaver<Values>>()

export const isActDraft = (draftId: string): boolean => draftId.startsWith(prefix)
export const actDraftId = (caseId: string, command: string): string => `${prefix}${caseId}:${command}`

/** Once for each person who signs in. What is being typed now is newer than what the desk kept. */
export async function restoreActDrafts(accountId: string): Promise<void> {
  if (useActDrafts.getState().readFor === accountId) return
  useActDrafts.setState({ readFor: accountId })
  const { drafts } = await bridge().call('drafts.list', {})
  const restored = drafts.filter(({ draftId }) => isActDraft(draftId)).map((one) => [one.draftId, one.form as Values])
  useActDrafts.setState(({ kept }) => ({ kept: { ...Object.fromEntries(restored), ...kept } }))
}

export function keepAct(draftId: string, values: Values): void {
  useActDrafts.setState(({ kept }) => ({ kept: { ...kept, [draftId]: values } }))
  saverOf(draftId).touch(values)
}

/** The act was given, or its words were thrown away on purpose. */
export async function forgetAct(draftId: string): Promise<void> {
  if (useActDrafts.getState().kept[draftId] === undefined) return
  savers.get(draftId)?.drop()
  savers.delete(draftId)
  useActDrafts.setState(({ kept: { [draftId]: _gone, ...left } }) => ({ kept: left }))
  await bridge().call('drafts.discard', { draftId })
}

export async function flushActDrafts(): Promise<void> {
  await Promise.all([...savers.values()].map((saver) => saver.flush()))
}

/** The next person at this desk must not see them; the desk keeps them for their author. */
export function closeActDrafts(): void {
  savers.clear()
  useActDrafts.setState({ kept: {}, readFor: null })
}

function saverOf(draftId: string): DraftSaver<Values> {
  const known = savers.get(draftId)
  if (known) return known
  const saver = createDraftSaver<Values>({
    save: async (values) => {
      await bridge().call('drafts.save', { draftId, form: { ...values }, code: null })
    },
    setTimer: (run, ms) => setTimeout(run, ms),
    clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  })
  savers.set(draftId, saver)
  return saver
}
