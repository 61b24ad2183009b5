import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { recordingFileIdSchema } from '../../../src-shared/recordings/manifest.ts'
import { type RecordingProof, recordingRoutes } from '../../../src-shared/recordings/upload-contract.ts'
import type { Archive } from './archive.ts'
import { readRange } from './byte-range.ts'
import { type AccountOf, type RecordingAccount, type RecordingsOptions, refuse } from './options.ts'

type Parts<Account extends RecordingAccount> = Pick<RecordingsOptions<Account>, 'canListen' | 'onListened'> & {
  archive: Archive
  accountOf: AccountOf<Account>
  now: () => string
}
type Id = { Params: { recordingId: string } }

export const mountListening = <Account extends RecordingAccount>(
  scope: FastifyInstance,
  parts: Parts<Account>,
): void => {
  const { archive, accountOf, now, canListen, onListened } = parts
  const proofs = new WeakMap<FastifyRequest, RecordingProof>()
  const proofOf = (request: FastifyRequest): RecordingProof => {
    const proof = proofs.get(request)
    if (proof === undefined) throw new Error('a recording without proof got through')
    return proof
  }

  scope.addHook('preHandler', async (request, reply) => {
    const { recordingId } = request.params as Id['Params']
    const proof = recordingFileIdSchema.safeParse(recordingId).success ? await archive.proof(recordingId) : null
    // One answer for both: who may not hear a recording is not told that it exists.
    if (proof === null || !(await canListen(accountOf(request), recordingId))) {
      return reply.send(refuse(reply, 404, 'unknown-recording', 'no such recording for this account'))
    }
    proofs.set(request, proof)
  })

  const audio = (pathOf: (recordingId: string) => string) => async (request: FastifyRequest, reply: FastifyReply) => {
    const { recordingId, header, head } = proofOf(request).manifest
    const path = pathOf(recordingId)
    const { size } = await stat(path)
    const range = readRange(request.headers.range, size)
    reply.header('accept-ranges', 'bytes').header('cache-control', 'private, no-store').header('etag', `"${head}"`)
    if (range === null) {
      reply.header('content-range', `bytes */${size}`)
      return refuse(reply, 416, 'range-outside', `the recording has ${size} bytes`)
    }
    const { from, to } = range === 'whole' ? { from: 0, to: size - 1 } : range
    if (request.method === 'GET') {
      await onListened?.({ account: accountOf(request), recordingId, at: now(), fromByte: from, toByte: to })
    }
    if (range !== 'whole') reply.code(206).header('content-range', `bytes ${from}-${to}/${size}`)
    reply.header('content-length', to - from + 1).type(header.mimeType.split(';')[0] ?? 'audio/webm')
    return reply.send(size === 0 ? Buffer.alloc(0) : createReadStream(path, { start: from, end: to }))
  }
  scope.get(
    recordingRoutes.audio(':recordingId'),
    audio((recordingId) => archive.audioPath(recordingId)),
  )
  scope.get(
    recordingRoutes.original(':recordingId'),
    audio((recordingId) => archive.originalPath(recordingId)),
  )
  scope.get(recordingRoutes.proof(':recordingId'), async (request) => proofOf(request))
}
