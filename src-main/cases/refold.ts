import { fold, foldVersion } from '../../src-shared/cases/apply.ts'
import { columnsVersion } from '../../src-shared/cases/columns.ts'
import { foldWordsVersion } from '../../src-shared/words/fold.ts'
import type { Store } from '../store/store.ts'
import type { Put } from './showing.ts'

/** By what the cases kept here were folded; another program folds them anew. */
export const foldedBy = `fold-${foldVersion} columns-${columnsVersion} words-${foldWordsVersion}`

const together = 500

/**
 * Folds every case anew from its events, where an older program folded them: some at a time, so that a kill in the middle costs only
 * the time, and with the search index behind (S34).
 */
export function openRefold(store: Store, put: Put): () => void {
  const some = (from: number): number | null => {
    const ids = store.cases.idsAfter(from, together)
    for (const { caseId } of ids) {
      put(caseId, fold(store.cases.events(caseId)), { before: undefined, isIndexedAtOnce: false })
    }
    return ids.at(-1)?.row ?? null
  }
  return () => {
    if (store.meta.get('fold_version') === foldedBy) return
    // Half a snapshot was folded by its server, and what is asked for is shown anew at its end.
    if (store.snapshot.isLoading()) return
    for (let row: number | null = 0; row !== null; ) {
      const from: number = row
      row = store.transaction(() => some(from))
    }
    store.transaction(() => store.meta.set('fold_version', foldedBy))
  }
}
