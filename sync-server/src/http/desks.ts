import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { deskNameSchema, desksSchema, wipeOrderSchema } from '../../../src-shared/api/desks.ts'
import { deskIdSchema } from '../../../src-shared/ids.ts'
import { deskList } from '../sync/desk-list.ts'
import { orderWipe } from '../sync/wiping.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

const paramsSchema = z.object({ id: deskIdSchema })

/** The desks of the province (S26), what people call them, and the order to destroy one that was lost (S39). */
export function desks(app: FastifyInstance, deps: Deps): void {
  const { store, clock, guard, pokes } = deps

  app.get('/api/desks', async (request) => {
    await guard(request, ['admin', 'supervisor'])
    return desksSchema.parse(await deskList(store.read, pokes.isConnected))
  })

  app.post('/api/desks/:id/name', async (request) => {
    await guard(request, ['admin'])
    const { id } = paramsSchema.parse(request.params)
    const { name } = deskNameSchema.parse(request.body)
    await store.write(async (tx) => {
      if ((await tx.desks.desk(id)) === null) throw new HttpFailure(404, 'desk-unknown')
      await tx.desks.setName(id, name.normalize('NFC'))
    })
    return { ok: true }
  })

  app.post('/api/desks/:id/wipe', async (request) => {
    const { account } = await guard(request, ['admin'])
    const { id } = paramsSchema.parse(request.params)
    const order = wipeOrderSchema.parse(request.body)
    await store.write((tx) => orderWipe(tx, id, order, account.name, clock.now()))
    deps.log.warn({ desk: id, order: order.orderId, by: account.id }, 'a desk is to be wiped')
    pokes.wipe(id)
    return { ok: true }
  })
}
