import type { CommandInput } from '../../src-shared/cases/commands.ts'
import { recordingIdSchema } from '../../src-shared/ids.ts'
import type { Cases } from '../store/cases.ts'
import { isSettled } from './shelf.ts'
import type { Vault } from './vault.ts'

/**
 * Ties finished recordings to the case written in the same call, whichever of the two was ready first.
 * `give` asks for `recording.attach`; it answers whether that was done.
 */
export async function attachFinished(
  vault: Vault,
  cases: Cases,
  now: number,
  give: (caseId: string, input: CommandInput<'recording.attach'>) => boolean,
): Promise<void> {
  for (const entry of vault.list()) {
    // A desk restarted in a call may take a salvaged recording up again: its head is not final yet.
    if (entry.caseId !== null || !isSettled(entry, now)) continue
    if (entry.chainHead === null || entry.durationMs === null) continue
    const found = cases.getByCall(entry.callId)
    if (found === null) continue
    const given = give(found.shown.id, {
      recordingId: recordingIdSchema.parse(entry.recordingId),
      callId: entry.callId,
      startedAt: entry.startedAt,
      durationMs: entry.durationMs,
      chainHead: entry.chainHead,
    })
    if (given) await vault.attach(entry.recordingId, found.shown.id)
  }
}
