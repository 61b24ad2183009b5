import { protocols, sharedProtocol } from '../../../src-shared/api/session.ts'
import type { Meet, Met } from '../../../src-shared/api/sync.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { HttpFailure } from '../http/failure.ts'
import type { RegisterReading, Session } from '../store/store.ts'
import { version } from '../version.ts'
import { holdingOf } from './holding.ts'
import { otherProtocol } from './other-protocol.ts'
import type { SyncParts } from './sync-parts.ts'
import type { Telling } from './tellings.ts'

/**
 * S18: the one question with which a desk comes back. It says where it stands, which is written down (S26), and hears where the
 * register stands, whether that is still the one it knows (S19), what it may hold (S23), who may come in there (S24), and whether
 * it is to be wiped (S39).
 * @param tell writes down what the desk told
 * @throws HttpFailure 426 without a shared protocol, 403 for the session of another desk
 */
export async function meetDesk(
  parts: SyncParts,
  tell: (telling: Telling) => Promise<void>,
  session: Pick<Session, 'deskId'>,
  meet: Meet,
): Promise<Met> {
  const { store, clock, reference, registerId } = parts
  const protocol = sharedProtocol(protocols, meet.protocols)
  if (protocol === null) throw otherProtocol()
  if (session.deskId !== meet.deskId) throw new HttpFailure(403, 'other-desk')
  // Another server on the same store may have raised it since.
  await reference.refresh()
  const waitingSinceAt = meet.waitingSinceAt === null ? null : fromIso(meet.waitingSinceAt)
  const telling = { told: { ...meet, protocol, waitingSinceAt }, blocks: meet.blocks, at: clock.now() }
  const { register } = store.read
  const [, history, { holds, people, wipe }, nextN, lastSeq] = await Promise.all([
    tell(telling),
    historyOf(meet, registerId, register),
    holdingOf(meet.deskId, store.read),
    register.nextN(meet.deskId),
    register.lastSeq(),
  ])
  return {
    protocol,
    protocols,
    version,
    registerId,
    now: toIso(clock.now()),
    lastSeq,
    history,
    revision: reference.reference.revision,
    nextN,
    holds,
    people: [...people],
    wipe: wipe === null ? null : { orderId: wipe.orderId, reason: wipe.reason },
    recoveryKey: parts.recoveryKey.publicKey,
  }
}

/**
 * S19. A desk that knows another register id is always of another history: where the register was brought back from a backup the
 * events up to the desk's cursor may be the same, and codes and accepted commands of after the backup are missing all the same.
 */
async function historyOf(
  { registerId, cursor, head }: Pick<Meet, 'registerId' | 'cursor' | 'head'>,
  own: string,
  register: Pick<RegisterReading, 'hashOf'>,
): Promise<Met['history']> {
  if (registerId !== null && registerId !== own) return 'other'
  if (cursor === 0) return 'same'
  return head !== null && (await register.hashOf(cursor)) === head ? 'same' : 'other'
}
