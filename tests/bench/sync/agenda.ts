import type { CaseId } from '../../../src-shared/ids.ts'
import type { Step } from '../../../sync-server/src/demo/past-steps.ts'

/** The keeper looks at a case at this instant. */
export interface KeeperTurn {
  readonly at: number
  readonly caseId: CaseId
}

/** What happens next in the whole province: the cases come in order of their first step, later steps wait in a heap. */
export function openAgenda(past: Iterable<Step[]>, until: number) {
  const cases = past[Symbol.iterator]()
  const heap: (Step | KeeperTurn)[] = []
  let coming = cases.next()

  const add = (item: Step | KeeperTurn) => {
    let at = heap.push(item) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (heap[parent]!.at <= item.at) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = item
  }
  const take = (): Step | KeeperTurn => {
    const first = heap[0]!
    const last = heap.pop()!
    if (heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && heap[child + 1]!.at < heap[child]!.at) child += 1
      if (heap[child]!.at >= last.at) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
    return first
  }
  return {
    keeperAt(at: number, caseId: CaseId) {
      if (at <= until) add({ at, caseId })
    },
    next(): Step | KeeperTurn | null {
      while (!coming.done) {
        const first = coming.value[0]
        if (first !== undefined && heap.length > 0 && heap[0]!.at < first.at) break
        for (const step of coming.value) add(step)
        coming = cases.next()
      }
      return heap.length === 0 ? null : take()
    },
  }
}
