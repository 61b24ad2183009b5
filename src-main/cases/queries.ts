import { type CaseView, caseViews } from '../../src-shared/bridge.ts'
import { clockView, readCaseClock } from '../../src-shared/cases/case-clock.ts'
import { caseProof } from '../../src-shared/cases/case-proof.ts'
import { parseCode } from '../../src-shared/cases/codes.ts'
import type { CaseEvent } from '../../src-shared/cases/events.ts'
import { describeEvent } from '../../src-shared/cases/journal-words.ts'
import type { CaseRow, ClockView, RecordingRow } from '../../src-shared/cases/views.ts'
import { availableCommands } from '../../src-shared/people/permissions.ts'
import type { Account } from '../../src-shared/people/roles.ts'
import { normalisePhone } from '../../src-shared/words/fold.ts'
import { CallFailed, type HandlersOf } from '../handlers.ts'
import type { KnowledgeSearch } from '../knowledge/search.ts'
import type { ListWho, StoredCase } from '../store/cases.ts'
import { matchAll } from '../store/match.ts'
import type { Store } from '../store/store.ts'
import type { RegisterCopy } from './register-copy.ts'
import type { Rules } from './rules.ts'
import { rowOf } from './shown.ts'

export interface QueryParts {
  readonly store: Store
  readonly copy: RegisterCopy
  readonly knowledge: KnowledgeSearch
  rules(): Rules | null
  account(): Account | null
  now(): number
  /** The recordings the register names for a case, from here or from the server. */
  recordingsOf(caseId: string, events: readonly CaseEvent[]): RecordingRow[]
}

type Queries = Pick<HandlersOf<'cases'>, 'cases.list' | 'cases.get' | 'cases.byPhone' | 'cases.watched'> &
  HandlersOf<'find'>

/** Everything a window asks of the cases; answered from the local database alone, so it works without a link. */
export function caseQueries(parts: QueryParts): Queries {
  const { store } = parts
  const clockOf = (stored: StoredCase): ClockView | null => {
    const rules = parts.rules()
    if (rules === null) return null
    // A refused act is in no prediction: it leaves the deadline as the register has it.
    const isPredicted = stored.confirmed?.version !== stored.shown.version
    return clockView(stored.shown, rules.hours, parts.now(), isPredicted)
  }
  const row = (stored: StoredCase): CaseRow => rowOf(stored, clockOf(stored))
  const who = () => ({ accountId: parts.account()?.id ?? '', now: parts.now() })

  return {
    'cases.list'(input) {
      const code = parseCode(input.text)
      if (code.ok) {
        const found = store.cases.getByCode(code.code)
        return { rows: found ? [row(found)] : [], total: found ? 1 : 0, counts: counts(store, who()) }
      }
      const { cases, total } = store.cases.list(input.view, {
        ...who(),
        offset: input.offset,
        limit: input.limit,
        match: matchAll(input.text),
      })
      return { rows: cases.map(row), total, counts: counts(store, who()) }
    },

    'cases.get'({ caseId }) {
      const stored = store.cases.get(caseId)
      const rules = parts.rules()
      const account = parts.account()
      if (stored === null || rules === null || account === null) return { detail: null }
      const words = (event: CaseEvent) => describeEvent(event, 'vi', rules.reference.directory)
      const confirmed = store.cases.events(caseId)
      const predicted = parts.copy.predictions(caseId)
      return {
        detail: {
          state: stored.shown,
          row: row(stored),
          events: [
            ...confirmed.map((event) => ({ event, seq: event.seq, sync: 'confirmed' as const, text: words(event) })),
            ...predicted.map((event) => ({ event, seq: null, sync: 'waiting' as const, text: words(event) })),
          ],
          clock: clockOf(stored),
          proof: caseProof(readCaseClock(stored.shown, rules.hours, parts.now()), rules.hours),
          recordings: parts.recordingsOf(caseId, [...confirmed, ...predicted]),
          available: availableCommands(stored.shown, account),
        },
      }
    },

    'cases.watched'({ mark, agencyId, limit }) {
      const { cases, total } = store.cases.watched(mark, agencyId, limit)
      return { rows: cases.map(row), total }
    },

    'cases.byPhone'({ phone }) {
      const folded = normalisePhone(phone)
      if (folded.length < 3) return { citizen: null, total: 0, rows: [] }
      const { cases, total } = store.cases.byPhone(folded, 20)
      const known = cases.find(({ shown }) => shown.citizen.name !== '')?.shown.citizen
      return {
        citizen: known ? { name: known.name, address: known.address, email: known.email } : null,
        total,
        rows: cases.map(row),
      }
    },

    'find.anything'({ text }) {
      const code = parseCode(text)
      if (code.ok) {
        const found = store.cases.getByCode(code.code)
        return { cases: found ? [row(found)] : [], articles: [], codeProblem: null }
      }
      const match = matchAll(text)
      const digits = text.replace(/[\s.+()-]/g, '')
      const cases = /^\d{6,}$/.test(digits)
        ? store.cases.byPhone(normalisePhone(digits), 8).cases
        : match === null
          ? []
          : store.cases.search(match, 8)
      // Only a text with the look of a code is taken for a mistyped one, and only codes that exist are proposed.
      const looksLikeCode = /^\s*\d{2}[\s.-]?\d{3,7}[\s.-]?\p{L}?\s*$/u.test(text)
      const suggestions = code.suggestions.filter((suggested) => store.cases.getByCode(suggested) !== null)
      return {
        cases: cases.map(row),
        articles: parts.knowledge.search(text, null).slice(0, 5),
        codeProblem: looksLikeCode ? { problem: code.problem, suggestions } : null,
      }
    },
  }
}

function counts(store: Store, who: ListWho): Partial<Record<CaseView, number>> {
  return Object.fromEntries(caseViews.map((view) => [view, store.cases.count(view, who)]))
}

/** @throws CallFailed when nobody is signed in. */
export function mustBeSignedIn(account: Account | null): Account {
  if (account === null) throw new CallFailed('signed-out', 'nobody is signed in at this desk')
  return account
}
