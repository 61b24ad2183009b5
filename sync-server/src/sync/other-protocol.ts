import { protocols } from '../../../src-shared/api/session.ts'
import { HttpFailure } from '../http/failure.ts'
import { version } from '../version.ts'

/** S6: who shares no protocol is told which this server speaks; the desk keeps its outbox. */
export const otherProtocol = (): HttpFailure =>
  new HttpFailure(
    426,
    'protocol',
    { version, protocol: protocols.newest },
    { serverVersion: version, serverProtocol: protocols.newest, oldest: protocols.oldest },
  )
