import { mkdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { mayHear } from '../../../src-shared/cases/decide-recording.ts'
import { recordingIdSchema } from '../../../src-shared/ids.ts'
import { canSee, worksForAgency } from '../../../src-shared/people/permissions.ts'
import { accountSchema, actorOf, registerRoles } from '../../../src-shared/people/roles.ts'
import { sha256Hex } from '../auth/hashes.ts'
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
      if (session === null) return null
      const { role } = session.account
      // D11: an agency hears what it was granted, and brings nothing.
      const isListener = worksForAgency(role) && request.method === 'GET'
      if (!registerRoles.includes(role) && !isListener) return null
      return { ...session.account, accountId: session.account.id }
    },
    async canListen(account, recordingId) {
      const caseId = await store.read.register.caseOfRecording(recordingId)
      if (caseId === null) return !worksForAgency(account.role)
      const stored = await store.read.register.case(caseId)
      if (stored === null || !canSee(account, stored.state)) return false
      if (!worksForAgency(account.role)) return true
      return account.agencyId !== undefined && mayHear(stored.state, recordingId, account.agencyId, clock.now())
    },
    // The case learns of its recording by the desk's own `recording.attach`; the countersignature stays with the recording.
    onVerified() {},
    async onListened({ account, recordingId, at, fromByte, toByte }) {
      const heardAt = Date.parse(at)
      await store.write((tx) =>
        tx.people.addListening({ at: heardAt, accountId: account.accountId, recordingId, fromByte, toByte }),
      )
      if (!worksForAgency(account.role)) return
      const caseId = await store.read.register.caseOfRecording(recordingId)
      if (caseId === null) return
      // A player asks for a file in many pieces; a person who listens stands in the case once an hour.
      const hour = Math.floor(heardAt / 3_600_000)
      await deps.register.submit({
        commandId: `heard-${sha256Hex(`${account.accountId} ${recordingId} ${hour}`).slice(0, 40)}`,
        actor: actorOf(accountSchema.parse(account)),
        caseId,
        name: 'recording.listen',
        input: { recordingId: recordingIdSchema.parse(recordingId) },
      })
    },
  })
  // The upload store makes its folder in passing and throws where nobody can catch it; asked after it, this ends after it.
  await mkdir(incoming, { recursive: true })
}
