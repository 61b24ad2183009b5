import { isSigned } from './hashing.ts'
import type { RecordingEntry } from './shelf.ts'
import type { Vault } from './vault.ts'

export type RetentionOptions = {
  vault: Vault
  /** Local copies are kept this long after the server's countersignature. */
  keepDays: number
  /** Epoch milliseconds. */
  clock: { now(): number }
  /** True keeps the copy whatever its age: a complaint or an inspection is under way. */
  isHeld?(recording: RecordingEntry): boolean
}

const dayMs = 86_400_000

/**
 * Removes local copies that are old enough and that the server has countersigned. Each is read and verified once more
 * and must still have the very head that was signed; anything else stays. Returns the ids removed.
 */
export const sweepRetention = async (options: RetentionOptions): Promise<string[]> => {
  const { vault, keepDays, clock, isHeld } = options
  const removed: string[] = []
  for (const recording of vault.list()) {
    const { recordingId, state, countersignature } = recording
    if (state !== 'uploaded' || countersignature === null || isHeld?.(recording)) continue
    if (clock.now() < Date.parse(countersignature.at) + keepDays * dayMs) continue
    const { manifest } = await vault.read(recordingId)
    if (manifest?.head !== countersignature.head || !isSigned(countersignature)) continue
    await vault.remove(recordingId)
    removed.push(recordingId)
  }
  return removed
}
