import { isDeepStrictEqual } from 'node:util'
import type { ReferenceCopy } from '../../src-main/cases/reference-copy.ts'
import { openRules, type Rules } from '../../src-main/cases/rules.ts'
import { CallFailed } from '../../src-main/handlers.ts'
import type { Store } from '../../src-main/store/store.ts'
import { type Reference, referenceSchema } from '../../src-shared/api/sync.ts'

const references = new Map<string, Reference>()
const opened = new WeakMap<Reference, Rules>()

/** The same object for every desk that is sent the same text; nobody changes it. */
export function readReference(text: string): Reference {
  const known = references.get(text)
  if (known !== undefined) return known
  if (references.size > 100) references.clear()
  const reference = referenceSchema.parse(JSON.parse(text))
  references.set(text, reference)
  return reference
}

function rulesOf(reference: Reference): Rules {
  const known = opened.get(reference) ?? openRules(reference)
  opened.set(reference, known)
  return known
}

/** As `reference-copy.ts` keeps it; calendars are laid out once for all desks, which is most of what a start costs. */
export function openSharedReference(
  store: Pick<Store, 'meta' | 'articles' | 'transaction'>,
  onOtherTimes: () => void,
): ReferenceCopy {
  const stored = store.meta.get('reference')
  let rules = stored === null ? null : rulesOf(readReference(stored))
  return {
    rules: () => rules,
    need() {
      if (rules === null) throw new CallFailed('never-synced', 'the province has not been received yet')
      return rules
    },
    revision: () => rules?.reference.revision ?? 0,
    take(reference) {
      const before = rules?.reference
      rules = rulesOf(reference)
      store.transaction(() => {
        store.meta.set('reference', JSON.stringify(reference))
        store.articles.replaceAll(reference.articles)
      })
      if (before !== undefined && !isDeepStrictEqual(timesOf(before), timesOf(reference))) onOtherTimes()
    },
  }
}

const timesOf = ({ calendars, policy, policies }: Reference) => ({ calendars, policy, policies })
