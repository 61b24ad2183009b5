import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import { openVault, type Vault } from '../../../src-main/recordings/vault.ts'
import type { HeardBytes, RecordingAccount, VerifiedRecording } from '../../../sync-server/src/recordings/options.ts'
import { registerRecordings } from '../../../sync-server/src/recordings/register-recordings.ts'

export const freshDir = (): Promise<string> => mkdtemp(join(tmpdir(), 'recordings-'))

export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0
if (!hasFfmpeg) console.log('skipped: ffmpeg is not installed, so there is no real webm to work on')

/** A webm as a recorder streams it: opus in two channels, no duration, written to a pipe that cannot seek. */
export const streamedWebm = (seconds: number, bitrate = '64k'): Buffer => {
  const sine = `sine=frequency=440:duration=${seconds}`
  const live = ['-c:a', 'libopus', '-b:a', bitrate, '-f', 'webm', '-live', '1', 'pipe:1']
  const made = spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', sine, '-ac', '2', ...live], {
    maxBuffer: 256 * 1024 * 1024,
  })
  if (made.status !== 0) throw new Error(made.stderr.toString())
  return made.stdout
}

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

export const vaultAt = (dir: string, clock: { now(): number }): Promise<Vault> =>
  openVault({ dir, key: vaultKey, clock, newId: randomUUID })

export const keepCall = async (vault: Vault, slices: readonly Uint8Array[], durationMs = 5_000): Promise<string> => {
  const { recordingId } = await vault.begin(aboutCall)
  for (const [index, slice] of slices.entries()) await vault.append(recordingId, index, slice)
  await vault.finish(recordingId, { durationMs })
  return recordingId
}

export type Line = {
  app: FastifyInstance
  url: string
  port: number
  verified: VerifiedRecording[]
  heard: HeardBytes<RecordingAccount>[]
}

/** A real server on a free port (or the one given): the token `desk` uploads, `supervisor` may also listen. */
export const openLine = async (dir: string, clock: { now(): number }, port = 0, maxBytes?: number): Promise<Line> => {
  const app = fastify({ forceCloseConnections: true })
  const verified: VerifiedRecording[] = []
  const heard: HeardBytes<RecordingAccount>[] = []
  await registerRecordings(app, {
    dir,
    signingKeyFile: join(dir, 'keys', 'countersign.pem'),
    clock,
    authorize: (request) => {
      const token = /^Bearer (desk|supervisor)$/.exec(request.headers.authorization ?? '')?.[1]
      return token === undefined ? null : { accountId: token }
    },
    canListen: (account) => account.accountId === 'supervisor',
    onVerified: (info) => void verified.push(info),
    onListened: (info) => void heard.push(info),
    ...(maxBytes === undefined ? {} : { maxBytes }),
  })
  await app.listen({ host: '127.0.0.1', port })
  const bound = (app.server.address() as AddressInfo).port
  return { app, url: `http://127.0.0.1:${bound}`, port: bound, verified, heard }
}
