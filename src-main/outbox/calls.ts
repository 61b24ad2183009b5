import type { BridgeOutput } from '../../src-shared/bridge.ts'
import type { Account, Actor } from '../../src-shared/people/roles.ts'
import type { HandlersOf } from '../handlers.ts'
import { CallFailed } from '../handlers.ts'
import { seesCases } from '../session/seeing-cases.ts'
import type { OutboxItem } from '../store/outbox.ts'
import type { Store } from '../store/store.ts'
import { Unreachable } from '../sync/failures.ts'
import type { ServerApi } from '../sync/server-api.ts'

export interface OutboxParts {
  readonly store: Store
  readonly api: Pick<ServerApi, 'messages'>
  account(): Account | null
  /** Whether it is on its way just now. */
  isSending(commandId: string): boolean
  /** Decides anew what is shown of a case (S29), within the same transaction. */
  show(caseId: string): void
  onDismissed(caseId: string): void
}

/** What has not reached the server and why, what it refused, what it changed; and the server's own messages. */
export function outboxCalls(parts: OutboxParts): HandlersOf<'outbox'> & HandlersOf<'messages'> {
  const { store } = parts
  let lastMessages: BridgeOutput<'messages.list'> | null = null
  return {
    'outbox.list': () => ({
      items: store.outbox
        .items()
        .filter(({ command }) => isShownTo(parts.account(), command.actor))
        .map(({ command, code, state, refusal }) => ({
          commandId: command.commandId,
          caseId: command.caseId,
          code,
          name: command.name,
          madeAt: command.madeAt,
          state: shownState(state, parts.isSending(command.commandId)),
          refusal,
          actorName: command.actor.kind === 'person' ? command.actor.name : '',
          input: command.input,
        })),
      differences: seesCases(parts.account()) ? store.differences.list() : [],
    }),
    'outbox.dismiss'({ commandId }) {
      const caseId = store.transaction(() => {
        const gone = store.outbox.dismiss(commandId)
        if (gone !== null) parts.show(gone)
        return gone
      })
      if (caseId === null) throw new CallFailed('not-in-attention', `${commandId} is not waiting for a person`)
      parts.onDismissed(caseId)
      return {}
    },
    async 'messages.list'() {
      try {
        lastMessages = { ...(await parts.api.messages()), isStale: false }
      } catch (error) {
        if (!(error instanceof Unreachable) || lastMessages === null) throw error
        lastMessages = { ...lastMessages, isStale: true }
      }
      return lastMessages
    },
  }
}

/** S23: what waits belongs to its author; whoever sees the cases sees what is under way on them. */
const isShownTo = (account: Account | null, actor: Actor): boolean =>
  seesCases(account) || (actor.kind === 'person' && actor.accountId === account?.id)

type ShownState = BridgeOutput<'outbox.list'>['items'][number]['state']

const shownState = (state: OutboxItem['state'], isSending: boolean): ShownState => {
  if (state === 'attention') return 'attention'
  if (state === 'accepted') return 'sent'
  return isSending ? 'sending' : 'waiting'
}
