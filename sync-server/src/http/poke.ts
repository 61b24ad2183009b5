import type { FastifyInstance } from 'fastify'
import type { Poke } from '../../../src-shared/api/sync.ts'
import { watchesQueue } from '../sync/poke-hub.ts'
import type { Deps } from './deps.ts'
import { tokenOf } from './session-guard.ts'

const pingMs = 20_000
const unauthorised = 4401

/**
 * WS /api/sync/poke?token=: says that there is something new, never what (S14). First it says where the register stands, so that
 * a desk that reconnects knows at once whether it missed anything. A dead line is found by pings unanswered twice.
 */
export function poke(app: FastifyInstance, deps: Deps): void {
  app.get('/api/sync/poke', { websocket: true }, async (socket, request) => {
    let isAlive = true
    // A broken frame is reported here before the close; without a listener it would end the process.
    socket.on('error', () => socket.terminate())
    socket.on('pong', () => {
      isAlive = true
    })
    // A desk that cannot see WebSocket pings may ask in words.
    socket.on('message', () => send({ type: 'pong' }))
    const send = (message: Poke) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
    }

    const token = tokenOf(request)
    const session = token === null ? null : await deps.sessions.of(token)
    if (session === null) {
      send({ type: 'signed-out', reason: 'not-signed-in' })
      socket.close(unauthorised, 'not-signed-in')
      return
    }
    const leave = deps.pokes.join({
      tokenHash: session.tokenHash,
      accountId: session.account.id,
      role: session.account.role,
      deskId: session.deskId,
      send,
      close: () => socket.close(unauthorised, 'signed-out'),
    })
    const pings = setInterval(() => {
      if (!isAlive) return socket.terminate()
      isAlive = false
      socket.ping()
    }, pingMs)
    socket.on('close', () => {
      clearInterval(pings)
      leave()
    })
    send({ type: 'events', cursor: await deps.store.read.register.lastSeq() })
    send({ type: 'reference', revision: deps.reference.reference.revision })
    if (session.deskId !== null && (await deps.store.read.desks.openWipe(session.deskId)) !== null) {
      send({ type: 'wipe' })
    }
    if (deps.line && watchesQueue(session.account.role)) {
      send({ type: 'queue', snapshot: deps.line.source.snapshot() })
    }
  })
}
