import type { SnapshotManifest, SnapshotPart } from '../../src-shared/api/snapshot.ts'
import { apply } from '../../src-shared/cases/apply.ts'
import type { CaseState } from '../../src-shared/cases/case.ts'
import type { Command } from '../../src-shared/cases/commands.ts'
import { decide } from '../../src-shared/cases/decide.ts'
import type { CaseEvent, RegisteredEvent } from '../../src-shared/cases/events.ts'
import type { Refusal } from '../../src-shared/cases/refusals.ts'
import type { Store } from '../store/store.ts'
import { foldedBy, openRefold } from './refold.ts'
import type { Rules } from './rules.ts'
import { openShowing } from './showing.ts'
import { openSnapshotTaking } from './snapshot-taking.ts'

/**
 * The desk's copy of the register. Confirmed cases hold only what the server sent; what this desk asked for and has no
 * answer to yet is decided again on top of it after each pull, by the same rules as the server's (S29).
 */
export interface RegisterCopy {
  /** S28. Decides on what is shown, keeps the command, shows the prediction: one transaction. */
  give(command: (n: number) => Command, caseId: string): { refused: Refusal } | { state: CaseState; command: Command }
  /**
   * Folds in what the server sent and forgets what is thereby settled: one transaction, which moves the cursor and the head with it. The
   * more events come at once, the less each costs; a few thousand are a good number for a first sync.
   * @returns the cases that look different.
   */
  take(events: readonly RegisteredEvent[], cursor: number): { changed: string[]; settled: SettledCase[] }
  /** Shows a case anew after an answer, a dismissal, or new calendars. */
  show(caseId: string): void
  /** Folds every case anew from its events, where the cases kept here were folded by an older program. */
  refold(): void
  predictions(caseId: string): CaseEvent[]
  /** S20, S23: all that was confirmed goes, in one transaction; what waits is shown again. */
  forgetConfirmed(): void
  /** Which snapshot is being taken and which of its parts are in; null when none is (S36). */
  snapshot(): { manifest: SnapshotManifest; done: readonly number[] } | null
  /** Goes on with the same one where it was begun; otherwise forgets what is confirmed and begins. */
  beginSnapshot(manifest: SnapshotManifest): void
  /** One transaction; `image` is the part decompressed. A part that is in already is passed over. */
  applyPart(manifest: SnapshotManifest, part: SnapshotPart, image: Uint8Array): void
  /** Cursor, head and register id are the snapshot's from here on (S37). */
  finishSnapshot(manifest: SnapshotManifest): Promise<void>
}

/** A case whose prediction the register has now answered, with what the desk had shown until then. */
export interface SettledCase {
  readonly before: CaseState
  readonly after: CaseState
}

/** Up to so many cases at once are found by a search at once; more are a sync, and indexed behind it (S34). */
const liveCases = 50
/** So many events at once are a first sync, or a desk that was away for long. */
const bulkEvents = 1_000

export function openRegisterCopy(store: Store, rules: () => Rules, now: () => number): RegisterCopy {
  const { predict, put, show } = openShowing(store, rules, now)

  const clear = () => {
    store.snapshot.clear()
    store.meta.set('fold_version', foldedBy)
    store.outbox.caseIds().forEach(show)
  }

  return {
    give: (make, caseId) =>
      store.transaction(() => {
        const stored = store.cases.get(caseId)
        const draft = make(0)
        const shown = stored?.shown ?? null
        const decision = decide(shown, draft, rules().context(Date.parse(draft.madeAt), shown))
        if ('refused' in decision) return { refused: decision }
        const code = 'code' in draft.input ? draft.input.code : (stored?.shown.code ?? null)
        const command = store.outbox.add(make, code, Date.parse(draft.madeAt))
        if (code !== null) store.codes.release(code)
        const state = put(caseId, stored?.confirmed ?? null, { before: stored, isIndexedAtOnce: true })
        if (state === null) throw new Error(`the accepted command ${command.commandId} left no case to show`)
        return { state, command }
      }),

    take(events, cursor) {
      store.bulk(events.length >= bulkEvents)
      return store.transaction(() => {
        // A snapshot that is not whole cannot be streamed on from.
        if (store.snapshot.isLoading()) clear()
        const from = store.meta.getNumber('cursor')
        // Cases of which the outbox knows may be here although the register has not told of them yet.
        const asked = store.outbox.caseIds()
        const touched = new Map<string, Touched>()
        for (const event of events) {
          // A stream that was cut may bring again what we already have.
          if (event.seq <= from) continue
          let is = touched.get(event.caseId)
          if (is === undefined) {
            const isNew = event.name === 'case.opened' && !asked.has(event.caseId)
            const before = isNew ? null : store.cases.get(event.caseId)
            is = { before, confirmed: before?.confirmed ?? null }
            touched.set(event.caseId, is)
          }
          store.cases.addEvent(event)
          is.confirmed = apply(is.confirmed, event)
        }
        if (cursor > from) store.meta.set('cursor', cursor)
        const last = events.at(-1)
        if (last !== undefined && last.seq > from) store.meta.set('head', last.hash)

        const answered = new Set(store.outbox.settle(cursor, now()))
        for (const caseId of answered) {
          const before = touched.has(caseId) ? undefined : store.cases.get(caseId)
          if (before !== undefined) touched.set(caseId, { before, confirmed: before?.confirmed ?? null })
        }
        const settled: SettledCase[] = []
        const isIndexedAtOnce = touched.size <= liveCases
        for (const [caseId, { before, confirmed }] of touched) {
          const isAsked = asked.has(caseId)
          const after = put(caseId, confirmed, { before, isIndexedAtOnce, isAsked })
          if (before && after && answered.has(caseId)) settled.push({ before: before.shown, after })
        }
        if (touched.size > 0) store.codes.releaseConfirmed()
        return { changed: [...touched.keys()], settled }
      })
    },

    show: (caseId) => store.transaction(() => show(caseId)),

    refold: openRefold(store, put),
    predictions: (caseId) => predict(store.cases.get(caseId)?.confirmed ?? null, store.outbox.pendingOf(caseId)).events,
    forgetConfirmed() {
      store.bulk(true)
      store.transaction(clear)
      store.bulk(false)
    },
    ...openSnapshotTaking(store, { show, now }),
  }
}

interface Touched {
  readonly before: ReturnType<Store['cases']['get']>
  confirmed: CaseState | null
}
