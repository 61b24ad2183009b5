import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type LineSettings, lineSettingsSchema, type SignedIn } from '../../src-shared/api/session.ts'
import type { AccountId } from '../../src-shared/ids.ts'
import { type Account, accountSchema, deskRoles } from '../../src-shared/people/roles.ts'
import { ServerSaidNo, Unreachable } from '../sync/failures.ts'
import type { ServerApi } from '../sync/server-api.ts'
import type { Secrets } from './secrets.ts'

const heldSchema = z.object({
  token: z.string(),
  expiresAt: z.string(),
  account: accountSchema,
  line: lineSettingsSchema.nullable(),
})
const signInsSchema = z.record(z.string(), z.object({ salt: z.string(), hash: z.string(), account: accountSchema }))
type SignIns = z.infer<typeof signInsSchema>

/** Who sits at the desk. A person who has signed in here before can do so again while the server is away. */
export interface Session {
  account(): Account | null
  token(): string | null
  line(): LineSettings | null
  /** @throws SignInRefused with a code for the words. */
  signIn(username: string, password: string): Promise<{ account: Account; isOffline: boolean }>
  signOut(): Promise<void>
  /** The server ended the session; the person stays at the desk, and signs in again to send. */
  ended(): Promise<void>
  /** After an offline sign-in: makes it a real one when the server is back. */
  confirm(): Promise<void>
  /** S24: forgets the sign-ins of everybody else; the one who sits here is the server's to send away. */
  keepOnly(people: readonly AccountId[]): Promise<void>
}

export class SignInRefused extends Error {
  readonly code: 'wrong-password' | 'offline-unknown' | 'locked' | 'not-a-desk-account' | 'server'
  constructor(code: SignInRefused['code'], message: string) {
    super(message)
    this.name = 'SignInRefused'
    this.code = code
  }
}

/** A password made into a key that is slow to guess. */
export type Derive = (password: string, salt: Buffer) => Promise<Buffer>

/** @param derive an argument, because a simulation signs in thousands of times */
export async function openSession(
  secrets: Secrets,
  api: Pick<ServerApi, 'signIn' | 'signOut'>,
  deskId: string,
  derive: Derive = byScrypt,
): Promise<Session> {
  const stored = heldSchema.safeParse(parse(await secrets.get('session')))
  // Whether it has expired is the server's to say: this computer's clock may be days wrong.
  let held: SignedIn | null = stored.success ? stored.data : null
  let person: Account | null = held?.account ?? null
  // Kept in memory only, and only from an offline sign-in until the server has confirmed it.
  let unconfirmed: { username: string; password: string } | null = null

  // Read once: every meeting asks for them (S24).
  let read: SignIns | null = null
  const signIns = async (): Promise<SignIns> =>
    (read ??= signInsSchema.catch({}).parse(parse(await secrets.get('sign-ins'))))
  const keepSignIns = (known: SignIns): Promise<void> => {
    read = known
    return secrets.set('sign-ins', JSON.stringify(known))
  }

  const remember = async (username: string, password: string, signedIn: SignedIn) => {
    held = signedIn
    person = signedIn.account
    unconfirmed = null
    await secrets.set('session', JSON.stringify(signedIn))
    const salt = randomBytes(16)
    const hash = (await derive(password, salt)).toString('hex')
    await keepSignIns({
      ...(await signIns()),
      [username]: { salt: salt.toString('hex'), hash, account: signedIn.account },
    })
  }

  const signInOffline = async (username: string, password: string): Promise<Account> => {
    const known = (await signIns())[username]
    if (known === undefined) throw new SignInRefused('offline-unknown', 'this person has not signed in here before')
    const derived = await derive(password, Buffer.from(known.salt, 'hex'))
    if (!timingSafeEqual(derived, Buffer.from(known.hash, 'hex')))
      throw new SignInRefused('wrong-password', 'wrong password')
    if (held !== null && held.account.id !== known.account.id) held = null
    person = known.account
    unconfirmed = { username, password }
    return known.account
  }

  return {
    account: () => person,
    token: () => held?.token ?? null,
    line: () => held?.line ?? null,
    async signIn(username, password) {
      try {
        const signedIn = await api.signIn({ username, password, deskId })
        if (!deskRoles.includes(signedIn.account.role))
          throw new SignInRefused('not-a-desk-account', signedIn.account.role)
        await remember(username, password, signedIn)
        return { account: signedIn.account, isOffline: false }
      } catch (error) {
        if (error instanceof SignInRefused) throw error
        if (error instanceof Unreachable) return { account: await signInOffline(username, password), isOffline: true }
        if (!(error instanceof ServerSaidNo)) throw error
        throw new SignInRefused(
          error.status === 401 ? 'wrong-password' : error.status === 429 ? 'locked' : 'server',
          error.message,
        )
      }
    },
    async signOut() {
      if (held !== null) await api.signOut().catch(() => {})
      held = null
      person = null
      unconfirmed = null
      await secrets.set('session', null)
    },
    async ended() {
      held = null
      await secrets.set('session', null)
    },
    async confirm() {
      const asked = unconfirmed
      if (asked === null || held !== null) return
      try {
        await remember(asked.username, asked.password, await api.signIn({ ...asked, deskId }))
      } catch (error) {
        // A no stays a no: asked for ever it would lock the name, and the desk would hear of nothing else, not even that it is to be
        // wiped (S39). The person signs in again.
        const isNo = error instanceof ServerSaidNo && (error.status === 401 || error.status === 403)
        if (isNo && unconfirmed === asked) unconfirmed = null
        throw error
      }
    },
    async keepOnly(people) {
      const known = await signIns()
      const stays = ([, { account }]: [string, { account: Account }]) =>
        people.includes(account.id) || account.id === person?.id
      const kept = Object.entries(known).filter(stays)
      if (kept.length === Object.keys(known).length) return
      await keepSignIns(Object.fromEntries(kept))
    },
  }
}

const byScrypt: Derive = (password, salt) =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, 32, { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })

const parse = (text: string | null): unknown => {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}
