import type { FastifyInstance } from 'fastify'
import { type SignedIn, signInSchema } from '../../../src-shared/api/session.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { accountSchema } from '../../../src-shared/people/roles.ts'
import type { OpenedSession } from '../auth/sessions.ts'
import { serverDesk } from '../cases/register.ts'
import type { StoredAccount } from '../store/store.ts'
import { restoredGap } from '../sync/claiming.ts'
import { refuseIfWiped } from '../sync/wiping.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

/** POST /api/sign-in. Five wrong tries for a name, or twenty from an address, within 15 minutes close the door for a while. */
export function signIn(app: FastifyInstance, deps: Deps): void {
  app.post('/api/sign-in', async (request): Promise<SignedIn> => {
    const { username, password, deskId } = signInSchema.parse(request.body)
    // Who came in as the register's own desk would number its commands, and claim what a restored register reserves.
    if (deskId === serverDesk || deskId === restoredGap) throw new HttpFailure(403, 'other-desk')
    const { attempts, sessions } = deps
    const keys = [`name ${username.toLowerCase()}`, `address ${request.ip}`]
    const waitMs = Math.max(attempts.names.waitMs(keys[0]!), attempts.addresses.waitMs(keys[1]!))
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000)
      throw new HttpFailure(429, 'too-many', { seconds }, { retryAfterSeconds: seconds })
    }
    const account = await sessions.check(username, password)
    if (account === null) {
      attempts.names.failed(keys[0]!)
      attempts.addresses.failed(keys[1]!)
      throw new HttpFailure(401, 'wrong-password')
    }
    attempts.names.succeeded(keys[0]!)
    // S39: nobody begins to work at a desk that is about to be destroyed; said only to who has shown a password.
    if (deskId !== undefined) await refuseIfWiped(deskId, deps.store.read)
    return signedIn(deps, account, await sessions.open(account, { deskId: deskId ?? null, caseId: null }))
  })
}

/** What a person gets who has come in, by password or by the link of a slip. */
export function signedIn(deps: Deps, stored: StoredAccount, session: OpenedSession): SignedIn {
  const account = accountSchema.parse(stored)
  return {
    token: session.token,
    expiresAt: toIso(session.expiresAt),
    account,
    line: deps.line?.settingsFor(stored) ?? null,
  }
}
