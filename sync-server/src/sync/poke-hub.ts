import type { QueueSnapshot } from '../../../src-shared/api/queue.ts'
import type { Poke } from '../../../src-shared/api/sync.ts'
import { type Role, registerRoles } from '../../../src-shared/people/roles.ts'

/** One open poke connection, told what concerns it. */
export interface Poked {
  readonly tokenHash: string
  readonly accountId: string
  readonly role: Role
  /** Null for a browser of an agency. */
  readonly deskId: string | null
  send(poke: Poke): void
  close(): void
}

/** The server only says that there is something; who is told then asks (S12). */
export interface PokeHub {
  join(poked: Poked): () => void
  events(cursor: number): void
  reference(revision: number): void
  messages(): void
  queue(snapshot: QueueSnapshot): void
  signedOut(ended: { tokenHash: string | null; accountId: string; reason: string }): void
  /** Whoever is signed in at this desk. */
  deskSignedOut(deskId: string, reason: string): void
  /** To this desk alone, that an order waits for it (S39). */
  wipe(deskId: string): void
  isConnected(deskId: string): boolean
  /** Of those that are listening. */
  deskIds(): string[]
  /** Of the sessions that are listening. */
  tokenHashes(): string[]
  readonly size: number
}

/** Who sees the cases also sees who is calling; nobody else does. */
export const watchesQueue = (role: Role): boolean => registerRoles.includes(role)

export function pokeHub(): PokeHub {
  const all = new Set<Poked>()
  const tell = (poke: Poke, who: (poked: Poked) => boolean = () => true) => {
    for (const poked of all) if (who(poked)) poked.send(poke)
  }
  const signOut = (reason: string, isMeant: (poked: Poked) => boolean) => {
    for (const poked of all) {
      if (!isMeant(poked)) continue
      poked.send({ type: 'signed-out', reason })
      poked.close()
    }
  }
  return {
    join(poked) {
      all.add(poked)
      return () => all.delete(poked)
    },
    events: (cursor) => tell({ type: 'events', cursor }),
    reference: (revision) => tell({ type: 'reference', revision }),
    messages: () => tell({ type: 'messages' }),
    queue: (snapshot) => tell({ type: 'queue', snapshot }, (poked) => watchesQueue(poked.role)),
    signedOut: ({ tokenHash, accountId, reason }) =>
      signOut(reason, (poked) => (tokenHash === null ? poked.accountId === accountId : poked.tokenHash === tokenHash)),
    deskSignedOut: (deskId, reason) => signOut(reason, (poked) => poked.deskId === deskId),
    wipe: (deskId) => tell({ type: 'wipe' }, (poked) => poked.deskId === deskId),
    isConnected: (deskId) => [...all].some((poked) => poked.deskId === deskId),
    deskIds: () => [...new Set([...all].flatMap(({ deskId }) => deskId ?? []))],
    tokenHashes: () => [...new Set([...all].map(({ tokenHash }) => tokenHash))],
    get size() {
      return all.size
    },
  }
}
