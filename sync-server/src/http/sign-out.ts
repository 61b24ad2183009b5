import type { FastifyInstance } from 'fastify'
import type { Deps } from './deps.ts'
import { tokenOf } from './session-guard.ts'

/** POST /api/sign-out ends the session at once, everywhere it is open. Without one it does nothing. */
export function signOut(app: FastifyInstance, deps: Deps): void {
  app.post('/api/sign-out', async (request) => {
    const token = tokenOf(request)
    if (token !== null) await deps.sessions.end(token, 'signed-out')
    return { ok: true }
  })
}
