import { create } from 'zustand'
import { isUntouched } from '../cases/case-form.ts'
import { draftById, editDraft, newDraft, useDrafts } from '../cases/draft-store.ts'
import type { Line, PhoneReply } from '../phone/phone.ts'
import { bridge } from '../session/desk.ts'
import { sayCode, sayNow } from '../session/words.ts'
import { callIdOf, run } from './phone-state.ts'

type Sheet = 'transfer' | 'dial' | 'wrap-up' | 'state'

interface Calls {
  readonly sheet: Sheet | null
  /** Words of the last thing the phone refused, until the next that it did. */
  readonly problem: string | null
}

export const useCalls = create<Calls>(() => ({ sheet: null, problem: null }))

export const openSheet = (sheet: Sheet | null): void => useCalls.setState({ sheet })

export async function tell(asked: Promise<PhoneReply>): Promise<PhoneReply> {
  const reply = await asked
  useCalls.setState({ problem: reply.ok ? null : sayCode(sayNow, 'phoneRefusal', reply.code) })
  return reply
}

/** F2. The call goes to an empty draft; words that stand in another one stay where they are. */
export async function answer(line: Line): Promise<void> {
  const reply = await tell(run({ name: 'answer', lineId: line.id }))
  if (reply.ok) attachCall(line)
}

export function attachCall(line: Line): void {
  const call = { callId: callIdOf(line), number: line.number, startedAt: line.startedAt }
  const { activeId } = useDrafts.getState()
  const active = activeId === null ? undefined : draftById(activeId)
  const given = { call, phone: line.number, channel: 'phone' as const }
  if (active && isUntouched(active.form) && active.form.call === null) editDraft(active.draftId, given)
  else newDraft(given)
}

/** F10: the code of what the call was goes with the word that the agent is ready, or rests. */
export async function wrapUp(lines: readonly Line[], code: string, next: 'ready' | 'break'): Promise<void> {
  for (const line of lines) if (line.state === 'ended') await run({ name: 'forget', lineId: line.id })
  await bridge().call('queue.setState', { state: next, reason: `wrap-up:${code}` })
  openSheet(null)
}

export async function setAgentState(state: 'ready' | 'break', reason?: string): Promise<void> {
  await bridge().call('queue.setState', { state, ...(reason === undefined ? {} : { reason }) })
}

export const wrapUpCodes = [
  'answered',
  'slip',
  'redirected',
  'call-back',
  'silent',
  'wrong-number',
  'nuisance',
] as const
export const breakReasons = ['rest', 'meal', 'meeting', 'training', 'paperwork', 'handover'] as const
