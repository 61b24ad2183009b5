import { type Hello, protocols, sharedProtocol } from '../../src-shared/api/session.ts'
import type { Met } from '../../src-shared/api/sync.ts'
import type { DeskId } from '../../src-shared/ids.ts'
import type { Backlog } from './backlog.ts'
import type { DeskClock } from './desk-clock.ts'
import { OtherProtocol, ServerSaidNo } from './failures.ts'
import type { SyncApi } from './sync-api.ts'

export interface MeetingParts {
  readonly api: Pick<SyncApi, 'hello' | 'meet'>
  readonly deskId: DeskId
  readonly version: string
  readonly clock: DeskClock
  readonly backlog: Backlog
}

/** What a desk hears when it comes back; `met` is null at a server of version 1, which knows no meeting (S6). */
export type Meeting = { readonly protocol: number; readonly met: Met | null }

/** One round trip (S18). @throws OtherProtocol where nothing is shared. */
export async function meet(parts: MeetingParts): Promise<Meeting> {
  const { api, deskId, version, clock, backlog } = parts
  const askedAt = clock.wall()
  let met: Met
  try {
    const clockOffsetMs = clock.offsetMs()
    met = await api.meet({ protocols, deskId, version, clockOffsetMs, ...backlog.standing() })
  } catch (error) {
    if (!(error instanceof ServerSaidNo && error.status === 404)) throw error
    return { protocol: (await greet(parts)).protocol, met: null }
  }
  clock.measured(Date.parse(met.now), askedAt)
  const protocol = sharedProtocol(protocols, met.protocols)
  if (protocol === null) throw new OtherProtocol(met.version, met.protocols.newest)
  return { protocol, met }
}

/** Before anybody is signed in, and at a server that knows no meeting. @throws OtherProtocol where nothing is shared. */
export async function greet(
  parts: Omit<MeetingParts, 'backlog' | 'version'>,
): Promise<{ protocol: number; wipe: NonNullable<Hello['wipe']> | null }> {
  const askedAt = parts.clock.wall()
  const hello = await parts.api.hello(parts.deskId)
  parts.clock.measured(Date.parse(hello.now), askedAt)
  const theirs = hello.protocols ?? { oldest: hello.protocol, newest: hello.protocol }
  const protocol = sharedProtocol(protocols, theirs)
  if (protocol === null) throw new OtherProtocol(hello.version, theirs.newest)
  return { protocol, wipe: hello.wipe ?? null }
}
