import { create } from 'zustand'
import type { BridgeOutput } from '../../src-shared/bridge.ts'
import { RemoteFailure } from '../bridge.ts'
import { bridge } from '../session/desk.ts'
import type { AskedEntries } from './pending.ts'
import { changeIdFor, dropWritten } from './pending-store.ts'

type Preview = BridgeOutput<'calendars.preview'>
type Changed = BridgeOutput<'calendars.change'>

interface Impact {
  /** The entries that `preview` speaks of. */
  readonly asked: AskedEntries | null
  readonly preview: Preview | null
  readonly isAsking: boolean
  readonly isWriting: boolean
  readonly failure: RemoteFailure | null
  /** The calendars were changed by somebody else after the last preview, and it was asked again. */
  readonly wasRenewed: boolean
  readonly written: (Changed & { readonly count: number }) | null
}

const nothing: Impact = {
  asked: null,
  preview: null,
  isAsking: false,
  isWriting: false,
  failure: null,
  wasRenewed: false,
  written: null,
}

export const useImpact = create<Impact>(() => nothing)

const entriesIn = ({ calendarId, days, weeks }: AskedEntries) => ({ calendarId, days: [...days], weeks: [...weeks] })

/** Asks what the entries would move. The answer to an older question is dropped. */
export async function askImpact(asked: AskedEntries): Promise<void> {
  const before = useImpact.getState()
  const lastRevision = before.asked?.key === asked.key ? before.preview?.revision : undefined
  useImpact.setState({ asked, isAsking: true, failure: null, written: null })
  try {
    const preview = await bridge().call('calendars.preview', entriesIn(asked))
    const wasRenewed = lastRevision !== undefined && lastRevision !== preview.revision
    if (useImpact.getState().asked === asked) useImpact.setState({ preview, isAsking: false, wasRenewed })
  } catch (failure) {
    if (!(failure instanceof RemoteFailure)) throw failure
    if (useImpact.getState().asked === asked) useImpact.setState({ preview: null, isAsking: false, failure })
  }
}

/** The reference came anew: a preview of older calendars says nothing any more. Our own writing renews nothing. */
export async function renewImpact(revision: number): Promise<void> {
  const { asked, preview, isAsking, isWriting } = useImpact.getState()
  if (asked === null || preview === null || isAsking || isWriting || preview.revision === revision) return
  await askImpact(asked)
}

/** Writes what was previewed and nothing else. When somebody was faster, the preview is asked again and nothing is written. */
export async function writeEntries(): Promise<void> {
  const { asked, preview } = useImpact.getState()
  if (asked === null || preview === null) return
  useImpact.setState({ isWriting: true, failure: null })
  try {
    const { revision } = preview
    const changed = await bridge().call('calendars.change', {
      ...entriesIn(asked),
      revision,
      changeId: changeIdFor(asked.key),
    })
    dropWritten(asked.calendarId)
    useImpact.setState({ ...nothing, written: { ...changed, count: asked.days.length + asked.weeks.length } })
  } catch (failure) {
    if (!(failure instanceof RemoteFailure)) throw failure
    useImpact.setState({ isWriting: false })
    // Somebody was faster, or made wrong what was right: what stands now is shown, and nothing was written.
    if (failure.code === 'calendar-changed' || failure.code === 'calendar-problems') await askImpact(asked)
    else useImpact.setState({ failure })
  }
}

export function forgetImpact(): void {
  useImpact.setState(nothing)
}
