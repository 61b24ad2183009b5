import { join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { recordingRoutes } from '../../../src-shared/recordings/upload-contract.ts'
import { Archive } from './archive.ts'
import { Incoming } from './incoming.ts'
import { mountListening } from './listen-routes.ts'
import { type AccountOf, type RecordingAccount, type RecordingsOptions, refuse } from './options.ts'
import { openSigningKey } from './signing-key.ts'
import { mountVerify } from './verify-route.ts'

/**
 * Mounts the recordings on `app`: upload (tus), verify and countersign, audio with ranges, proof.
 * Every route asks `authorize`; refusals are `{ ok: false, error: { code, message } }`.
 */
export const registerRecordings = async <Account extends RecordingAccount>(
  app: FastifyInstance,
  options: RecordingsOptions<Account>,
): Promise<void> => {
  const signingKey = await openSigningKey(options.signingKeyFile)
  const now = () => new Date(options.clock.now()).toISOString()
  const archive = new Archive(join(options.dir, 'verified'), signingKey, now)
  const incoming = new Incoming(join(options.dir, 'incoming'), options.maxBytes ?? 256 * 1024 * 1024)
  const accounts = new WeakMap<FastifyRequest, Account>()
  const accountOf: AccountOf<Account> = (request) => {
    const account = accounts.get(request)
    if (account === undefined) throw new Error('a request got past the gate')
    return account
  }

  await app.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      const account = await options.authorize(request)
      if (account === null) return reply.send(refuse(reply, 401, 'not-authorised', 'sign in first'))
      accounts.set(request, account)
    })
    scope.get(recordingRoutes.signingKey, () => ({ keyId: signingKey.keyId, publicKey: signingKey.publicKey }))
    await scope.register(async (uploads) => mountUploads(uploads, incoming))
    mountVerify(scope, { archive, incoming, accountOf, onVerified: options.onVerified })
    await scope.register(async (listening) => mountListening(listening, { archive, accountOf, now, ...options }))
  })
}

const mountUploads = (scope: FastifyInstance, incoming: Incoming): void => {
  // The body is tus's to read, as it comes.
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack()
    await incoming.handle(request.raw, reply.raw)
  }
  // Neither GET nor DELETE: what is not verified is heard by nobody, and nobody takes it away.
  scope.route({ method: ['POST', 'OPTIONS'], url: recordingRoutes.upload, handler })
  scope.route({ method: ['HEAD', 'PATCH'], url: `${recordingRoutes.upload}/:recordingId`, handler })
}
