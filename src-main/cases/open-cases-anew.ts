import type { CaseId } from '../../src-shared/ids.ts'
import type { Store } from '../store/store.ts'
import type { RegisterCopy } from './register-copy.ts'

const together = 50

/**
 * Shows every open case anew after the calendars or the policy changed (D14): an event that names a new act may have come
 * before the calendar that holds it. A few cases at a time, so that a call that rings meanwhile is answered at once.
 */
export async function showOpenCases(
  store: Store,
  copy: RegisterCopy,
  parts: { isOver(): boolean; onShown(caseIds: CaseId[]): void },
): Promise<void> {
  const ids = store.cases.openIds()
  for (let from = 0; from < ids.length; from += together) {
    await new Promise((resolve) => setImmediate(resolve))
    if (parts.isOver()) return
    const some = ids.slice(from, from + together)
    store.transaction(() => {
      for (const caseId of some) copy.show(caseId)
    })
    parts.onShown(some)
  }
}
