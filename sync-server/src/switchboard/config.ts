import type { AgentsConfig } from './agents.ts'
import type { TransactionTimers } from './client-transaction.ts'
import type { GatekeeperConfig } from './gatekeeper.ts'
import type { RegistrarConfig } from './registrar.ts'
import type { WaitingLineConfig } from './waiting-line.ts'

export type Config = AgentsConfig &
  GatekeeperConfig &
  RegistrarConfig &
  WaitingLineConfig & {
    /** How long a call outlives the socket of one end. */
    dialogGraceSeconds: number
    /** The queue's day begins at midnight here. */
    timeZone: string
    /** See `isAllowedOrigin`. */
    allowedOrigins: readonly string[]
    maxSockets: number
    messagesPerSecond: number
    messageBurst: number
    timers: TransactionTimers
  }

export type SwitchboardConfig = Pick<Config, 'domain' | 'queueNumber' | 'offerSeconds' | 'wrapUpSeconds'> &
  Partial<Config>

/** The line's own measures where the site names none. */
export function completeConfig(given: SwitchboardConfig): Config {
  return {
    firstState: 'ready',
    nonceSeconds: 300,
    attempts: { perUser: 5, perAddress: 30, windowSeconds: 60 },
    minExpiresSeconds: 10,
    defaultExpiresSeconds: 300,
    maxExpiresSeconds: 3600,
    maxBindings: 5,
    maxWaiting: 50,
    // An agent who did not hear the telephone is asked to come back by hand: another caller would ring in vain.
    noAnswerPauseSeconds: null,
    declinedPauseSeconds: 10,
    dialogGraceSeconds: 60,
    timeZone: 'Asia/Ho_Chi_Minh',
    allowedOrigins: ['http://127.0.0.1:*', 'http://localhost:*'],
    maxSockets: 1000,
    messagesPerSecond: 50,
    messageBurst: 200,
    timers: { giveUpMs: 32_000, ringingMs: 181_000 },
    ...given,
    domain: given.domain.toLowerCase(),
  }
}
