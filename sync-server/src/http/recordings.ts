import { mkdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { canSee } from '../../../src-shared/people/permissions.ts'
import { registerRoles } from '../../../src-shared/people/roles.ts'
import { registerRecordings } from '../recordings/register-recordings.ts'
import type { StoredAccount } from '../store/store.ts'
import type { Deps } from './deps.ts'
import { tokenOf } from './session-guard.ts'

type Listener = StoredAccount & { readonly accountId: string }

/** Recordings go up from desks, and are heard by those who may see the case. Each hearing is kept (S4 Đ.11 k.1). */
export async function mountRecordings(app: FastifyInstance, deps: Deps): Promise<void> {
  const { config, clock, store } = deps
  const incoming = join(config.dataDir, 'recordings', 'incoming')
  mkdirSync(incoming, { recursive: true })
  await registerRecordings<Listener>(app, {
    dir: join(config.dataDir, 'recordings'),
    signingKeyFile: join(config.dataDir, 'keys', 'recordings.pem'),
    clock,
    async authorize(request) {
      const token = tokenOf(request)
      const session = token === null ? null : await deps.sessions.of(token)
      // D11: an agency hears a recording only by a request that was granted, never of its own accord.
      if (session === null || !registerRoles.includes(session.account.role)) return null
      return { ...session.account, accountId: session.account.id }
    },
    async canListen(account, recordingId) {
      const caseId = await store.read.register.caseOfRecording(recordingId)
      if (caseId === null) return true
      const stored = await store.read.register.case(caseId)
      return stored !== null && canSee(account, stored.state)
    },
    // The case learns of its recording by the desk's own `recording.attach`; the countersignature stays with the recording.
    onVerified() {},
    onListened: ({ account, recordingId, at, fromByte, toByte }) =>
      store.write((tx) =>
        tx.people.addListening({ at: Date.parse(at), accountId: account.accountId, recordingId, fromByte, toByte }),
      ),
  })
  // The upload store makes its folder in passing and throws where nobody can catch it; asked after it, this ends after it.
  await mkdir(incoming, { recursive: true })
}
