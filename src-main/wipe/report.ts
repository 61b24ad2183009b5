import type { Wiped } from '../../src-shared/api/sync.ts'
import { wipedSchema } from '../../src-shared/api/sync.ts'
import type { After } from '../sync/sync-api.ts'
import { lastWipe, noteReported } from './wipe-marks.ts'

const firstWaitMs = 2_000
const longestWaitMs = 300_000

/** S40: tells the server until it has heard that the desk was wiped and what was lost; needs nobody signed in. */
export function reportWipe(parts: {
  readonly dataDir: string
  readonly after: After
  wiped(wiped: Wiped): Promise<void>
  onReported(): void
  onFailed(error: unknown): void
}): { stop(): void } {
  let cancel = () => {}
  let isStopped = false
  const tell = async (waitMs: number): Promise<void> => {
    const wipe = await lastWipe(parts.dataDir)
    if (wipe === null || wipe.isReported) return
    try {
      await parts.wiped(wipedSchema.parse(wipe))
      await noteReported(parts.dataDir, wipe)
      if (!isStopped) parts.onReported()
    } catch (error) {
      if (isStopped) return
      parts.onFailed(error)
      const next = Math.min(waitMs * 2, longestWaitMs)
      cancel = parts.after(waitMs, () => void tell(next).catch(parts.onFailed))
    }
  }
  void tell(firstWaitMs).catch(parts.onFailed)
  return {
    stop() {
      isStopped = true
      cancel()
    },
  }
}
