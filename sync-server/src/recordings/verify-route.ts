import type { FastifyInstance } from 'fastify'
import type { RecordingManifest } from '../../../src-shared/recordings/manifest.ts'
import {
  type RecordingProof,
  recordingRoutes,
  type VerifyAnswer,
  verifyRequestSchema,
} from '../../../src-shared/recordings/upload-contract.ts'
import type { Archive } from './archive.ts'
import type { Incoming } from './incoming.ts'
import {
  type AccountOf,
  type RecordingAccount,
  type RecordingsOptions,
  refuse,
  type VerifiedRecording,
} from './options.ts'

type Parts<Account extends RecordingAccount> = {
  archive: Archive
  incoming: Incoming
  accountOf: AccountOf<Account>
  onVerified: RecordingsOptions<Account>['onVerified']
}

// A manifest has some 200 bytes for each second: more than a day's call stays under this.
const manifestLimitBytes = 32 * 1024 * 1024

export const mountVerify = <Account extends RecordingAccount>(scope: FastifyInstance, parts: Parts<Account>): void => {
  const { archive, incoming, accountOf, onVerified } = parts
  scope.post<{ Params: { recordingId: string } }>(
    recordingRoutes.verify(':recordingId'),
    { bodyLimit: manifestLimitBytes },
    async (request, reply): Promise<VerifyAnswer> => {
      const { recordingId } = request.params
      const body = verifyRequestSchema.safeParse(request.body)
      if (!body.success || body.data.manifest.recordingId !== recordingId) {
        return refuse(reply, 400, 'bad-request', 'the manifest cannot be read or is of another recording')
      }
      const { manifest } = body.data
      const isKept = (await archive.proof(recordingId)) !== null
      const audio = isKept ? new Uint8Array() : await incoming.take(recordingId)
      if (audio === null) return refuse(reply, 409, 'upload-missing', 'the audio is not here, or not all of it')
      const kept = await archive.keep(manifest, audio, accountOf(request).accountId)
      if (kept.state === 'head-differs') {
        return refuse(reply, 409, 'head-differs', 'another chain was countersigned under this id')
      }
      // Refused bytes are of no use to anyone: the desk still has its own and sends them from the start.
      await incoming.drop(recordingId)
      if (kept.state === 'chain-refused') {
        const refusal = refuse(reply, 422, 'chain-refused', 'what was received is not what the manifest says')
        return { ok: false, error: { ...refusal.error, fault: kept.fault } }
      }
      await onVerified(verifiedInfo(recordingId, kept.proof))
      return { ok: true, countersignature: kept.proof.countersignature }
    },
  )
}

const verifiedInfo = (recordingId: string, proof: RecordingProof): VerifiedRecording => {
  const end = proof.manifest.records.at(-1)
  const durationMs = end?.kind === 'end' ? end.durationMs : 0
  return { ...proof, recordingId, durationMs, sizeBytes: audioBytes(proof.manifest) }
}

const audioBytes = (manifest: RecordingManifest): number =>
  manifest.records.reduce((total, record) => total + (record.kind === 'slice' ? record.sizeBytes : 0), 0)
