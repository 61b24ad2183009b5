import { helloSchema } from '../../src-shared/api/session.ts'
import { snapshotManifestSchema } from '../../src-shared/api/snapshot.ts'
import {
  codeBlockSchema,
  codeClaimAnswerSchema,
  metSchema,
  pushAnswerSchema,
  recoveredSchema,
  referenceSchema,
} from '../../src-shared/api/sync.ts'
import { readEvents } from './event-stream.ts'
import { ServerSaidNo } from './failures.ts'
import { readWhole } from './http.ts'
import { openPoke } from './poke-socket.ts'
import type { Ask } from './server-api.ts'
import type { SyncApi } from './sync-api.ts'

/** A batch on the slowest line that is still one: 8 kB a second. */
const slowestBytesPerMs = 8
const patienceMs = 10_000

/** The sync protocol over HTTP (PROTOCOL.md), one method a verb. */
export function syncVerbs(baseUrl: string, token: () => string | null, ask: Ask): SyncApi {
  return {
    hello: (deskId) => ask.json(helloSchema, 'GET', `/api/hello?desk=${encodeURIComponent(deskId)}`),
    meet: (meet) => ask.json(metSchema, 'POST', '/api/sync/meet', meet),
    push(body) {
      const text = JSON.stringify(body)
      const waitMs = patienceMs + text.length / slowestBytesPerMs
      return ask.json(pushAnswerSchema, 'POST', '/api/sync/push', text, waitMs)
    },
    async pull(cursor, limit, onEvents) {
      const { body } = await ask.answer('GET', `/api/sync/pull?cursor=${cursor}&limit=${limit}`)
      try {
        return await readEvents(body, onEvents)
      } finally {
        body.destroy()
      }
    },
    reference: () => ask.json(referenceSchema, 'GET', '/api/sync/reference'),
    leaseCodes: (lease) => ask.json(codeBlockSchema, 'POST', '/api/sync/codes', lease),
    claimCodes: (claim) => ask.json(codeClaimAnswerSchema, 'POST', '/api/sync/codes/claim', claim),
    async snapshot() {
      try {
        return await ask.json(snapshotManifestSchema, 'GET', '/api/sync/snapshot')
      } catch (error) {
        // S35: none yet; and a server that has never heard of one answers the same number.
        if (error instanceof ServerSaidNo && error.status === 404) return null
        throw error
      }
    },
    async snapshotPart(id, part, from, onBytes) {
      const range: Record<string, string> = from === 0 ? {} : { range: `bytes=${from}-` }
      const answer = await ask.answer('GET', `/api/sync/snapshot/${id}/${part}`, undefined, patienceMs, range)
      const { body } = answer
      // RFC 9110 §14.2: whoever does not know ranges sends the whole; the beginning is here already.
      let toSkip = answer.status === 206 ? 0 : from
      try {
        for await (const chunk of body as AsyncIterable<Buffer>) {
          const fresh = chunk.subarray(Math.min(toSkip, chunk.length))
          toSkip -= chunk.length - fresh.length
          if (fresh.length > 0) onBytes(fresh)
        }
        return answer.isWhole()
      } catch {
        return false
      } finally {
        body.destroy()
      }
    },
    recover: async (deskId, wrapped) =>
      (await ask.json(recoveredSchema, 'POST', '/api/sync/recover', { deskId, wrapped })).keys,
    async wiped(wiped) {
      await readWhole(await ask.answer('POST', '/api/sync/wiped', wiped))
    },
    listen: (on) => openPoke(baseUrl, token(), on),
  }
}
