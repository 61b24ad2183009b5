import { type DetailedError, Upload } from 'tus-js-client'

/** Why an upload did not end: `unreachable`, `not-authorised`, `upload-refused`, or the server's own refusal. */
export class UploadFailure extends Error {
  readonly code: string

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'UploadFailure'
    this.code = code
  }
}

export type Transfer = {
  endpoint: string
  /** Of an earlier try, to go on from where it broke off; a new one is made when the server no longer has it. */
  url: string | null
  token: string
  audio: Buffer
  metadata: { recordingId: string; mimeType: string }
  /** Called before the first byte is sent, so that a crash finds the place again. */
  onUrl(url: string): Promise<void>
}

// Small enough that a poor line finishes one, so that a broken try still moves on.
const chunkBytes = 1024 * 1024
// A line can die without a word; what has not moved for this long is given up and resumed at the next try.
const stallMs = 60_000

/** Sends the audio by tus. Resolves when the server has all of it; fails with `UploadFailure`. */
export const sendByTus = (transfer: Transfer): Promise<void> =>
  new Promise((resolve, reject) => {
    let noted: Promise<void> = Promise.resolve()
    let stalled: NodeJS.Timeout | undefined
    const settle = (end: () => void) => {
      clearTimeout(stalled)
      noted.then(end, reject)
    }
    const upload = new Upload(transfer.audio, {
      endpoint: transfer.endpoint,
      uploadUrl: transfer.url,
      headers: { authorization: `Bearer ${transfer.token}` },
      metadata: transfer.metadata,
      chunkSize: chunkBytes,
      // When to try again is the uploader's to say, in one place.
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => {
        const { url } = upload
        if (url !== null && url !== transfer.url) noted = noted.then(() => transfer.onUrl(url))
        // `settle` hears of it; until then a recording that was wiped in mid-upload must not end the desk.
        noted.catch(() => {})
      },
      onProgress: () => watch(),
      onSuccess: () => settle(resolve),
      onError: (error) => settle(() => reject(failureOf(error))),
    })
    const watch = () => {
      clearTimeout(stalled)
      stalled = setTimeout(() => {
        upload.abort().finally(() => settle(() => reject(new UploadFailure('unreachable', 'the upload stood still'))))
      }, stallMs)
    }
    watch()
    upload.start()
  })

const failureOf = (error: Error | DetailedError): UploadFailure => {
  const response = 'originalResponse' in error ? error.originalResponse : null
  const status = response?.getStatus() ?? 0
  const message = response ? `${status} ${response.getBody().slice(0, 200)}` : error.message.slice(0, 200)
  if (status === 401 || status === 403) return new UploadFailure('not-authorised', message, error)
  const isRefused = status >= 400 && status < 500 && status !== 409 && status !== 423
  return new UploadFailure(isRefused ? 'upload-refused' : 'unreachable', message, error)
}
