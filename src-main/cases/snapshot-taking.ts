import type { Store } from '../store/store.ts'
import { foldedBy } from './refold.ts'
import type { RegisterCopy } from './register-copy.ts'

type Taking = Pick<RegisterCopy, 'snapshot' | 'beginSnapshot' | 'applyPart' | 'finishSnapshot'>

/** The first sync by parts of a register that the server folded beforehand (S35–S37). */
export function openSnapshotTaking(store: Store, showing: { show(caseId: string): void; now(): number }): Taking {
  const mustBe = (id: string) => {
    const state = store.snapshot.state()
    if (state?.manifest.id !== id) throw new Error(`snapshot ${id} is not the one that was begun`)
    return state
  }

  return {
    snapshot: () => store.snapshot.state(),

    beginSnapshot(manifest) {
      store.bulk(true)
      if (store.snapshot.state()?.manifest.id === manifest.id) return
      store.transaction(() => {
        store.snapshot.clear()
        store.snapshot.begin(manifest)
        store.outbox.caseIds().forEach(showing.show)
      })
    },

    applyPart(manifest, part, image) {
      if (mustBe(manifest.id).done.includes(part.index)) return
      const asked = store.outbox.caseIds()
      const { brings, inTheWay } =
        part.holds === 'cases' && asked.size > 0 ? store.snapshot.meets(image, asked) : { brings: [], inTheWay: [] }
      // The rows of the part take their place; killed in between, the end of the snapshot shows them all the same.
      if (inTheWay.length > 0) store.transaction(() => inTheWay.forEach(store.cases.remove))
      store.keep(() => store.snapshot.apply(part, image))
      const again = new Set([...brings, ...inTheWay])
      if (again.size > 0) store.transaction(() => again.forEach(showing.show))
    },

    async finishSnapshot(manifest) {
      const { done } = mustBe(manifest.id)
      if (done.length < manifest.parts.length) {
        throw new Error(`only ${done.length} of ${manifest.parts.length} parts of the snapshot are in`)
      }
      store.transaction(() => {
        store.snapshot.end()
        store.meta.set('cursor', manifest.seq)
        store.meta.set('head', manifest.head)
        store.meta.set('register_id', manifest.registerId)
        store.meta.set('fold_version', foldedBy)
        const asked = store.outbox.caseIds()
        store.outbox.settle(manifest.seq, showing.now())
        asked.forEach(showing.show)
        store.codes.releaseConfirmed()
      })
      store.bulk(false)
    },
  }
}
