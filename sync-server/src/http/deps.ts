import type { FastifyBaseLogger } from 'fastify'
import type { Attempts } from '../auth/attempts.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { Calendars } from '../calendars/calendars.ts'
import type { Register } from '../cases/register.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Keeper } from '../deadlines/keeper.ts'
import type { Line } from '../line.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Snapshots } from '../snapshot/snapshots.ts'
import type { Store } from '../store/store.ts'
import type { LiveReference } from '../sync/open-reference.ts'
import type { PokeHub } from '../sync/poke-hub.ts'
import type { RecoveryKey } from '../sync/recovery-key.ts'
import type { Guard } from './session-guard.ts'

/** What the routes are made of; the composition in `server.ts` builds it once. */
export interface Deps {
  readonly config: Config
  readonly clock: Clock
  readonly newId: () => string
  readonly log: FastifyBaseLogger
  readonly store: Store
  /** Always the newest: read it where it is used and keep nothing of it over an `await`. */
  readonly reference: LiveReference
  readonly register: Register
  /** Of the register in the store: another where it was brought back from a backup. */
  readonly registerId: string
  readonly recoveryKey: RecoveryKey
  readonly sessions: Sessions
  readonly attempts: {
    readonly names: Attempts
    readonly addresses: Attempts
    readonly links: Attempts
    readonly calls: Attempts
    readonly recoveries: Attempts
  }
  readonly guard: Guard
  readonly pokes: PokeHub
  readonly outbox: Outbox
  readonly keeper: Keeper
  readonly calendars: Calendars
  readonly snapshots: Snapshots
  readonly line: Line | null
  /** `http://host:port` as people outside reach it. */
  publicUrl(): string
}
