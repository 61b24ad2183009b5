import { create } from 'zustand'
import type { QueueAgent, QueueSnapshot } from '../../src-shared/api/queue.ts'
import { bridge } from '../session/desk.ts'
import { useSession } from '../session/session-store.ts'

interface Queue {
  readonly snapshot: QueueSnapshot | null
  readonly receivedAt: string | null
  /** False: the numbers are the last ones known, and the screen says how old they are. */
  readonly isLive: boolean
}

export const useQueue = create<Queue>(() => ({ snapshot: null, receivedAt: null, isLive: false }))

export async function followQueue(): Promise<void> {
  bridge().on('queue.changed', ({ snapshot, receivedAt }) =>
    useQueue.setState({ snapshot, receivedAt, isLive: snapshot.connected }),
  )
  bridge().on('desk.state', ({ link }) => {
    if (link.kind !== 'connected') useQueue.setState({ isLive: false })
    else if (!useQueue.getState().isLive) void readQueue()
  })
  await readQueue()
}

export async function readQueue(): Promise<void> {
  const { snapshot, receivedAt, isLive } = await bridge().call('queue.snapshot', {})
  useQueue.setState({ snapshot, receivedAt, isLive: isLive && snapshot?.connected === true })
}

/** The signed-in agent as the line sees them; undefined while the line does not know them. */
export function useMyself(): QueueAgent | undefined {
  const line = useSession((session) => session.line)
  const account = useSession((session) => session.state?.account)
  return useQueue(({ snapshot }) =>
    snapshot?.agents.find(
      ({ id, number }) =>
        (line !== null && (number === line.username || id === line.username)) ||
        id === account?.username ||
        id === account?.id,
    ),
  )
}
