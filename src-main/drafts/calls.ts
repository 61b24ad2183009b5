import type { Account } from '../../src-shared/people/roles.ts'
import { mustBeSignedIn } from '../cases/queries.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Store } from '../store/store.ts'

/** A draft belongs to its author, and is on the disk when this answers (S32). */
export function draftCalls(parts: {
  readonly store: Pick<Store, 'drafts'>
  account(): Account | null
  now(): number
  toIso(at: number): string
}): HandlersOf<'drafts'> {
  const { drafts } = parts.store
  const author = () => mustBeSignedIn(parts.account()).id
  return {
    'drafts.save'({ draftId, form }) {
      const savedAt = parts.now()
      drafts.save(author(), { draftId, form }, savedAt)
      return { savedAt: parts.toIso(savedAt) }
    },
    'drafts.list': () => ({ drafts: drafts.list(author()) }),
    'drafts.discard'({ draftId }) {
      drafts.discard(author(), draftId)
      return {}
    },
  }
}
