import type { BridgeOutput, DeskState } from '../../src-shared/bridge.ts'
import { type Account, registerRoles } from '../../src-shared/people/roles.ts'
import type { Say } from '../session/words.ts'

export type Outbox = BridgeOutput<'outbox.list'>
export type OutboxItem = Outbox['items'][number]

export interface OutboxGroups {
  /** Newest first: what was refused last is what somebody still thinks of. */
  readonly attention: readonly OutboxItem[]
  /** In the order in which they are sent. */
  readonly waiting: readonly OutboxItem[]
  readonly sent: readonly OutboxItem[]
}

/** The desk tells the newest first; what waits is shown as it goes out. */
export function groupsOf(items: readonly OutboxItem[]): OutboxGroups {
  const oldestFirst = items.toReversed()
  return {
    attention: items.filter(({ state }) => state === 'attention'),
    waiting: oldestFirst.filter(({ state }) => state === 'waiting' || state === 'sending'),
    sent: oldestFirst.filter(({ state }) => state === 'sent'),
  }
}

/** Why nothing goes out, or that it does: said once for all that waits. `at` puts an instant in words. */
export function waitingWords(
  { link, isDiskFull, account }: Pick<DeskState, 'link' | 'isDiskFull'> & { account: Pick<Account, 'role'> | null },
  say: Say,
  at: (instant: string) => string,
): string {
  if (isDiskFull) return say('outbox.whyDiskFull')
  switch (link.kind) {
    case 'offline':
      return say('outbox.whyOffline', { at: at(link.sinceAt) })
    case 'connecting':
      return say('outbox.whyConnecting')
    case 'signed-out':
      return say('outbox.whySignedOut')
    case 'incompatible':
      return say(link.update === 'desk' ? 'outbox.whyUpdateDesk' : 'outbox.whyUpdateServer', {
        version: link.serverVersion,
      })
    case 'connected':
      return say(account !== null && registerRoles.includes(account.role) ? 'outbox.whySending' : 'outbox.whyRole')
  }
}

/** Where one stands among those that wait. */
export function placeWords(item: Pick<OutboxItem, 'state'>, index: number, say: Say): string {
  if (item.state === 'sending') return say('outbox.sending')
  return index === 0 ? say('outbox.first') : say('outbox.behind', { count: index })
}
