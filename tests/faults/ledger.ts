import type { CaseId } from '../../src-shared/ids.ts'

/** An act as the person who gave it knows it: by words of its own that stand in no other. */
export interface Act {
  readonly mark: string
  readonly seat: string
  readonly name: 'case.open' | 'case.amend' | 'slip.send'
  /** Of the case it was done on; for an opening once the desk has said so. */
  caseId: CaseId | null
  code: string | null
  /** The desk said "done": from here on it must not be lost. */
  isAcknowledged: boolean
  /** Refused on the spot, by the rules: the person was told, and nothing was kept. */
  isRefused: boolean
}

/** What the desks have told their people: kept outside of them, so that no death changes it. */
export interface Ledger {
  readonly acts: Act[]
  /** Each code that was told, and for which draft. */
  readonly told: Map<string, string>
  /** A code that was told for two drafts. */
  readonly toldTwice: string[]
  /** The last words of each draft that the desk said it had saved. */
  readonly drafts: Map<string, { seat: string; savedMark: string; laterMarks: Set<string> }>
  /** What a desk answered in fault's absence with something else than it should. */
  readonly surprises: string[]
  newMark(seat: string): string
  tell(code: string, draftId: string): void
  /** Acknowledged openings, for whoever does something to a case. */
  knownCases(): readonly (Act & { readonly caseId: CaseId })[]
}

export function openLedger(): Ledger {
  let marks = 0
  const acts: Act[] = []
  const told = new Map<string, string>()
  const toldTwice: string[] = []
  return {
    acts,
    told,
    toldTwice,
    drafts: new Map(),
    surprises: [],
    newMark(seat) {
      marks += 1
      return `[${seat}.${marks}]`
    },
    tell(code, draftId) {
      const before = told.get(code)
      if (before !== undefined && before !== draftId) toldTwice.push(`${code}: ${before} and ${draftId}`)
      told.set(code, draftId)
    },
    knownCases: () =>
      acts.filter((act) => act.name === 'case.open' && act.isAcknowledged) as (Act & { readonly caseId: CaseId })[],
  }
}

/** The marks in a text. */
export const marksIn = (text: string): string[] => text.match(/\[[\w-]+\.\d+\]/g) ?? []
