import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RecordingProof } from '../../../src-shared/recordings/upload-contract.ts'

/** Who asks; the composition's own account has more. */
export type RecordingAccount = { readonly accountId: string }

export type VerifiedRecording = RecordingProof & { recordingId: string; durationMs: number; sizeBytes: number }

export type HeardBytes<Account extends RecordingAccount> = {
  account: Account
  recordingId: string
  at: string
  fromByte: number
  toByte: number
}

export type RecordingsOptions<Account extends RecordingAccount> = {
  dir: string
  /** PKCS#8 PEM of an Ed25519 key; made when it is not there. */
  signingKeyFile: string
  /** Epoch milliseconds. */
  clock: { now(): number }
  authorize(request: FastifyRequest): Promise<Account | null> | Account | null
  /** May this account hear the recording and see its proof? */
  canListen(account: Account, recordingId: string): Promise<boolean> | boolean
  /** Once the countersignature is on the disk; again for the same recording when a desk asks again. */
  onVerified(info: VerifiedRecording): Promise<void> | void
  /**
   * S4 Đ.11 k.1: who heard what. Called for each request before its first byte is sent (a player makes several; logging
   * only those from the start would let one skip it); if it fails, nothing is sent. Bytes are inclusive.
   */
  onListened?(info: HeardBytes<Account>): Promise<void> | void
  /** Default 256 MiB, some fifteen hours of a stereo call. */
  maxBytes?: number
}

/** The account of a request, as the gate found it. */
export type AccountOf<Account extends RecordingAccount> = (request: FastifyRequest) => Account

export type RefusalBody<Code extends string> = { ok: false; error: { code: Code; message: string } }

export const refuse = <Code extends string>(
  reply: FastifyReply,
  status: number,
  code: Code,
  message: string,
): RefusalBody<Code> => {
  reply.code(status)
  return { ok: false, error: { code, message } }
}
