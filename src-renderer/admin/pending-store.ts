import { create } from 'zustand'
import { createDraftSaver } from '../cases/draft-saver.ts'
import { bridge, desk } from '../session/desk.ts'
import { useSession } from '../session/session-store.ts'
import { type PendingEntry, type PendingForm, type PendingInput, pendingFormSchema } from './pending.ts'

/** One a person: drafts belong to their author, and the desk keeps each account's apart. */
const DRAFT_ID = 'calendar-entries'

interface Pending extends PendingForm {
  /** Whose entries these are; null until the desk has told what was left of last time. */
  readonly accountId: string | null
  /** When the desk last had all of them; null while it has not. */
  readonly savedAt: string | null
}

export const usePending = create<Pending>(() => ({ entries: [], sent: null, accountId: null, savedAt: null }))

const saver = createDraftSaver<PendingForm & { accountId: string }>({
  save: async ({ entries, sent, accountId }) => {
    // Signed out meanwhile: what was saved until then is kept, and the next person's drafts are not written into.
    if (useSession.getState().state?.account?.id !== accountId) return
    if (entries.length === 0) {
      await bridge().call('drafts.discard', { draftId: DRAFT_ID })
      return
    }
    const { savedAt } = await bridge().call('drafts.save', { draftId: DRAFT_ID, form: { entries, sent }, code: null })
    if (usePending.getState().entries === entries) usePending.setState({ savedAt })
  },
  setTimer: (run, ms) => setTimeout(run, ms),
  clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
})

/** What this person entered and did not yet write, whatever page, window or power went away meanwhile. */
export async function openPending(accountId: string): Promise<void> {
  if (usePending.getState().accountId === accountId) return
  usePending.setState({ entries: [], sent: null, accountId: null, savedAt: null })
  const { drafts } = await bridge().call('drafts.list', {})
  const draft = drafts.find(({ draftId }) => draftId === DRAFT_ID)
  const kept = pendingFormSchema.safeParse(draft?.form)
  usePending.setState({
    ...(kept.success ? kept.data : { entries: [], sent: null }),
    accountId,
    savedAt: draft?.savedAt ?? null,
  })
}

/** The page is left: what a busy desk did not yet take is offered again. */
export const flushPending = (): Promise<void> => saver.flush()

/** Each change is an act of its own, not a burst of keys: the desk has it at once. */
function change(changed: readonly PendingEntry[], sent = usePending.getState().sent): void {
  const { accountId } = usePending.getState()
  if (accountId === null) throw new Error('entries were changed before they were read')
  const entries = [...changed]
  usePending.setState({ entries, sent, savedAt: null })
  saver.touch({ entries, sent, accountId })
  void saver.flush()
}

/** @returns the ids of the new entries. */
export function addPending(inputs: readonly PendingInput[]): string[] {
  const added = inputs.map((input) => ({ ...input, id: desk().newId() }) as PendingEntry)
  change([...usePending.getState().entries, ...added])
  return added.map(({ id }) => id)
}

export function replacePending(id: string, input: PendingInput): void {
  change(usePending.getState().entries.map((entry) => (entry.id === id ? ({ ...input, id } as PendingEntry) : entry)))
}

export function removePending(ids: readonly string[]): void {
  change(usePending.getState().entries.filter(({ id }) => !ids.includes(id)))
}

/** A person stands by proposed entries; one without the number of its act stays a proposal. */
export function confirmPending(ids: readonly string[]): void {
  change(
    usePending
      .getState()
      .entries.map((entry) => (ids.includes(entry.id) && entry.act !== '' ? { ...entry, isConfirmed: true } : entry)),
  )
}

/** The number of an announcement that several entries lack is typed once. */
export function giveAct(calendarId: string, act: string): void {
  change(
    usePending
      .getState()
      .entries.map((entry) => (entry.calendarId === calendarId && entry.act === '' ? { ...entry, act } : entry)),
  )
}

/** The name of a change: the same as long as the same entries are sent, so that a lost answer can be asked for again. */
export function changeIdFor(key: string): string {
  const { entries, sent } = usePending.getState()
  if (sent?.key === key) return sent.changeId
  const changeId = `calendar-${desk().newId()}`
  change(entries, { changeId, key })
  return changeId
}

/** The register has them. */
export function dropWritten(calendarId: string): void {
  change(
    usePending.getState().entries.filter((entry) => entry.calendarId !== calendarId || !entry.isConfirmed),
    null,
  )
}
