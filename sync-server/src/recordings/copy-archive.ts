import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { proofSchema, type RecordingProof } from '../../../src-shared/recordings/upload-contract.ts'
import { cutSlices, findChainFault } from '../../../src-shared/recordings/verify.ts'
import { copyInPlace } from '../store/backup/durable.ts'
import { sha256 } from './verify-recording.ts'

export interface CopiedRecordings {
  /** Whole in the copy, with those of earlier times. */
  readonly kept: number
  /** Of them, brought by this copy. */
  readonly copied: number
  /** Their audio is not what their proof says; not copied. */
  readonly damaged: readonly string[]
}

/**
 * The verified recordings that the other folder does not have yet. The proof comes last, there as here: without it a
 * recording is not there. Nothing is taken away from the copy, and what is in it already is not written over.
 */
export async function copyArchive(from: string, to: string): Promise<CopiedRecordings> {
  const proofs = (await namesIn(from)).filter((name) => name.endsWith(proofEnd))
  const there = new Set(await namesIn(to))
  const damaged: string[] = []
  let copied = 0
  for (const name of proofs) {
    if (there.has(name)) continue
    await mkdir(to, { recursive: true, mode: 0o700 })
    const recordingId = name.slice(0, -proofEnd.length)
    if (!(await isGenuine(from, recordingId))) {
      damaged.push(recordingId)
      continue
    }
    for (const end of ['.original', '.webm', proofEnd])
      await copyInPlace(join(from, recordingId + end), join(to, recordingId + end))
    copied += 1
  }
  return { kept: proofs.length - damaged.length, copied, damaged }
}

const proofEnd = '.proof.json'

async function isGenuine(dir: string, recordingId: string): Promise<boolean> {
  const proof = await readProof(join(dir, recordingId + proofEnd))
  if (proof === null) return false
  const audio = await readFile(join(dir, `${recordingId}.original`)).catch(() => null)
  const playable = await stat(join(dir, `${recordingId}.webm`)).catch(() => null)
  const slices = audio === null || playable === null ? null : cutSlices(proof.manifest, audio)
  return slices !== null && findChainFault(proof.manifest, slices, sha256) === null
}

async function readProof(file: string): Promise<RecordingProof | null> {
  const text = await readFile(file, 'utf8')
  try {
    return proofSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const namesIn = (dir: string): Promise<string[]> =>
  readdir(dir).catch((failure: NodeJS.ErrnoException) => {
    if (failure.code === 'ENOENT') return []
    throw failure
  })
