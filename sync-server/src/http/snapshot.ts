import { createReadStream } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { SnapshotManifest } from '../../../src-shared/api/snapshot.ts'
import { readRange } from '../recordings/byte-range.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'
import { mayTake } from './pull.ts'

const paramsSchema = z.object({ id: z.uuid(), part: z.coerce.number().int().nonnegative() })

/** The register as a file for who comes for the first time; whoever may pull may take it (S10, S23). */
export function snapshot(app: FastifyInstance, deps: Deps): void {
  /** S35: GET /api/sync/snapshot; where there is none yet, one is begun. */
  app.get('/api/sync/snapshot', async (request, reply): Promise<SnapshotManifest> => {
    await mayTake(await deps.guard(request), deps)
    const newest = await deps.snapshots.newest()
    if (newest === null) throw new HttpFailure(404, 'no-snapshot')
    reply.header('cache-control', 'no-store')
    return newest
  })

  /** S36: GET /api/sync/snapshot/:id/:part, from any byte (RFC 9110 §14); what bears this address never changes. */
  app.get('/api/sync/snapshot/:id/:part', async (request, reply) => {
    await mayTake(await deps.guard(request), deps)
    const { id, part: index } = paramsSchema.parse(request.params)
    const found = deps.snapshots.part(id, index)
    if (found === null) throw new HttpFailure(404, 'snapshot-gone')
    const { sizeBytes, sha256 } = found.part
    const etag = `"${sha256}"`
    const { range: asked, 'if-range': ifRange } = request.headers
    const range = readRange(ifRange === undefined || ifRange === etag ? asked : undefined, sizeBytes)
    reply
      .header('accept-ranges', 'bytes')
      .header('cache-control', 'private, max-age=31536000, immutable')
      .header('etag', etag)
    if (range === null) return reply.status(416).header('content-range', `bytes */${sizeBytes}`).send()
    const { from, to } = range === 'whole' ? { from: 0, to: sizeBytes - 1 } : range
    if (range !== 'whole') reply.status(206).header('content-range', `bytes ${from}-${to}/${sizeBytes}`)
    reply.header('content-length', to - from + 1).type('application/zstd')
    return reply.send(createReadStream(found.path, { start: from, end: to }))
  })
}
