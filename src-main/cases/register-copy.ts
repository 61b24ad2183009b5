import { apply, fold, foldVersion } from '../../src-shared/cases/apply.ts'
import type { CaseState } from '../../src-shared/cases/case.ts'
import { clockView } from '../../src-shared/cases/case-clock.ts'
import { type CaseColumns, columnsOf } from '../../src-shared/cases/columns.ts'
import type { Command } from '../../src-shared/cases/commands.ts'
import { decide } from '../../src-shared/cases/decide.ts'
import type { CaseEvent, RegisteredEvent } from '../../src-shared/cases/events.ts'
import type { Refusal } from '../../src-shared/cases/refusals.ts'
import type { Store } from '../store/store.ts'
import type { Rules } from './rules.ts'

/**
 * The desk's copy of the register. Confirmed cases hold only what the server sent; what this desk asked for and has no
 * answer to yet is decided again on top of it after each pull, by the same rules as the server's.
 */
export interface RegisterCopy {
  /** Decides on what is shown, keeps the command, shows the prediction: one transaction. */
  give(command: (n: number) => Command, caseId: string): { refused: Refusal } | { state: CaseState; command: Command }
  /** Folds in what the server sent and forgets what is thereby settled. Returns the cases that look different. */
  take(events: readonly RegisteredEvent[], cursor: number): { changed: string[]; settled: SettledCase[] }
  /** Shows a case anew after an answer, a dismissal, or new calendars. */
  show(caseId: string): void
  /** Folds every case anew from its events, where the cases kept here were folded by an older program. */
  refold(): void
  predictions(caseId: string): CaseEvent[]
}

/** A case whose prediction the register has now answered, with what the desk had shown until then. */
export interface SettledCase {
  readonly before: CaseState
  readonly after: CaseState
}

export function openRegisterCopy(store: Store, rules: () => Rules, now: () => number): RegisterCopy {
  const predict = (confirmed: CaseState | null, commands: readonly Command[]) => {
    let state = confirmed
    const events: CaseEvent[] = []
    let isWhole = true
    for (const command of commands) {
      const at = Date.parse(command.madeAt)
      const decision = decide(state, command, rules().context(at, state))
      // The server will say the same, in words; until then the case is shown as if it had not been asked.
      if ('refused' in decision) {
        isWhole = false
        continue
      }
      for (const body of decision.events) {
        const event: CaseEvent = {
          ...body,
          caseId: command.caseId,
          commandId: command.commandId,
          actor: command.actor,
          at: command.madeAt,
          madeAt: command.madeAt,
        }
        state = apply(state, event)
        events.push(event)
      }
    }
    return { state, events, isWhole }
  }

  const put = (caseId: string, confirmed: CaseState | null) => {
    const pending = store.outbox.pendingOf(caseId)
    const { state } = predict(confirmed, pending)
    if (state === null) {
      store.cases.remove(caseId)
      return null
    }
    const sync: CaseColumns['sync'] = pending.length > 0 ? 'waiting' : 'confirmed'
    const clock = clockView(state, rules().hours, now(), pending.length > 0)
    store.cases.put(confirmed, state, columnsOf(state, clock, rules().soonAt(state, clock), sync))
    return state
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
        const state = put(caseId, stored?.confirmed ?? null)
        if (state === null) throw new Error(`the accepted command ${command.commandId} left no case to show`)
        return { state, command }
      }),

    take: (events, cursor) =>
      store.transaction(() => {
        const touched = new Map<string, CaseState | null>()
        for (const event of events) {
          const confirmed = touched.has(event.caseId)
            ? touched.get(event.caseId)!
            : (store.cases.get(event.caseId)?.confirmed ?? null)
          // A stream that was cut may bring again what we already have.
          if (confirmed !== null && event.caseSeq <= confirmed.version) {
            touched.set(event.caseId, confirmed)
            continue
          }
          store.cases.addEvent(event)
          touched.set(event.caseId, apply(confirmed, event))
        }
        store.meta.set('cursor', cursor)
        const answered = new Set(store.outbox.settle(cursor))
        const settled: SettledCase[] = []
        for (const caseId of new Set([...touched.keys(), ...answered])) {
          const stored = store.cases.get(caseId)
          const confirmed = touched.get(caseId) ?? stored?.confirmed ?? null
          const after = put(caseId, confirmed)
          if (stored && after && answered.has(caseId)) settled.push({ before: stored.shown, after })
        }
        return { changed: [...touched.keys(), ...answered], settled }
      }),

    show: (caseId) => {
      store.transaction(() => put(caseId, store.cases.get(caseId)?.confirmed ?? null))
    },

    refold: () => {
      if (store.meta.getNumber('fold_version') === foldVersion) return
      store.transaction(() => {
        for (const caseId of store.cases.allIds()) put(caseId, fold(store.cases.events(caseId)))
        store.meta.set('fold_version', foldVersion)
      })
    },

    predictions: (caseId) => predict(store.cases.get(caseId)?.confirmed ?? null, store.outbox.pendingOf(caseId)).events,
  }
}
