import type { Reference } from '../../../src-shared/api/sync.ts'
import type { ProvinceReference } from '../demo/province-files.ts'
import type { Store } from '../store/store.ts'
import { type ReferenceBook, referenceBook } from './reference-book.ts'

/**
 * The province's files are the truth of what is not a case; the store remembers what was last sent out. A change of any part
 * raises the revision by one, and every desk takes the whole anew.
 */
export async function openReference(
  store: Store,
  { fingerprint, ...files }: ProvinceReference,
): Promise<{ book: ReferenceBook; isNew: boolean }> {
  const { revision, isNew } = await store.write(async (tx) => {
    if ((await tx.reference.part('fingerprint')) === fingerprint) {
      return { revision: await tx.reference.revision(), isNew: false }
    }
    for (const [part, body] of Object.entries(files)) await tx.reference.putPart(part, JSON.stringify(body))
    await tx.reference.putPart('fingerprint', fingerprint)
    return { revision: await tx.reference.raiseRevision(), isNew: true }
  })
  const reference: Reference = { ...files, revision }
  return { book: referenceBook(reference), isNew }
}
