import { isDeepStrictEqual } from 'node:util'
import { type Reference, referenceSchema } from '../../src-shared/api/sync.ts'
import { CallFailed } from '../handlers.ts'
import type { Store } from '../store/store.ts'
import { openRules, type Rules } from './rules.ts'

/** The province as the server last sent it: kept whole, by revision (S17). */
export interface ReferenceCopy {
  rules(): Rules | null
  /** @throws CallFailed `never-synced` where nothing has been received yet. */
  need(): Rules
  revision(): number
  take(reference: Reference): void
}

/** @param onChanged whether deadlines are counted by something else from here on */
export function openReferenceCopy(
  store: Pick<Store, 'meta' | 'articles' | 'transaction'>,
  onChanged: (reference: Reference, areDeadlinesOther: boolean) => void,
): ReferenceCopy {
  const stored = store.meta.get('reference')
  let rules = stored === null ? null : openRules(referenceSchema.parse(JSON.parse(stored)))
  return {
    rules: () => rules,
    need() {
      if (rules === null) throw new CallFailed('never-synced', 'the province has not been received yet')
      return rules
    },
    revision: () => rules?.reference.revision ?? 0,
    take(reference) {
      const before = rules?.reference
      rules = openRules(reference)
      store.transaction(() => {
        store.meta.set('reference', JSON.stringify(reference))
        store.articles.replaceAll(reference.articles)
      })
      onChanged(reference, before !== undefined && !isDeepStrictEqual(timesOf(before), timesOf(reference)))
    },
  }
}

/** What deadlines are counted by. */
const timesOf = ({ calendars, policy, policies }: Reference) => ({ calendars, policy, policies })
