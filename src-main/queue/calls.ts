import type { QueueSnapshot } from '../../src-shared/api/queue.ts'
import { type Announce, CallFailed, type HandlersOf } from '../handlers.ts'
import { Unreachable } from '../sync/failures.ts'
import type { ServerApi } from '../sync/server-api.ts'

/** The board as last heard. When the link drops the numbers stay, with their age. */
export interface QueueCopy {
  heard(snapshot: QueueSnapshot): void
  /** The link went or came back; on coming back the agent's own wish is told again. */
  linked(isLinked: boolean): void
  readonly calls: HandlersOf<'queue'>
}

export function openQueueCopy(parts: {
  api: ServerApi
  announce: Announce
  now(): string
  onFailed(error: unknown): void
}): QueueCopy {
  let last: { snapshot: QueueSnapshot; receivedAt: string } | null = null
  let isLinked = false
  let wish: { state: 'ready' | 'break'; reason?: string | undefined } | null = null
  return {
    heard(snapshot) {
      last = { snapshot, receivedAt: parts.now() }
      parts.announce('queue.changed', last)
    },
    linked(is) {
      const isBack = is && !isLinked
      isLinked = is
      // The server may have been restarted and know nothing of a break.
      if (isBack && wish !== null) parts.api.setAgentState(wish).catch(parts.onFailed)
    },
    calls: {
      'queue.snapshot': () => ({
        snapshot: last?.snapshot ?? null,
        receivedAt: last?.receivedAt ?? null,
        isLive: isLinked,
      }),
      async 'queue.setState'(state) {
        wish = state
        try {
          await parts.api.setAgentState(state)
        } catch (error) {
          if (!(error instanceof Unreachable)) throw error
          throw new CallFailed('offline', 'the server is out of reach; the state will be told when it is back')
        }
        return {}
      },
    },
  }
}
