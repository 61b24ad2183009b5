import { create } from 'zustand'
import { linkSentSchema } from '../../src-shared/api/agency.ts'
import { type SignedIn, signedInSchema } from '../../src-shared/api/session.ts'
import { ask, Refused } from './agency-api.ts'
import { language, tell } from './words.ts'

interface Session {
  readonly signedIn: SignedIn | null
  /** Came by the link of one slip in this page; after a reload the server's refusals tell the same. */
  readonly isByLink: boolean
  /** Why the person is asked to sign in again. */
  readonly ended: boolean
}

const storedAt = 'bt1022.agency.session'

/** For this tab only: a telephone that is handed round must not stay signed in. Whether it still holds, the server says: clocks differ. */
function remembered(): SignedIn | null {
  try {
    const parsed = signedInSchema.safeParse(JSON.parse(sessionStorage.getItem(storedAt) ?? 'null'))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

export const useSession = create<Session>(() => ({ signedIn: remembered(), isByLink: false, ended: false }))

export const tokenNow = (): string | undefined => useSession.getState().signedIn?.token

function enter(signedIn: SignedIn, isByLink: boolean): void {
  const { role } = signedIn.account
  if (role !== 'focal-officer' && role !== 'head') throw new Refused(403, 'not-for-role', tell('agency.only-agencies'))
  sessionStorage.setItem(storedAt, JSON.stringify(signedIn))
  useSession.setState({ signedIn, isByLink, ended: false })
}

/** @throws Refused, Unreachable or Unreadable. */
export async function signIn(username: string, password: string): Promise<void> {
  enter(await ask('/api/sign-in', signedInSchema, { body: { username, password }, language }), false)
}

/** @throws Refused, Unreachable or Unreadable. */
export const sendLinkCode = (token: string) => ask('/api/agency/link', linkSentSchema, { body: { token }, language })

/** @throws Refused, Unreachable or Unreadable. */
export async function openLink(token: string, code: string): Promise<void> {
  enter(await ask('/api/agency/link/code', signedInSchema, { body: { token, code }, language }), true)
}

/** The server no longer knows the session. Drafts stay where they are. */
export function sessionEnded(): void {
  sessionStorage.removeItem(storedAt)
  useSession.setState({ signedIn: null, ended: true })
}

export function signOut(): void {
  const token = tokenNow()
  if (token !== undefined) {
    // Fire and forget: without a network the session still ends here, and on the server by itself.
    void fetch('/api/sign-out', { method: 'POST', headers: { authorization: `Bearer ${token}` } }).catch(() => {})
  }
  sessionStorage.removeItem(storedAt)
  useSession.setState({ signedIn: null, ended: false })
}
