import type { Account } from './account.ts'
import type { ServerTransaction } from './server-transaction.ts'

/** One INVITE that came to the line, from its ringing to its end. */
export type LineCall = {
  /** Names this INVITE alone. */
  key: string
  /** The call as the board, the recordings and the cases name it: a transferred call keeps it. */
  callId: string
  transaction: ServerTransaction
  caller: Account
  isQueued: boolean
  /** A citizen takes part, so the agent has time to write it up afterwards. */
  isCitizens: boolean
}
