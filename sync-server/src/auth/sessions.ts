import type { CaseId, DeskId } from '../../../src-shared/ids.ts'
import type { Clock } from '../clock.ts'
import type { Session, Store, StoredAccount } from '../store/store.ts'
import { newToken, sha256Hex } from './hashes.ts'
import { hashPassword, isPassword } from './passwords.ts'

export interface Sessions {
  /** The account, or null for a wrong name, a wrong password or a disabled account: the answer does not say which. */
  check(username: string, password: string): Promise<StoredAccount | null>
  /** Opaque token of 32 bytes; the store keeps its hash only, so a stolen database opens no door. */
  open(account: StoredAccount, scope: { deskId: DeskId | null; caseId: CaseId | null }): Promise<OpenedSession>
  of(token: string): Promise<Session | null>
  end(token: string, reason: string): Promise<void>
  /** Cuts every session of a person at once. */
  endAllOf(accountId: string, reason: string): Promise<void>
  onEnded(listener: (ended: { tokenHash: string | null; accountId: string; reason: string }) => void): () => void
}
export interface OpenedSession {
  readonly token: string
  readonly expiresAt: number
}

export function keepSessions(store: Store, clock: Clock, sessionHours: number): Sessions {
  const listeners = new Set<(ended: { tokenHash: string | null; accountId: string; reason: string }) => void>()
  // Checked when no such name exists, so that the time taken does not tell which names do. Made at the first sign-in, whoever's it
  // is, and not at each start.
  let decoy: Promise<string> | null = null

  return {
    async check(username, password) {
      decoy ??= hashPassword(newToken())
      const [account, other] = await Promise.all([
        store.read.people.accountByUsername(username.trim().toLowerCase()),
        decoy,
      ])
      const isRight = await isPassword(password, account?.passwordHash ?? other)
      return account !== null && account.passwordHash !== null && isRight && !account.isDisabled ? account : null
    },
    async open(account, scope) {
      const token = newToken()
      const createdAt = clock.now()
      const expiresAt = createdAt + sessionHours * 3_600_000
      await store.write(async (tx) => {
        await tx.people.openSession({
          tokenHash: sha256Hex(token),
          accountId: account.id,
          createdAt,
          expiresAt,
          ...scope,
        })
        if (scope.deskId !== null) await tx.desks.see(scope.deskId, createdAt)
      })
      return { token, expiresAt }
    },
    of: (token) => store.read.people.liveSession(sha256Hex(token), clock.now()),
    async end(token, reason) {
      const tokenHash = sha256Hex(token)
      const session = await store.read.people.liveSession(tokenHash, clock.now())
      if (!session) return
      await store.write((tx) => tx.people.endSession(tokenHash, clock.now(), reason))
      for (const listener of listeners) listener({ tokenHash, accountId: session.account.id, reason })
    },
    async endAllOf(accountId, reason) {
      await store.write((tx) => tx.people.endSessionsOf(accountId, clock.now(), reason))
      for (const listener of listeners) listener({ tokenHash: null, accountId, reason })
    },
    onEnded(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
