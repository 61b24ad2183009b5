import { create } from 'zustand'
import type { CommandName } from '../../src-shared/cases/commands.ts'
import { bridge } from '../session/desk.ts'
import { useSession } from '../session/session-store.ts'
import type { Values } from './act.ts'
import { actDraftId, keepAct, restoreActDrafts, useActDrafts } from './act-drafts.ts'

/** The act that somebody asked for from another room: its dialog opens with the case. */
interface Asked {
  readonly asked: { readonly caseId: string; readonly command: CommandName } | null
}
export const useAskedAct = create<Asked>(() => ({ asked: null }))

/** Opens an act of a case with these words in its form. What was typed into that form since is newer, and stays. */
export async function askAct(caseId: string, command: CommandName, values: Values): Promise<void> {
  const accountId = useSession.getState().state?.account?.id
  if (accountId !== undefined) await restoreActDrafts(accountId)
  const draftId = actDraftId(caseId, command)
  if (useActDrafts.getState().kept[draftId] === undefined) keepAct(draftId, values)
  useAskedAct.setState({ asked: { caseId, command } })
}

/** The refused commands whose words have been given again need nobody's attention any more; some may have been seen to elsewhere. */
export async function seenTo(commandIds: readonly string[]): Promise<void> {
  if (commandIds.length === 0) return
  const { items } = await bridge().call('outbox.list', {})
  const refused = new Set(items.filter(({ state }) => state === 'attention').map(({ commandId }) => commandId))
  for (const commandId of commandIds) if (refused.has(commandId)) await bridge().call('outbox.dismiss', { commandId })
}
