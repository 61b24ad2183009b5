import type { Meet } from '../../../src-shared/api/sync.ts'
import type { DeskTold } from '../store/desks.ts'
import type { Store } from '../store/store.ts'

export interface Telling {
  readonly told: DeskTold
  readonly blocks: Meet['blocks']
  readonly at: number
}

/**
 * What desks tell when they meet (S26, S21), written down together with what others tell meanwhile: after an outage five hundred
 * come back at once, and the disk is not waited for by one after the other.
 * @returns resolves when it is on the disk
 */
export function tellTogether(store: Store): (telling: Telling) => Promise<void> {
  let waiting: Telling[] = []
  let next: Promise<void> | null = null
  let last: Promise<void> = Promise.resolve()

  const writeDown = (): Promise<void> => {
    const taken = waiting
    waiting = []
    next = null
    return store.write(async (tx) => {
      for (const { told, blocks, at } of taken) {
        await tx.desks.putTold(told, at)
        for (const block of blocks) await tx.desks.setNext(told.deskId, block)
      }
    })
  }
  return (telling) => {
    waiting.push(telling)
    if (next !== null) return next
    next = last.then(writeDown, writeDown)
    last = next
    return next
  }
}
