import type { BridgeOutput } from '../../src-shared/bridge.ts'
import type { HandlersOf } from '../handlers.ts'
import { CallFailed } from '../handlers.ts'
import type { Store } from '../store/store.ts'
import { Unreachable } from '../sync/failures.ts'
import type { ServerApi } from '../sync/server-api.ts'

export interface OutboxParts {
  readonly store: Store
  readonly api: ServerApi
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
        // Accepted ones are the server's already; their events are on the way.
        .filter((item) => item.state !== 'accepted')
        .map(({ command, code, state, refusal }) => ({
          commandId: command.commandId,
          caseId: command.caseId,
          code,
          name: command.name,
          madeAt: command.madeAt,
          state: state === 'attention' ? ('attention' as const) : ('waiting' as const),
          refusal,
          actorName: command.actor.kind === 'person' ? command.actor.name : '',
          input: command.input,
        })),
      differences: store.differences.list(),
    }),
    'outbox.dismiss'({ commandId }) {
      const caseId = store.outbox.dismiss(commandId)
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
