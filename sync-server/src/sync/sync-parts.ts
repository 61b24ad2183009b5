import type { Register } from '../cases/register.ts'
import type { Clock } from '../clock.ts'
import type { Store } from '../store/store.ts'
import type { LiveReference } from './open-reference.ts'
import type { RecoveryKey } from './recovery-key.ts'

/** What the verbs of the protocol are made of, whoever brings the request: HTTP, or a network that is simulated. */
export interface SyncParts {
  readonly store: Store
  readonly clock: Clock
  readonly reference: LiveReference
  readonly register: Register
  readonly registerId: string
  readonly recoveryKey: Pick<RecoveryKey, 'publicKey'>
}
