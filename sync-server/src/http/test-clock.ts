import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { instantSchema } from '../../../src-shared/ids.ts'
import { isSteerable } from '../clock.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

const steerSchema = z.union([
  z.strictObject({ at: instantSchema }),
  z.strictObject({ advanceSeconds: z.number().min(-1e9).max(1e9) }),
])
const isLoopback = (ip: string): boolean => ip === '::1' || ip.startsWith('127.') || ip.startsWith('::ffff:127.')

/**
 * POST /test/clock { at } or { advanceSeconds }: for training and end-to-end tests; mounted only with `clock: steerable`, and
 * answered only to this machine. Answers when what fell due has been done.
 */
export function testClock(app: FastifyInstance, deps: Deps): void {
  const { clock } = deps
  if (!isSteerable(clock)) return
  app.post('/test/clock', async (request) => {
    if (!isLoopback(request.ip)) throw new HttpFailure(404, 'not-found')
    const steer = steerSchema.parse(request.body)
    if ('at' in steer) clock.setTo(fromIso(steer.at))
    else clock.advance(steer.advanceSeconds * 1000)
    const escalated = await deps.keeper.tick()
    await deps.outbox.tick()
    return { now: toIso(clock.now()), escalated }
  })
}
