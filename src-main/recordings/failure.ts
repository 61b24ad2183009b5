export type RecordingFailureCode =
  | 'disk-full'
  | 'io-error'
  | 'not-recording'
  | 'out-of-order'
  | 'slice-too-large'
  | 'unknown-recording'

/** Why the vault could not keep something. What was kept before stays kept. */
export class RecordingFailure extends Error {
  readonly code: RecordingFailureCode

  constructor(code: RecordingFailureCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'RecordingFailure'
    this.code = code
  }
}

// EFBIG is a quota in another dress: the file may not grow.
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Turns what the file system threw into a failure with a code. */
export const fromDisk = (what: string, error: unknown): RecordingFailure => {
  if (error instanceof RecordingFailure) return error
  const code = (error as NodeJS.ErrnoException | null)?.code ?? 'unknown'
  return new RecordingFailure(full.has(code) ? 'disk-full' : 'io-error', `${what}: ${code}`, error)
}
