import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { RecordingManifest } from '../../../src-shared/recordings/manifest.ts'
import { proofSchema, type RecordingProof } from '../../../src-shared/recordings/upload-contract.ts'
import { type ChainFault, cutSlices, findChainFault } from '../../../src-shared/recordings/verify.ts'
import { makeSeekable } from '../../../src-shared/recordings/webm-duration.ts'
import type { SigningKey } from './signing-key.ts'
import { sha256 } from './verify-recording.ts'

export type Kept =
  | { state: 'kept'; proof: RecordingProof }
  | { state: 'chain-refused'; fault: ChainFault }
  | { state: 'head-differs' }

/**
 * The verified recordings: per recording the audio as received (`.original`), the same made to seek (`.webm`) and its
 * proof (`.proof.json`). The proof is written last; without it the recording is not there.
 */
export class Archive {
  readonly #dir: string
  readonly #signingKey: SigningKey
  readonly #now: () => string
  readonly #turns = new Map<string, Promise<unknown>>()

  constructor(dir: string, signingKey: SigningKey, now: () => string) {
    this.#dir = dir
    this.#signingKey = signingKey
    this.#now = now
  }

  audioPath(recordingId: string): string {
    return join(this.#dir, `${recordingId}.webm`)
  }

  originalPath(recordingId: string): string {
    return join(this.#dir, `${recordingId}.original`)
  }

  async proof(recordingId: string): Promise<RecordingProof | null> {
    const text = await readFile(this.#proofPath(recordingId), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    return text === null ? null : proofSchema.parse(JSON.parse(text))
  }

  /**
   * Recomputes the chain over the received audio and, when it holds, keeps both and countersigns the head. One at a
   * time for each recording, so that two answers never carry two signatures.
   */
  keep(manifest: RecordingManifest, audio: Uint8Array, uploadedBy: string): Promise<Kept> {
    const { recordingId } = manifest
    const turn = (this.#turns.get(recordingId) ?? Promise.resolve()).then(() => this.#keep(manifest, audio, uploadedBy))
    const settled = turn
      .catch(() => {})
      .then(() => {
        if (this.#turns.get(recordingId) === settled) this.#turns.delete(recordingId)
      })
    this.#turns.set(recordingId, settled)
    return turn
  }

  async #keep(manifest: RecordingManifest, audio: Uint8Array, uploadedBy: string): Promise<Kept> {
    const { recordingId, head } = manifest
    const earlier = await this.proof(recordingId)
    if (earlier !== null) {
      return earlier.manifest.head === head ? { state: 'kept', proof: earlier } : { state: 'head-differs' }
    }
    const slices = cutSlices(manifest, audio)
    if (slices === null) return { state: 'chain-refused', fault: { code: 'size-differs', number: 0 } }
    const fault = findChainFault(manifest, slices, sha256)
    if (fault !== null) return { state: 'chain-refused', fault }

    await mkdir(this.#dir, { recursive: true, mode: 0o700 })
    await writeSecured(this.originalPath(recordingId), audio)
    await writeSecured(this.audioPath(recordingId), makeSeekable(audio) ?? audio)
    const countersignature = this.#signingKey.countersign({ recordingId, head, at: this.#now() })
    const proof: RecordingProof = { manifest, countersignature, uploadedBy }
    await writeSecured(this.#proofPath(recordingId), Buffer.from(JSON.stringify(proof)))
    return { state: 'kept', proof }
  }

  #proofPath(recordingId: string): string {
    return join(this.#dir, `${recordingId}.proof.json`)
  }
}

// The desk drops its copy on our word, so the word is given only when the bytes would survive a power cut.
const writeSecured = async (path: string, bytes: Uint8Array): Promise<void> => {
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  if (process.platform === 'win32') return
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
