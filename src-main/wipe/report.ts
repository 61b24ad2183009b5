import type { Wiped } from '../../src-shared/api/sync.ts'
import { wipedSchema } from '../../src-shared/api/sync.ts'
import type { After } from '../sync/sync-api.ts'
import { lastWipe, noteReported, type Wipe } from './wipe-marks.ts'

const firstWaitMs = 2_000
const longestWaitMs = 300_000

/** S40: tells the server until it has heard that the desk was wiped and what was lost; needs nobody signed in. */
export function reportWipe(parts: {
  readonly dataDir: string
  readonly after: After
  wiped(wiped: Wiped): Promise<void>
  onReported(): void
  onFailed(error: unknown): void
}): {
  /** The server has the order open again: it was brought back from a backup of before it heard. */
  again(): void
  stop(): void
} {
  let cancel = () => {}
  let isStopped = false
  let isTelling = false
  const tell = async (wipe: Wipe, waitMs: number): Promise<void> => {
    try {
      await parts.wiped(wipedSchema.parse(wipe))
      await noteReported(parts.dataDir, wipe)
      isTelling = false
      if (!isStopped) parts.onReported()
    } catch (error) {
      if (isStopped) return
      parts.onFailed(error)
      cancel = parts.after(waitMs, () => void tell(wipe, Math.min(waitMs * 2, longestWaitMs)))
    }
  }
  const begin = async (isAgain: boolean): Promise<void> => {
    if (isTelling || isStopped) return
    isTelling = true
    const wipe = await lastWipe(parts.dataDir)
    if (wipe !== null && (isAgain || !wipe.isReported)) return tell(wipe, firstWaitMs)
    isTelling = false
  }
  const failed = (error: unknown) => {
    isTelling = false
    parts.onFailed(error)
  }
  void begin(false).catch(failed)
  return {
    again: () => void begin(true).catch(failed),
    stop() {
      isStopped = true
      cancel()
    },
  }
}
