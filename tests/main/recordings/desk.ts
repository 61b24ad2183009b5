import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Disk } from '../../../src-main/recordings/spool-writer.ts'
import { openVault, type Vault } from '../../../src-main/recordings/vault.ts'

export const freshDir = (): Promise<string> => mkdtemp(join(tmpdir(), 'recordings-'))

/** Bytes that no two places of which look alike. */
export const noise = (bytes: number): Buffer => Buffer.from(Array.from({ length: bytes }, (_, at) => (at * 7919) % 251))

export const inSlices = (bytes: Uint8Array, count: number): Uint8Array[] => {
  const size = Math.ceil(bytes.length / count)
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
}

export const aboutCall = {
  callId: 'call-1',
  number: '0912345678',
  direction: 'in',
  startedAt: '2026-09-03T08:00:00+07:00',
  accountId: 'agent-1',
  mimeType: 'audio/webm;codecs=opus',
} as const

export const vaultKey = Buffer.alloc(32, 7)

export class SteppingClock {
  #nowMs = Date.parse('2026-09-03T08:10:00+07:00')
  now(): number {
    return this.#nowMs
  }
  step(ms: number): void {
    this.#nowMs += ms
  }
}

export const vaultAt = (dir: string, clock: { now(): number }, disk?: Disk): Promise<Vault> =>
  openVault({ dir, key: vaultKey, clock, newId: randomUUID, ...(disk && { disk }) })

export const keepCall = async (vault: Vault, slices: readonly Uint8Array[], durationMs = 5_000): Promise<string> => {
  const { recordingId } = await vault.begin(aboutCall)
  for (const [index, slice] of slices.entries()) await vault.append(recordingId, index, slice)
  await vault.finish(recordingId, { durationMs })
  return recordingId
}
