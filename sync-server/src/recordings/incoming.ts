import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import { recordingRoutes, uploadMetadataSchema } from '../../../src-shared/recordings/upload-contract.ts'

/** The uploads under way, by tus 1.0; an upload is named by its recording, so a desk that lost its place finds it. */
export class Incoming {
  readonly #dir: string
  readonly #store: FileStore
  readonly #server: Server

  constructor(dir: string, maxBytes: number) {
    this.#dir = dir
    this.#store = new FileStore({ directory: dir })
    this.#server = new Server({
      path: recordingRoutes.upload,
      datastore: this.#store,
      maxSize: maxBytes,
      relativeLocation: true,
      // No page of another origin has any business here.
      allowedOrigins: [],
      namingFunction: (_request, metadata) => {
        const parsed = uploadMetadataSchema.safeParse(metadata)
        if (parsed.success) return parsed.data.recordingId
        throw { status_code: 400, body: 'the upload metadata needs recordingId and an audio/webm mimeType\n' }
      },
    })
  }

  handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return this.#server.handle(request, response)
  }

  /** The whole of what was uploaded, or null when it is not here or not all of it is. */
  async take(recordingId: string): Promise<Buffer | null> {
    const upload = await this.#store.getUpload(recordingId).catch(() => null)
    if (upload === null || upload.size === undefined || upload.offset !== upload.size) return null
    return readFile(join(this.#dir, recordingId))
  }

  async drop(recordingId: string): Promise<void> {
    await this.#store.remove(recordingId).catch(() => {})
  }
}
