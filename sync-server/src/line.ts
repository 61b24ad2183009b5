import type { FastifyBaseLogger } from 'fastify'
import type { z } from 'zod'
import type { publicCallGrantSchema } from '../../src-shared/api/agency.ts'
import type { LineSettings } from '../../src-shared/api/session.ts'
import { digestHa1, hmacHex, newToken } from './auth/hashes.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { QueueSource } from './queue/queue-source.ts'
import type { Store, StoredAccount } from './store/store.ts'
import type { Credentials } from './switchboard/account.ts'
import { createSwitchboard, type Switchboard } from './switchboard/switchboard.ts'

export type CallGrant = z.infer<typeof publicCallGrantSchema>

/** The practice line as the rest of the server sees it: who may use it, and what is handed to them. */
export interface Line {
  readonly source: QueueSource
  readonly accept: Switchboard['accept']
  readonly setAgentState: Switchboard['setAgentState']
  /** Null for roles without a telephone. */
  settingsFor(account: StoredAccount): LineSettings | null
  /** A user of one hour for one citizen's browser; the number is what they say it is, cut to digits. */
  grantGuest(number: string): CallGrant
  close(): void
}

const guestMs = 3_600_000
const maxGuests = 1_000
const firstExtension = 101
const hasTelephone = (role: string): boolean => role === 'agent' || role === 'supervisor'

/**
 * Passwords of the line are derived from the server's own key, so nothing is stored, every session of a person has the same,
 * and a restart changes none. A person who has signed out everywhere cannot register any more.
 */
export function openLine(at: {
  config: Config
  clock: Clock
  newId: () => string
  log: FastifyBaseLogger
  store: Store
  key: Buffer
  publicUrl: () => string
}): Line {
  const { config, clock, store } = at
  const { domain, queueNumber, iceServers } = config.line
  const guests = new Map<string, { password: string; number: string; expiresAt: number }>()
  const passwordOf = (accountId: string): string => hmacHex(at.key, `line:${accountId}`)
  const wsUrl = (): string => `${at.publicUrl().replace(/^http/, 'ws')}/sip`
  const ice = () =>
    iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username === undefined ? {} : { username }),
      ...(credential === undefined ? {} : { credential }),
    }))

  const authenticate = async (username: string): Promise<Credentials | null> => {
    const guest = guests.get(username)
    if (guest !== undefined) {
      if (guest.expiresAt <= clock.now()) return null
      const { password, number } = guest
      return { ha1: digestHa1(username, domain, password), kind: 'guest', number, displayName: number }
    }
    const account = await store.read.people.accountByUsername(username)
    if (account === null || account.isDisabled || !hasTelephone(account.role)) return null
    if (!(await store.read.people.hasLiveSession(account.id, clock.now()))) return null
    return {
      ha1: digestHa1(username, domain, passwordOf(account.id)),
      kind: 'agent',
      number: await extensionOf(account, store),
      displayName: account.name,
      agentId: account.id,
      // The supervisor watches; calls come to them only when they say they are ready.
      ...(account.role === 'supervisor' ? { beginsOnBreak: 'supervising' } : {}),
    }
  }

  const switchboard = createSwitchboard({
    clock,
    newId: at.newId,
    log: at.log,
    authenticate,
    config: {
      domain,
      queueNumber,
      offerSeconds: config.line.offerSeconds,
      wrapUpSeconds: config.line.wrapUpSeconds,
      allowedOrigins: ['http://127.0.0.1:*', 'http://localhost:*', 'ban-truc://desk', ...ownOrigin(config)],
    },
  })

  return {
    source: switchboard.source,
    accept: (socket, info) => switchboard.accept(socket, info),
    setAgentState: (request) => switchboard.setAgentState(request),
    settingsFor(account) {
      if (!hasTelephone(account.role)) return null
      const { username, name: displayName } = account
      const password = passwordOf(account.id)
      return { wsUrl: wsUrl(), domain, username, password, displayName, queueNumber, iceServers: ice() }
    },
    grantGuest(number) {
      for (const [name, guest] of guests) if (guest.expiresAt <= clock.now()) guests.delete(name)
      if (guests.size >= maxGuests) guests.delete(guests.keys().next().value!)
      const username = `khach-${newToken(6)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, 'x')}-${guests.size}`
      const password = newToken(24)
      const callerNumber = number.replace(/\D/g, '').slice(0, 15) || 'web'
      guests.set(username, { password, number: callerNumber, expiresAt: clock.now() + guestMs })
      return { wsUrl: wsUrl(), domain, username, password, callerNumber, queueNumber, iceServers: ice() }
    },
    close: () => switchboard.close(),
  }
}

/** 101, 102, … in the order of the accounts' ids, agents and supervisors together. */
async function extensionOf(account: StoredAccount, store: Store): Promise<string> {
  const people = store.read.people
  const all = [...(await people.accountsOfRole('agent')), ...(await people.accountsOfRole('supervisor'))]
  const ids = all.map(({ id }) => id).sort()
  return String(firstExtension + ids.indexOf(account.id))
}

const ownOrigin = ({ publicUrl }: Config): string[] => (publicUrl === null ? [] : [new URL(publicUrl).origin])
