import type { FastifyRequest } from 'fastify'
import type { Role } from '../../../src-shared/people/roles.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { Session } from '../store/store.ts'
import { HttpFailure } from './failure.ts'

/** Who asks. @throws HttpFailure 401 without a live session, 403 for a role that is not among the allowed. */
export type Guard = (
  request: FastifyRequest,
  allowed?: readonly Role[],
) => Promise<Session & { readonly token: string }>

export function guardWith(sessions: Sessions): Guard {
  return async (request, allowed) => {
    const token = tokenOf(request)
    const session = token === null ? null : await sessions.of(token)
    if (token === null || session === null) throw new HttpFailure(401, 'not-signed-in')
    // The link of one slip opens that slip in the workspace, and nothing else of the server.
    if (session.caseId !== null && !request.url.startsWith('/api/agency/')) throw new HttpFailure(403, 'not-for-role')
    if (allowed !== undefined && !allowed.includes(session.account.role)) {
      throw new HttpFailure(403, 'not-for-role', {}, { role: session.account.role })
    }
    return { ...session, token }
  }
}

/**
 * `Authorization: Bearer …`. A browser cannot set a header on a WebSocket or on an `<audio>`, so those two may carry it
 * as `?token=`; our own log never writes a query.
 */
export function tokenOf(request: FastifyRequest): string | null {
  const bearer = /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return bearer
  const query = (request.query as { token?: unknown } | undefined)?.token
  return typeof query === 'string' && query !== '' ? query : null
}
