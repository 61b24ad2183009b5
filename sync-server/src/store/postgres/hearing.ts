import pg from 'pg'
import type { News } from '../store.ts'
import { connectionSettings } from './session.ts'
import { nextPauseMs, pause } from './writer.ts'

const everything: readonly News[] = ['events', 'reference', 'messages', 'sessions', 'wipes']

/**
 * Hears what the other processes committed (LISTEN). A connection that was lost may have missed anything, so a new one begins
 * with telling everything.
 * @param id of this process, which need not hear itself
 */
export function openHearing(
  url: string,
  id: string,
  channel: string,
  tell: (news: ReadonlySet<News>) => void,
): { close(): Promise<void> } {
  let isClosed = false
  let client: pg.Client | null = null

  const listen = async (): Promise<void> => {
    const next = new pg.Client(connectionSettings(url))
    const ended = new Promise<void>((resolve) => {
      next.on('error', () => resolve())
      next.on('end', () => resolve())
    })
    next.on('notification', ({ payload = '' }) => {
      const [from, ...words] = payload.split(' ')
      if (from !== id) tell(new Set(everything.filter((news) => words.includes(news))))
    })
    client = next
    await next.connect()
    await next.query(`listen ${channel}`)
    if (isClosed) return
    tell(new Set(everything))
    await ended
  }
  const keepListening = async (): Promise<void> => {
    for (let pauseMs = 100; !isClosed; pauseMs = nextPauseMs(pauseMs)) {
      const begunAt = performance.now()
      // Whoever needs the database says what is wrong with it; here it is only awaited.
      await listen().catch(() => undefined)
      await client?.end().catch(() => undefined)
      if (performance.now() - begunAt > 10_000) pauseMs = 100
      if (!isClosed) await pause(pauseMs)
    }
  }
  const running = keepListening()
  return {
    async close() {
      isClosed = true
      await client?.end().catch(() => undefined)
      await running
    },
  }
}
