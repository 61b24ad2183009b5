import type { FastifyInstance } from 'fastify'
import type { Deps } from './deps.ts'

/** WS /sip, subprotocol `sip` (RFC 7118): the practice line. Who may use it is settled by its own digest. */
export function sipSocket(app: FastifyInstance, deps: Deps): void {
  app.get('/sip', { websocket: true }, (socket, request) => {
    if (!deps.line) return socket.close(1008, 'no line')
    deps.line.accept(socket, { remoteAddress: request.ip, origin: request.headers.origin ?? null })
  })
}
