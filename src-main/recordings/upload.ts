import { joinBytes } from '../../src-shared/recordings/ebml.ts'
import type { RecordingManifest } from '../../src-shared/recordings/manifest.ts'
import { recordingRoutes, type VerifyAnswer, verifyAnswerSchema } from '../../src-shared/recordings/upload-contract.ts'
import type { Countersignature } from '../../src-shared/recordings/verify.ts'
import { isSigned } from './hashing.ts'
import { isSettled, type RecordingEntry } from './shelf.ts'
import { sendByTus, UploadFailure } from './tus-transfer.ts'
import type { Vault } from './vault.ts'

export type UploaderOptions = {
  vault: Vault
  baseUrl: string
  /** The session's bearer token; null while nobody is signed in. */
  token(): Promise<string | null> | string | null
  /** Epoch milliseconds. */
  clock: { now(): number }
  fetch?: typeof fetch
  /** Base64 SPKI of the province's signing key, where it was given to the desk beforehand. */
  publicKey?: string
}

export type UploadOutcome = 'countersigned' | 'damaged' | 'failed'
export type UploadReport = { recordingId: string; outcome: UploadOutcome; why: string | null }

export type Uploader = { runOnce(): Promise<UploadReport[]> }

const firstWaitMs = 15_000
const longestWaitMs = 3_600_000
const answerLimitMs = 120_000

/**
 * Sends finished recordings to the server, oldest first, and keeps its countersignature. `runOnce` tries each that is
 * due and never rejects; a failure sets the time of the next try (15 s, doubled up to an hour), beside the recording.
 * When the server cannot be reached the run stops. Two runs at once are one.
 */
export const createUploader = (options: UploaderOptions): Uploader => {
  let running: Promise<UploadReport[]> | null = null
  return {
    runOnce: () => {
      running ??= runAll(options).finally(() => {
        running = null
      })
      return running
    },
  }
}

const runAll = async (options: UploaderOptions): Promise<UploadReport[]> => {
  const reports: UploadReport[] = []
  for (const recording of options.vault.list().filter((each) => isDue(each, options.clock.now()))) {
    const token = await options.token()
    if (token === null) break
    const report = await uploadOne(options, recording, token)
    reports.push(report)
    if (report.why === 'unreachable' || report.why === 'not-authorised') break
  }
  return reports
}

const isDue = (recording: RecordingEntry, nowMs: number): boolean => {
  if (recording.state === 'uploaded' || !isSettled(recording, nowMs)) return false
  return recording.upload.nextAt === null || nowMs >= Date.parse(recording.upload.nextAt)
}

const uploadOne = async (options: UploaderOptions, recording: RecordingEntry, token: string): Promise<UploadReport> => {
  const { vault } = options
  const { recordingId } = recording
  const attempts = recording.upload.attempts + 1
  const waitMs = Math.min(firstWaitMs * 2 ** Math.min(attempts - 1, 20), longestWaitMs)
  const nextAt = new Date(options.clock.now() + waitMs).toISOString()
  try {
    // Before the first byte: a crash in mid-upload waits its turn too.
    await vault.noteUpload(recordingId, { attempts, nextAt })
    const { manifest, slices, damage } = await vault.read(recordingId)
    if (manifest === null) return { recordingId, outcome: 'damaged', why: damage }
    const countersignature = await countersign(options, manifest, slices, token)
    await vault.countersigned(recordingId, countersignature)
    return { recordingId, outcome: 'countersigned', why: null }
  } catch (error) {
    const why = error instanceof UploadFailure ? error.code : 'local-failure'
    const lastError = error instanceof Error ? `${why}: ${error.message}` : why
    await vault.noteUpload(recordingId, { lastError }).catch(() => {})
    return { recordingId, outcome: 'failed', why }
  }
}

/** Asks for the countersignature; uploads first where the server says that the audio is not there. */
const countersign = async (
  options: UploaderOptions,
  manifest: RecordingManifest,
  slices: readonly Uint8Array[],
  token: string,
): Promise<Countersignature> => {
  const { recordingId } = manifest
  let answer = await askToVerify(options, manifest, token)
  if (!answer.ok && answer.error.code === 'upload-missing') {
    const endpoint = new URL(recordingRoutes.upload, options.baseUrl).href
    const begun = options.vault.find(recordingId)?.upload.url ?? null
    await sendByTus({
      endpoint,
      // The token goes to this server alone: a place on an earlier one is forgotten.
      url: begun?.startsWith(`${endpoint}/`) ? begun : null,
      token,
      audio: Buffer.from(joinBytes(slices)),
      metadata: { recordingId, mimeType: manifest.header.mimeType },
      onUrl: (url) => options.vault.noteUpload(recordingId, { url }),
    })
    answer = await askToVerify(options, manifest, token)
  }
  if (!answer.ok) {
    // The server has dropped what it refused, so the next try begins from the first byte.
    if (answer.error.code === 'chain-refused') await options.vault.noteUpload(recordingId, { url: null })
    throw new UploadFailure(answer.error.code, answer.error.message)
  }
  const { countersignature } = answer
  const isOurs = countersignature.recordingId === recordingId && countersignature.head === manifest.head
  const isKnownKey = options.publicKey === undefined || countersignature.publicKey === options.publicKey
  if (!isOurs || !isKnownKey || !isSigned(countersignature)) {
    throw new UploadFailure('countersignature-wrong', 'the server did not sign the head of this recording')
  }
  return countersignature
}

const askToVerify = async (
  options: UploaderOptions,
  manifest: RecordingManifest,
  token: string,
): Promise<VerifyAnswer> => {
  const url = new URL(recordingRoutes.verify(manifest.recordingId), options.baseUrl)
  const request = {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ manifest }),
    signal: AbortSignal.timeout(answerLimitMs),
  }
  const send = options.fetch ?? fetch
  let status = 0
  let body: unknown
  try {
    const response = await send(url, request)
    status = response.status
    body = await response.json()
  } catch (error) {
    throw new UploadFailure('unreachable', status === 0 ? 'no answer' : `an unreadable answer (${status})`, error)
  }
  const answer = verifyAnswerSchema.safeParse(body)
  if (!answer.success) throw new UploadFailure('unreachable', `an answer that is not the contract's (${status})`)
  return answer.data
}
